"""What IT does at a terminal: enrol a machine, make the recovery key, open what a lost password left."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest

from console.cli import main
from console.session import recovery, station
from console.session.keys import keep_for_recovery, open_vault
from console.session.secret_store import NoSecretStore
from console.session.vault_errors import WrongPassword
from resources.texts import t
from tests.console.enrolment import code_for
from tests.structure.project import ROOT
from tests.support.hotline import Hotline, found_hotline
from tests.support.secretstore import SecretStore

STORE = NoSecretStore()
NEW = "another horse battery"


@pytest.fixture
def no_secret_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/nobody")


def test_the_shares_are_shown_once_and_kept_nowhere(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["recovery", "make", "--folder", str(tmp_path)]) == 0
    shown = capsys.readouterr().out.splitlines()
    shares = [line for line in shown if len(line.split()) == 33]
    assert len(shares) == 3
    (path,) = tmp_path.iterdir()
    assert path.name == "recovery.pub"
    public = recovery.public_of(path.read_text().strip())
    sealed = recovery.seal(bytes(32), "zhang", public)
    assert recovery.unseal(sealed, shares[1:], path) == bytes(32)
    assert not any(word in path.read_text() for word in shares[0].split() if len(word) > 4)


def test_a_recovery_key_is_never_made_twice(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    main(["recovery", "make", "--folder", str(tmp_path)])
    before = (tmp_path / "recovery.pub").read_bytes()
    assert main(["recovery", "make", "--folder", str(tmp_path)]) == 4
    assert str(tmp_path / "recovery.pub") in capsys.readouterr().err
    assert (tmp_path / "recovery.pub").read_bytes() == before


@pytest.mark.usefixtures("no_secret_store")
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ((0, 1, NEW, NEW), ""),
        ((2, 0, NEW, NEW), ""),
        ((0, 0, NEW, NEW), "problems.recovery_shares_what"),
        ((0, 1, "short", "short"), "server.password_short"),
        ((0, 1, NEW, NEW + "x"), "server.password_unlike"),
    ],
)
def test_two_shares_give_the_same_key_a_new_password(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    typed: tuple[int | str, ...],
    said: str,
) -> None:
    made = recovery.make()
    vault = open_vault(tmp_path, "zhang", "old password", STORE)
    keep_for_recovery(vault, "zhang", made.public)
    lines = [made.shares[one] if isinstance(one, int) else one for one in typed]
    monkeypatch.setattr(sys, "stdin", io.StringIO("\n".join(lines) + "\n"))
    code = main(["recovery", "open", "--operator", "zhang", "--data", str(tmp_path), "--stdin"])
    if said:
        assert code == 4
        assert t(said, least=8) in capsys.readouterr().err
        assert open_vault(tmp_path, "zhang", "old password", STORE).key == vault.key
    else:
        assert code == 0
        assert open_vault(tmp_path, "zhang", NEW, STORE).key == vault.key
        with pytest.raises(WrongPassword):
            open_vault(tmp_path, "zhang", "old password", STORE)


@pytest.fixture(scope="module")
def hotline(tmp_path_factory: pytest.TempPathFactory) -> Hotline:
    return found_hotline(tmp_path_factory.mktemp("enrolling") / "hotline")


@pytest.mark.secretstore
def test_a_machine_is_enrolled_with_its_key_in_the_secret_store(
    hotline: Hotline, tmp_path: Path, secret_store: SecretStore
) -> None:
    code = code_for(hotline)
    with hotline.running("server") as url:
        told = enrolling(url, code, tmp_path, secret_store.environment())
        assert told.returncode == 0, told.stderr
        known = station.read_enrolment(tmp_path)
        assert known
        assert known.workstation in told.stdout
        assert not (tmp_path / station.IDENTITY_FILE).exists()
        again = enrolling(url, code, tmp_path, secret_store.environment())
        assert (again.returncode, t("session.cli_enrol_already") in again.stderr) == (4, True)


def test_a_code_that_is_none_is_refused_with_a_sentence(hotline: Hotline, tmp_path: Path) -> None:
    nowhere = {**os.environ, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path}/nobody"}
    with hotline.running("server") as url:
        told = enrolling(url, "AAAA-BBBB-CCCC-DDDD", tmp_path / "data", nowhere)
    assert told.returncode == 4
    assert t("session.cli_enrol_refused", why="enrolment") in told.stderr
    assert station.read_enrolment(tmp_path / "data") is None
    away = enrolling(url, "AAAA-BBBB-CCCC-DDDD", tmp_path / "data", nowhere)
    assert t("session.cli_enrol_unreachable", why="offline") in away.stderr


def enrolling(
    url: str, code: str, folder: Path, environment: dict[str, str]
) -> subprocess.CompletedProcess[str]:
    order = ["enrol", "--server", url, "--code", code, "--name", "一号机", "--data", str(folder)]
    return subprocess.run(
        [sys.executable, "-m", "console", *order],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
