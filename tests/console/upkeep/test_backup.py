"""A backup is whole, encrypted and of one moment; brought back it loses nothing and doubles nothing."""

import subprocess
import sys
from pathlib import Path

import pytest

from console.session import recovery
from console.session.envelope import Cost
from console.session.files import OperatorFiles
from console.session.keys import keep_for_recovery, open_vault
from console.session.secret_store import NoSecretStore
from console.storage.backup import BackupFailed, back_up
from console.storage.checking import faults
from console.storage.connecting import connect, connect_reading
from console.storage.entering import Place
from console.storage.errors import Damaged, OtherPurpose, Unreadable
from console.storage.opening import open_storage
from console.storage.restoring import InUse, restore
from console.storage.storage import Storage
from models.operation import Operation
from tests.console.storage.acts import (
    CLOCK,
    KEY,
    OPERATOR,
    confirm,
    draft,
    finished,
    note_opened,
    opened,
    pushed,
    text_of,
)

PASSWORD = "correct horse battery"
CHEAP = Cost(passes=1, memory=64, lanes=1)
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "workstation"
    folder.mkdir()
    path = folder / "zhang.db"
    storage = opened(path)
    storage.perform([note_opened("a"), draft("a", "备份之前")])
    confirm(storage, pushed(storage))
    storage.perform([note_opened("b"), draft("b", "还没有上传")])
    storage.close()
    return path


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    drive = tmp_path / "drive"
    drive.mkdir()
    return drive


def place(path: Path) -> Place:
    return Place(path, KEY, OPERATOR, False)


def acts(storage: Storage) -> list[Operation]:
    batch = storage.next_push(500)
    return [one for _, one in batch.rows] if batch else []


def test_a_backup_brought_back_is_what_it_was_under_an_epoch_of_its_own(path: Path, drive: Path) -> None:
    copy = back_up(path, KEY, (), drive, CLOCK.now())
    storage = opened(path)
    waiting, epoch = acts(storage), pushed(storage).epoch
    storage.close()
    path.unlink()
    told = restore(copy, place(path), CLOCK)
    assert (told.unsent, told.lost) == (2, 0)
    storage = opened(path)
    assert acts(storage) == waiting
    assert pushed(storage).epoch != epoch
    assert (text_of(storage, "a"), text_of(storage, "b")) == ("备份之前", "还没有上传")
    storage.close()
    assert faults(path, KEY, thorough=True) == ()


def test_what_was_done_after_the_backup_is_kept(path: Path, drive: Path) -> None:
    copy = back_up(path, KEY, (), drive, CLOCK.now())
    storage = opened(path)
    confirm(storage, pushed(storage))
    storage.perform([note_opened("c"), draft("c", "备份之后"), finished("a")])
    later = acts(storage)
    storage.close()
    told = restore(copy, place(path), CLOCK)
    assert told.aside.exists()
    storage = opened(path)
    # What the backup believes unsent was answered since: the present file knows.
    assert acts(storage) == later
    assert (text_of(storage, "b"), text_of(storage, "c")) == ("还没有上传", "备份之后")
    storage.close()


def test_a_damaged_present_file_gives_what_it_can(path: Path, drive: Path) -> None:
    copy = back_up(path, KEY, (), drive, CLOCK.now())
    storage = opened(path)
    storage.perform([note_opened("c"), draft("c", "备份之后")])
    storage.close()
    with path.open("r+b") as file:
        file.write(bytes(4096))
    restore(copy, place(path), CLOCK)
    storage = opened(path)
    assert (text_of(storage, "b"), text_of(storage, "c")) == ("还没有上传", "备份之后")
    assert len({one.op for one in acts(storage)}) == 4
    storage.close()


def test_a_backup_is_refused_where_it_is_broken_or_of_another_key(path: Path, drive: Path) -> None:
    copy = back_up(path, KEY, (), drive, CLOCK.now())
    before = path.read_bytes()
    with pytest.raises(Unreadable):
        restore(copy, Place(path, bytes(32), OPERATOR, False), CLOCK)
    with copy.open("r+b") as file:
        file.seek(4096 * 3)
        file.write(bytes(4096))
    with pytest.raises(Damaged):
        restore(copy, place(path), CLOCK)
    assert path.read_bytes() == before


def test_practice_never_becomes_real(path: Path, drive: Path) -> None:
    practice = path.with_name("practice.db")
    open_storage(practice, KEY, OPERATOR, CLOCK, practice=True).close()
    copy = back_up(practice, KEY, (), drive, CLOCK.now())
    before = path.read_bytes()
    with pytest.raises(OtherPurpose):
        restore(copy, place(path), CLOCK)
    assert path.read_bytes() == before


def test_nothing_is_brought_back_under_a_running_program(path: Path, drive: Path) -> None:
    copy = back_up(path, KEY, (), drive, CLOCK.now())
    other = connect(path, KEY)
    other.execute("SELECT count(*) FROM meta").fetchone()
    with pytest.raises(InUse):
        restore(copy, place(path), CLOCK)
    other.close()
    restore(copy, place(path), CLOCK)


def test_a_backup_can_be_read_from_a_disk_that_nobody_may_write_to(path: Path, drive: Path) -> None:
    copy = back_up(path, KEY, (), drive, CLOCK.now())
    reader = connect_reading(copy, KEY, untouched=True)
    assert reader.execute("SELECT count(*) FROM outbox").fetchone() == (2,)
    reader.close()
    assert [one.name for one in copy.parent.iterdir()] == ["zhang.db"]


def test_two_backups_of_one_second_do_not_meet(path: Path, drive: Path) -> None:
    back_up(path, KEY, (), drive, CLOCK.now())
    with pytest.raises(BackupFailed):
        back_up(path, KEY, (), drive, CLOCK.now())
    assert len(list(drive.iterdir())) == 1


def test_a_drive_that_gets_full_leaves_no_half_backup(path: Path, drive: Path) -> None:
    """A limit on the size of files stands for the full drive: SQLite gets the same refusal."""
    script = (
        "import resource, signal, sys; from pathlib import Path; from tests.console.storage.acts import *; "
        "from console.storage.backup import *; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (8192, 8192))\n"
        "try: back_up(Path(sys.argv[1]), KEY, (), Path(sys.argv[2]), CLOCK.now())\n"
        "except BackupFailed as failed: print(failed.code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(path), str(drive)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "backup_write"
    assert list(drive.iterdir()) == []


def test_backup_and_restore_from_the_command_line(path: Path, drive: Path, tmp_path: Path) -> None:
    folder = tmp_path / "real"
    vault = open_vault(folder, OPERATOR, PASSWORD, NoSecretStore(), CHEAP)
    storage = opened(vault.database, vault.key)
    storage.perform([note_opened("a"), draft("a", "备份之前")])
    storage.close()
    assert "DBUS" not in _run(folder, "backup", "--to", str(drive), "--operator", OPERATOR).stdout
    (copy,) = drive.glob("*/zhang.db")
    assert sorted(one.name for one in copy.parent.iterdir()) == ["zhang.db", "zhang.key"]
    fresh = tmp_path / "fresh"
    fresh.mkdir()
    _run(fresh, "restore", "--from", str(copy))
    vault = open_vault(fresh, OPERATOR, PASSWORD, NoSecretStore())
    storage = opened(vault.database, vault.key)
    assert text_of(storage, "a") == "备份之前"
    storage.close()
    wrong = _run(fresh, "restore", "--from", str(copy), password="wrong", code=4)
    assert "Traceback" not in wrong.stderr


@pytest.mark.parametrize("by", ["password", "shares"])
def test_a_backup_of_another_key_is_opened_by_its_own_envelope(drive: Path, tmp_path: Path, by: str) -> None:
    old, new, made = tmp_path / "old", tmp_path / "new", recovery.make()
    former = open_vault(old, OPERATOR, "password of then", NoSecretStore(), CHEAP)
    keep_for_recovery(former, OPERATOR, made.public)
    storage = opened(former.database, former.key)
    storage.perform([note_opened("a"), draft("a", "备份之前")])
    storage.close()
    _run(old, "backup", "--to", str(drive), "--operator", OPERATOR, password="password of then")
    (copy,) = drive.glob("*/zhang.db")
    present = open_vault(new, OPERATOR, PASSWORD, NoSecretStore(), CHEAP)
    storage = opened(present.database, present.key)
    storage.perform([note_opened("b"), draft("b", "新电脑上写的")])
    storage.close()
    envelope = OperatorFiles(new, OPERATOR).envelope.read_bytes()
    answers = (PASSWORD, *made.shares[:2]) if by == "shares" else (PASSWORD, "password of then")
    flags = ("--shares",) if by == "shares" else ()
    wrong = _run(new, "restore", "--from", str(copy), password=f"{PASSWORD}\nwrong", code=4)
    assert "Traceback" not in wrong.stderr
    _run(new, "restore", "--from", str(copy), *flags, password="\n".join(answers))
    storage = opened(present.database, present.key)
    assert (text_of(storage, "a"), text_of(storage, "b")) == ("备份之前", "新电脑上写的")
    storage.close()
    assert OperatorFiles(new, OPERATOR).envelope.read_bytes() == envelope
    assert faults(present.database, present.key, thorough=True) == ()


def _run(
    folder: Path, *arguments: str, password: str = PASSWORD, code: int = 0
) -> "subprocess.CompletedProcess[str]":
    done = subprocess.run(
        [sys.executable, "-m", "console", *arguments, "--data", str(folder), "--password-stdin"],
        cwd=ROOT,
        input=f"{password}\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stderr
    return done
