"""The commands about recordings: keys for an earlier server, and whether all that was kept is there."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import delete, select

from models.clock import ManualClock
from models.people.operator import Role
from resources.texts import use_language
from server.central.config import read_config
from server.central.recordings.keeping import KeepDesk
from server.central.recordings.store import Store
from server.central.serving import open_made_database
from server.central.storage.engine import Database, writing
from server.central.storage.tables import recording
from server.cli import main
from tests.server.central.hotline import Case, Hotline
from tests.server.central.recordings.stage import HALF, locked

Run = Callable[..., tuple[int, str]]
PASSWORD, SITE = "correct horse", "jinzhong"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run one command in English; the exit code and all it said."""

    def run(*arguments: object, stdin: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", StringIO(stdin))
        code = main(["--language", "en", *(str(argument) for argument in arguments)])
        use_language("zh_CN")
        return code, "".join(capsys.readouterr())

    return run


@pytest.fixture
def folder(tmp_path: Path, run: Run) -> Path:
    folder = tmp_path / "hotline"
    assert run("server", "init", "--folder", folder, "--site", SITE)[0] == 0
    for name, role in (("sun", Role.SUPERVISOR), ("zhou", Role.ADMINISTRATOR)):
        given = ("operator", "add", "--folder", folder, name, "--role", role, "--password-stdin")
        assert run(*given, stdin=f"{PASSWORD}\n")[0] == 0
    return folder


@pytest.fixture
def database(folder: Path) -> Iterator[Database]:
    engine = open_made_database(read_config(folder))
    yield engine
    engine.dispose()


def kept(database: Database, folder: Path) -> Case:
    """The recording of a call of the year 2020, taken over by the server of this folder."""
    hotline = Hotline(database, clock=ManualClock(datetime(2020, 1, 1, tzinfo=UTC)), site=SITE)
    case = Case(hotline.seat())
    case.at.push(case.add(), case.open(), case.finish())
    keeping = read_config(folder).keeping()
    assert keeping
    one = locked(case, private=X25519PrivateKey.from_private_bytes(keeping.private))
    desk = KeepDesk(database, hotline.clock, hotline.settings.rights, keeping)
    who = hotline.seat(Role.GATEWAY).ticket.operator
    for start in range(0, len(one.body), HALF):
        desk.add(who, one.label.id, start, one.body[start : start + HALF])
    desk.take(who, one.label.id, one.handed)
    return case


def file_of(folder: Path) -> Path:
    (path,) = (folder / "recordings").rglob("*.recording")
    return path


def test_what_is_there_is_as_it_should_be(run: Run, folder: Path, database: Database) -> None:
    kept(database, folder)
    code, said = run("recordings", "check", "--folder", folder)
    assert (code, said) == (0, "Looked at all recordings; not as they should be: 0.\n")


def test_a_damaged_and_a_missing_file_are_named(run: Run, folder: Path, database: Database) -> None:
    case = kept(database, folder)
    path = file_of(folder)
    content = bytearray(path.read_bytes())
    content[-1] ^= 1
    path.write_bytes(bytes(content))
    code, said = run("recordings", "check", "--folder", folder)
    assert code
    assert f"{path.stem}: the file is not what was kept" in said
    path.write_bytes(bytes(content[:-1]))
    assert "is not what was kept" in run("recordings", "check", "--folder", folder)[1]
    path.unlink()
    code, said = run("recordings", "check", "--folder", folder)
    assert code
    assert f"of call {case.call}: the file is not there" in said


def test_what_came_after_the_backup_is_known_again(run: Run, folder: Path, database: Database) -> None:
    kept(database, folder)
    with database.connect() as connection:
        before = connection.execute(select(recording)).one()
    with writing(database) as transaction:
        transaction.execute(delete(recording))
    assert "it is known again" in run("recordings", "check", "--folder", folder)[1]
    with database.connect() as connection:
        assert connection.execute(select(recording)).one() == before
    assert run("recordings", "check", "--folder", folder)[0] == 0


def test_two_people_erase_it_and_its_file_goes_too(run: Run, folder: Path, database: Database) -> None:
    case = kept(database, folder)

    def act(by: str, act: str, about: str) -> str:
        given = ("retention", act, "--folder", folder, "--by", by, "--password-stdin", about)
        code, said = run(*given, "--reason", "expired", stdin=f"{PASSWORD}\n")
        assert code == 0, said
        return said

    copied = file_of(folder).read_bytes()
    path = file_of(folder)
    wish = act("sun", "request", case.call).split()[1]
    assert path.exists()
    act("zhou", "confirm", wish)
    assert not path.exists()
    path.write_bytes(copied)
    assert run("recordings", "check", "--folder", folder)[0] == 0
    assert not path.exists()


def test_an_earlier_server_is_given_keys_once(run: Run, folder: Path) -> None:
    for name in ("recordings.key", "recordings.pub"):
        (folder / name).unlink()
    assert read_config(folder).settings().recordings is None
    code, said = run("recordings", "check", "--folder", folder)
    assert code
    assert "xinqiao recordings key" in said
    code, said = run("recordings", "key", "--folder", folder)
    assert code == 0
    assert "server.recordings_key" in said
    assert read_config(folder).settings().recordings
    assert (folder / "recordings.key").stat().st_mode & 0o077 == 0
    before = (folder / "recordings.key").read_bytes()
    assert run("recordings", "key", "--folder", folder)[0]
    assert (folder / "recordings.key").read_bytes() == before


def test_a_broken_key_is_one_sentence(run: Run, folder: Path) -> None:
    (folder / "recordings.key").write_text("nonsense")
    code, said = run("recordings", "check", "--folder", folder)
    assert code
    assert "recordings.key" in said
    assert Store(folder / "recordings").names() == []
