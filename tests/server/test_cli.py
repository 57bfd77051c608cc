import socket
import tomllib
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from models.clock import SystemClock
from models.trace.entry import Act, Happening
from models.wire.session import SignedIn, SignIn
from server.central.config import read_config
from server.central.desks import Desks
from server.central.serving import open_made_database
from server.central.storage.engine import writing
from server.central.storage.recording import record
from server.central.storage.schema import open_database
from server.central.storage.tables.trace import trace_entry
from server.central.trouble import ExitCode
from server.cli import main
from tests.support.processes import free_port

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command; the exit code and all it said, which is never a traceback."""

    def run(*arguments: object, stdin: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", StringIO(stdin))
        code = main([str(argument) for argument in arguments])
        said = "".join(capsys.readouterr())
        assert "Traceback" not in said
        return code, said

    return run


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    folder = tmp_path / "hotline"
    assert run("server", "init", "--folder", folder, "--site", "jinzhong")[0] == 0
    return folder


def test_init_makes_configuration_keys_and_certificates_for_the_owner_alone(folder: Path) -> None:
    made = {path.name for path in folder.iterdir()}
    vouched = {
        f"{name}.{kind}" for name in ("ca", "server", "gateway", "workstations") for kind in ("crt", "key")
    }
    pairs = {
        f"{name}.{kind}"
        for name in ("tickets", "receipts", "gateway-identity", "recordings")
        for kind in ("key", "pub")
    }
    sealing = {"courier.key", "second-factor.key", "sealing.key", "outbox.key"}
    assert made == vouched | pairs | sealing | {"server.toml", "gateway.toml"}
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    config = tomllib.loads((folder / "server.toml").read_text())
    assert (config["host"], config["site"], config["practice"]) == ("127.0.0.1", "jinzhong", False)
    assert config["enrolment"]
    assert "certificate" not in config


def test_init_overwrites_nothing(folder: Path, run: Run) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    code, said = run("server", "init", "--folder", folder)
    assert (code, str(folder / "ca.crt") in said) == (3, True)
    (folder / "ca.crt").unlink()
    assert run("server", "init", "--folder", folder)[0] == 3
    del before[folder / "ca.crt"]
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


def test_on_an_address_that_others_reach_both_programs_use_tls(tmp_path: Path, run: Run) -> None:
    assert run("server", "init", "--folder", tmp_path, "--host", "0.0.0.0", "--name", "hotline.test")[0] == 0
    assert read_config(tmp_path).certificate == tmp_path / "server.crt"
    gateway = tomllib.loads((tmp_path / "gateway.toml").read_text())
    assert gateway["listen"]["certificate"] == "gateway.crt"


def test_practice_is_founded_on_loopback_only(tmp_path: Path, run: Run) -> None:
    assert run("server", "init", "--folder", tmp_path, "--practice", "--host", "0.0.0.0")[0] == 3
    assert list(tmp_path.iterdir()) == []


def test_an_operator_added_can_sign_in(folder: Path, run: Run) -> None:
    add = ("operator", "add", "--folder", folder, "li", "--name", "李", "--role", "LEAD", "--role", "OP")
    assert run(*add, "--password-stdin", stdin="correct horse\n")[0] == 0
    config = read_config(folder)
    engine = open_made_database(config)
    desks = Desks.over(engine, SystemClock(), open_database(engine, practice=False), config.settings())
    answer = desks.sign_in.sign_in(SignIn(operator="li", password="correct horse", seat="8001"))
    engine.dispose()
    assert isinstance(answer, SignedIn)
    assert (answer.name, answer.site, answer.roles) == ("李", "jinzhong", ("LEAD", "OP"))
    code, said = run(*add, "--password-stdin", stdin="another one\n")
    assert (code, "li" in said) == (2, True)


@pytest.mark.parametrize(
    ("name", "password"), [("li", "short"), ("", "correct horse"), ("x" * 65, "correct horse")]
)
def test_a_bad_password_or_id_adds_nobody(folder: Path, run: Run, name: str, password: str) -> None:
    code, said = run("operator", "add", "--folder", folder, name, "--password-stdin", stdin=f"{password}\n")
    assert (code, len(said.splitlines())) == (2, 1)


def _rewrite(folder: Path, **settings: object) -> None:
    path = folder / "server.toml"
    lines = [line for line in path.read_text().splitlines() if line.split(" =")[0] not in settings]
    lines += [f"{name} = {value!r}" for name, value in settings.items()]
    path.write_text("\n".join(lines))


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"database": "nonsense"}, 5),
        ({"database": "sqlite:///none/at/all"}, 5),
        ({"database": "postgresql://a:b@127.0.0.1:1/c"}, 5),
        ({"port": "many"}, 3),
        ({"port": 70000}, 3),
        ({"site": 1}, 3),
        ({"host": "0.0.0.0"}, 3),
        ({"certificate": "server.crt"}, 3),
        ({"certificate": "server.crt", "key": "ca.key"}, 3),
        ({"certificate": "none.crt", "key": "server.key"}, 3),
        ({"ticket_private_key": "none"}, 3),
        ({"ticket_private_key": "tickets.pub"}, 3),
        ({"ticket_public_key": "server.crt"}, 3),
    ],
    ids=str,
)
def test_what_is_wrong_in_the_configuration_is_one_sentence(
    folder: Path, run: Run, settings: dict[str, object], code: int
) -> None:
    _rewrite(folder, **{"port": free_port(), **settings})
    ended, said = run("server", "--folder", folder)
    assert (ended, bool(said.strip())) == (code, True)


def test_a_missing_or_broken_file_is_one_sentence(folder: Path, run: Run, tmp_path: Path) -> None:
    assert run("server", "--folder", tmp_path / "nowhere")[0] == 3
    (folder / "server.toml").write_text("port = = 1")
    assert run("server", "--folder", folder)[0] == 3
    (folder / "server.toml").write_bytes(b"\xff\xfe")
    assert run("server", "--folder", folder)[0] == 3
    assert run("server")[0] == 2


def test_a_port_in_use_is_one_sentence(folder: Path, run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        _rewrite(folder, port=port)
        code, said = run("server", "--folder", folder)
    assert (code, str(port) in said) == (4, True)


def test_a_practice_database_is_not_served_as_a_real_one(folder: Path, run: Run) -> None:
    _rewrite(folder, practice="@", port=free_port())
    path = folder / "server.toml"
    path.write_text(path.read_text().replace("'@'", "true"))
    open_made_database(read_config(folder)).dispose()
    path.write_text(path.read_text().replace("true", "false"))
    assert run("server", "--folder", folder)[0] == 5


def test_a_real_folder_is_not_practised_in(folder: Path, run: Run) -> None:
    assert run("practice", "--folder", folder)[0] == 3


def test_the_language_can_be_chosen(tmp_path: Path, run: Run) -> None:
    assert "init" in run("--language", "en", "server", "--folder", tmp_path)[1]
    assert "找不到" in run("server", "--folder", tmp_path)[1]


@pytest.mark.parametrize("arguments", [[], ["nothing"], ["operator"], ["server", "init"]])
def test_wrong_usage_ends_with_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert (ended.value.code, "usage" in capsys.readouterr().err) == (2, True)


def test_the_trace_is_verified_from_the_command_line(folder: Path, run: Run) -> None:
    engine = open_made_database(read_config(folder))
    at = SystemClock().now()
    for n in range(3):
        with writing(engine) as transaction:
            record(transaction, at, ("zhang", Happening(Act.READ, "note", f"n{n}")))
    code, said = run("--language", "en", "audit", "verify", "--folder", folder)
    assert code == 0
    assert "1 chains, 3 entries, 0 checkpoints" in said
    with writing(engine) as transaction:
        transaction.execute(trace_entry.delete().where(trace_entry.c.n == 2))
    code, said = run("--language", "en", "audit", "verify", "--folder", folder)
    assert code == ExitCode.TRACE
    assert "entry 2" in said
    # Nothing came in before that day, and nothing since a day that is yet to come.
    for span in (("--until", "2020-01-01"), ("--from", "2999-01-01")):
        assert run("audit", "verify", "--folder", folder, *span)[0] == 0
    engine.dispose()
