"""What an administrator does about people and workstations from the command line."""

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from models.clock import SystemClock
from models.sync.feeds import staff_feed
from models.wire.session import Enrol, Enrolled
from server.central.config import read_config
from server.central.founding import complete_practice
from server.central.people.enrolment import EnrolmentDesk
from server.central.people.second_factor import unseal
from server.central.serving import open_made_database
from server.central.storage.accounts import State, find_account
from server.central.storage.workstations import all_workstations
from server.cli import main
from tests.server.central.hotline import Hotline

Run = Callable[..., tuple[int, list[str]]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command; the exit code and the lines it said."""

    def run(*arguments: object, stdin: str = "") -> tuple[int, list[str]]:
        monkeypatch.setattr("sys.stdin", StringIO(stdin))
        code = main([str(argument) for argument in arguments])
        said = "".join(capsys.readouterr())
        assert "Traceback" not in said
        return code, said.splitlines()

    return run


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    folder = tmp_path / "hotline"
    assert run("server", "init", "--folder", folder)[0] == 0
    add = run("operator", "add", "--folder", folder, "li", "--password-stdin", stdin="correct horse\n")
    assert add[0] == 0
    return folder


def _account(folder: Path) -> tuple[State, str, str]:
    engine = open_made_database(read_config(folder))
    try:
        account = find_account(engine, "li")
        assert account
        return account.state, account.password_hash, account.second_factor
    finally:
        engine.dispose()


def test_a_code_is_made_listed_used_and_the_workstation_revoked(folder: Path, run: Run) -> None:
    code, said = run("workstation", "code", "--folder", folder, "--name", "一号机")
    assert (code, len(said[0])) == (0, 19)
    assert run("workstation", "list", "--folder", folder)[1] == ["还没有登记过坐席电脑。"]
    _enrol(folder, said[0])
    listed = run("workstation", "list", "--folder", folder)[1]
    identity = listed[0].split()[0]
    assert listed == [f"{identity}  在用  一号机"]
    assert run("workstation", "revoke", "--folder", folder, identity)[0] == 0
    assert run("workstation", "list", "--folder", folder)[1] == [f"{identity}  已停用  一号机"]
    assert run("workstation", "revoke", "--folder", folder, "nobody")[0] == 2
    assert run("workstation", "code", "--folder", folder, "--name", "")[0] == 2


def _enrol(folder: Path, code: str) -> None:
    config = read_config(folder)
    engine = open_made_database(config)
    public = Ed25519PrivateKey.generate().public_key()
    pem = public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    asked = Enrol(code=code, name="x", key=pem)
    answer = EnrolmentDesk(engine, SystemClock(), config.settings().keys).enrol(asked, "127.0.0.1")
    assert isinstance(answer, Enrolled)
    assert answer.workstation == all_workstations(engine)[0].id
    engine.dispose()


def test_an_operator_is_revoked_and_allowed_again(folder: Path, run: Run) -> None:
    assert run("operator", "revoke", "--folder", folder, "li")[0] == 0
    assert _account(folder)[0] is State.DRAIN
    assert run("operator", "allow", "--folder", folder, "li")[0] == 0
    assert _account(folder)[0] is State.ACTIVE


def test_the_workstations_learn_who_works_here_and_who_left(folder: Path, run: Run) -> None:
    add = ("operator", "add", "--folder", folder, "wang", "--name", "王", "--title", "social_worker")
    assert run(*add, "--role", "SUP", "--password-stdin", stdin="correct horse\n")[0] == 0
    assert _cards(folder) == {
        "li": ("li", "", ["OP"], False),
        "wang": ("王", "social_worker", ["SUP"], False),
    }
    assert run("operator", "revoke", "--folder", folder, "wang")[0] == 0
    assert _cards(folder)["wang"] == ("王", "social_worker", ["SUP"], True)
    assert run("operator", "allow", "--folder", folder, "wang")[0] == 0
    assert _cards(folder)["wang"][3] is False


def _cards(folder: Path) -> dict[str, tuple[str, str, list[str], bool]]:
    engine = open_made_database(read_config(folder))
    hotline = Hotline(engine, site=read_config(folder).site)
    told = hotline.seat().pull_all().drawer[staff_feed(hotline.site)]
    engine.dispose()
    return {doc["id"]: (doc["name"], doc["title"], doc["roles"], doc["left"]) for _, doc in told.values()}


def test_a_password_is_replaced(folder: Path, run: Run) -> None:
    change = ("operator", "password", "--folder", folder, "li", "--password-stdin")
    assert run(*change, stdin="short\n")[0] == 2
    assert run(*change, stdin="battery staple\n")[0] == 0
    assert PasswordHasher().verify(_account(folder)[1], "battery staple")


def test_a_second_factor_is_shown_once_and_kept_sealed(folder: Path, run: Run) -> None:
    code, said = run("operator", "second-factor", "--folder", folder, "li")
    secret = parse_qs(urlsplit(said[0]).query)["secret"][0]
    sealed = _account(folder)[2]
    assert code == 0
    assert secret not in sealed
    assert len(unseal(read_config(folder).settings().keys.second_factor, "li", sealed)) == 20


@pytest.mark.parametrize("act", ["revoke", "allow", "second-factor", "password"])
def test_nobody_is_changed_by_a_wrong_id(folder: Path, run: Run, act: str) -> None:
    more = ("--password-stdin",) if act == "password" else ()
    code, said = run("operator", act, "--folder", folder, "nobody", *more, stdin="battery staple\n")
    assert (code, len(said), "nobody" in said[0]) == (2, 1, True)


@pytest.mark.parametrize(
    ("name", "value", "good"),
    [
        ("second_factor", '["LEAD", "SUP"]', True),
        ("second_factor", '["KING"]', False),
        ("second_factor", '"LEAD"', False),
        ("offline_days", "30", True),
        ("offline_days", "0", False),
        ("ticket_other_public_keys", '["tickets.pub"]', True),
        ("ticket_other_public_keys", '["none.pub"]', False),
        ("ticket_other_public_keys", '["ca.crt"]', False),
        ("enrolment", '"yes"', False),
    ],
)
def test_settings_about_people_are_checked(folder: Path, run: Run, name: str, value: str, good: bool) -> None:
    path = folder / "server.toml"
    lines = [line for line in path.read_text().splitlines() if not line.startswith(f"{name} =")]
    path.write_text("\n".join([*lines, f"{name} = {value}"]))
    assert (run("operator", "second-factor", "--folder", folder, "li")[0] == 0) is good


@pytest.mark.parametrize("name", ["courier.key", "receipts.pub", "second-factor.key", "workstations.crt"])
def test_a_broken_key_is_named(folder: Path, run: Run, name: str) -> None:
    (folder / name).write_text("broken")
    code, said = run("operator", "second-factor", "--folder", folder, "li")
    assert (code, name.split(".", maxsplit=1)[0] in said[0]) == (3, True)


def test_what_others_can_reach_lets_only_enrolled_workstations_in(tmp_path: Path, run: Run) -> None:
    assert run("server", "init", "--folder", tmp_path, "--host", "0.0.0.0")[0] == 0
    path = tmp_path / "server.toml"
    path.write_text(path.read_text().replace("enrolment = true", "enrolment = false"))
    code, said = run("server", "--folder", tmp_path)
    assert (code, "enrolment" in said[0]) == (3, True)


def test_a_practice_folder_of_an_earlier_program_gets_the_keys_it_lacks(tmp_path: Path, run: Run) -> None:
    assert run("server", "init", "--folder", tmp_path, "--practice")[0] == 0
    (tmp_path / "courier.key").unlink()
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    complete_practice(tmp_path, "beijing", SystemClock())
    assert len(read_config(tmp_path).settings().keys.courier_public) == 32
    assert {path: path.read_bytes() for path in before} == before
