"""The command that an administrator types, at a real exchange."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from resources.texts import t, use_language
from server.cli import main
from tests.exchange.hotline import Whole, whole
from tests.support.exchange import Exchange

pytestmark = pytest.mark.exchange


@pytest.fixture(scope="module")
def hotline(exchange: Exchange) -> Iterator[Whole]:
    assert exchange
    with whole() as one:
        yield one


@pytest.fixture
def folder(hotline: Whole, tmp_path: Path) -> Iterator[Path]:
    """A gateway's folder that names this exchange."""
    folder, told = tmp_path / "hotline", hotline.settings
    main(["server", "init", "--folder", str(folder), "--port", "8443"])
    (folder / "exchange.secret").write_text(told.secret)
    path = folder / "gateway.toml"
    path.write_text(
        path.read_text()
        + f'\n[exchange]\nkind = "asterisk"\nhost = "{told.host}"\nport = {told.port}\nuser = "{told.user}"\n'
        + f'secret_file = "exchange.secret"\nqueue = "{told.queue}"\n'
    )
    yield folder
    use_language("zh_CN")


def test_all_is_in_order(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["--language", "en", "gateway", "doctor", "--folder", str(folder)]) == 0
    said = capsys.readouterr().out
    assert said.count(": in order\n") == 11
    assert "Telephones of seats that can be reached: 4/4." in said


def test_what_is_wrong_is_a_sentence_and_an_exit_code(
    hotline: Whole, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    shutil.move(hotline.real.folder / "hold", hotline.real.folder / "taken")
    _read_music_again(hotline)
    try:
        assert main(["gateway", "doctor", "--folder", str(folder)]) == 1
        lines = capsys.readouterr().out.splitlines()
        assert [line for line in lines if t("doctor.hold_silent") in line]
        assert sum("：正常" in line for line in lines) == 10
        assert main(["gateway", "doctor", "--json", "--folder", str(folder)]) == 1
        found = json.loads(capsys.readouterr().out)
        assert [one["code"] for one in found["findings"]] == ["hold_silent"]
        assert found["noted"]["version"].startswith("22.")
    finally:
        shutil.move(hotline.real.folder / "taken", hotline.real.folder / "hold")
        _read_music_again(hotline)
    # As the sentence says how to mend it.
    assert main(["gateway", "doctor", "--folder", str(folder)]) == 0


def _read_music_again(hotline: Whole) -> None:
    (hotline.real.folder / "etc/musiconhold.conf").touch()
    hotline.real.ask("moh reload")
