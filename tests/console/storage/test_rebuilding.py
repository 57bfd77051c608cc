"""Whatever page of the file is destroyed: no unsent word is lost, nothing is doubled, nothing is deleted."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.storage.checking import faults
from console.storage.connecting import connect, connect_reading
from console.storage.errors import Damaged, Unreadable
from console.storage.opening import open_storage
from console.storage.rebuilding import Rebuilt, finish, rebuild, reports
from console.storage.storage import Storage
from models.operation import Operation, Outcome
from tests.console.storage.acts import (
    CLOCK,
    KEY,
    OPERATOR,
    answered,
    call_added,
    confirm,
    draft,
    finished,
    note_opened,
    opened,
    pushed,
    text_of,
)

PAGE = 4096
NOTES = 24


def words(number: int) -> str:
    return f"{number} " + "说不下去了" * 80


def acts() -> list[Operation]:
    done = [call_added("call-1")]
    for number in range(NOTES):
        done += [note_opened(f"n{number}"), draft(f"n{number}", words(number)), answered(f"n{number}")]
    return [*done, finished("n0"), call_added("call-2", "03541234567")]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Acts of every kind: confirmed, held, rejected, sent without an answer, never sent."""
    path = tmp_path / "zhang.db"
    storage = opened(path)
    storage.perform(acts())
    confirm(storage, pushed(storage, 20))
    confirm(storage, pushed(storage, 2), Outcome.HELD, "not_yours")
    confirm(storage, pushed(storage, 2))
    confirm(storage, pushed(storage, 1), Outcome.REJECTED, "value")
    pushed(storage, 9)
    storage.close()
    return path


def rebuilt(path: Path) -> Rebuilt:
    return rebuild(path, KEY, OPERATOR, CLOCK, practice=False)


def ops(storage: Storage) -> list[Operation]:
    batch = storage.next_push(500)
    return [one for _, one in batch.rows] if batch else []


def destroyed(path: Path, page: int) -> None:
    with path.open("r+b") as file:
        file.seek(page * PAGE)
        file.write(bytes(PAGE))


def every_page(path: Path) -> Iterator[int]:
    yield from range(path.stat().st_size // PAGE)


def test_a_whole_file_comes_back_as_it_was(path: Path) -> None:
    before = opened(path)
    waiting, refused, epoch = ops(before), before.refused(), pushed(before).epoch
    before.close()
    told = rebuilt(path)
    after = opened(path)
    assert ops(after) == waiting
    assert after.refused() == refused
    assert pushed(after).epoch != epoch
    assert [text_of(after, f"n{number}") for number in range(NOTES)] == [words(n) for n in range(NOTES)]
    assert (told.unsent, told.refused, told.lost) == (len(waiting), len(refused), 0)
    after.close()
    assert faults(path, KEY, thorough=True) == ()


def test_every_single_page_may_be_destroyed(path: Path, tmp_path: Path) -> None:
    before = opened(path)
    waiting = {one.op: one for one in ops(before)}
    before.close()
    content = path.read_bytes()
    for page in every_page(path):
        copy = tmp_path / str(page) / "zhang.db"
        copy.parent.mkdir()
        copy.write_bytes(content)
        destroyed(copy, page)
        damaged = copy.read_bytes()
        told = rebuilt(copy)
        assert told.aside.read_bytes() == damaged
        after = opened(copy)
        # In the record or in an act of its own: no word of what the operator wrote is away.
        sent = " ".join(str(one.body) for one in ops(after))
        for number in range(NOTES):
            record = after.record("note", f"n{number}")
            shown = str(record.entity.body.values) if record else ""
            if number > 7:
                assert words(number) in sent, f"page {page}: note {number}"
            assert words(number) in shown + sent, f"page {page}: note {number}"
        kept = {one.op: one for one in ops(after) if one.op in waiting}
        assert all(waiting[op] == one for op, one in kept.items())
        names = [one.op for one in ops(after)]
        assert len(names) == len(set(names))
        after.close()
        assert faults(copy, KEY, thorough=True) == ()


def test_damage_is_told_before_opening_after_an_unclean_end(path: Path) -> None:
    storage = opened(path)
    storage.perform([draft("n9", "再说一次")])
    copy = path.with_name("killed.db")
    copy.write_bytes(path.read_bytes())
    copy.with_name("killed.db-wal").write_bytes(path.with_name("zhang.db-wal").read_bytes())
    storage.close()
    destroyed(copy, 7)
    with pytest.raises(Damaged):
        opened(copy)
    rebuilt(copy)
    after = opened(copy)
    assert text_of(after, "n9") == "再说一次"
    after.close()


def test_a_file_cut_to_nothing_gives_back_what_its_log_holds(path: Path) -> None:
    storage = opened(path)
    storage.perform([note_opened("late"), draft("late", "最后一句")])
    log = path.with_name("zhang.db-wal").read_bytes()
    storage.close()
    path.write_bytes(b"")
    path.with_name("zhang.db-wal").write_bytes(log)
    with pytest.raises(Damaged):
        opened(path)
    rebuilt(path)
    after = opened(path)
    assert "最后一句" in " ".join(str(one.body) for one in ops(after))
    after.close()


def test_a_file_of_another_key_is_left_alone(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(Unreadable):
        rebuild(path, bytes(32), OPERATOR, CLOCK, practice=False)
    assert path.read_bytes() == before
    assert sorted(one.name for one in path.parent.iterdir()) == ["zhang.db"]


@pytest.mark.parametrize("moved", [(), ("zhang.db",)])
def test_a_power_cut_while_the_files_are_exchanged(path: Path, moved: tuple[str, ...]) -> None:
    waiting = _waiting(path)
    destroyed(path, 3)
    damaged = path.read_bytes()
    told = rebuilt(path)
    # Back to what the disk held in the midst: the fresh file is ready, the names are not yet exchanged.
    path.rename(path.with_name(told.aside.stem + ".rebuilt"))
    if not moved:
        told.aside.rename(path)
    assert finish(path) == told.aside
    assert told.aside.read_bytes() == damaged
    assert reports(path) == (told,)
    assert _waiting(path) == waiting


def test_nothing_of_a_former_log_gets_into_the_fresh_file(path: Path) -> None:
    storage = opened(path)
    storage.perform([draft("n9", "再说一次")])
    reader = connect_reading(path, KEY)
    reader.execute("SELECT count(*) FROM meta").fetchone()
    storage.close()
    reader.close()
    assert path.with_name("zhang.db-wal").stat().st_size > 0
    told = rebuilt(path)
    assert told.aside.with_name(told.aside.name + "-wal").exists()
    assert not path.with_name("zhang.db-wal").exists()
    assert faults(path, KEY, thorough=True) == ()


def test_a_reader_finds_no_fault_while_somebody_writes(path: Path) -> None:
    storage = opened(path)
    for number in range(50):
        storage.perform([draft("n9", str(number) * 3000)])
        assert faults(path, KEY) == ()
    storage.close()


def test_a_reader_cannot_write(path: Path) -> None:
    import sqlcipher3

    reader = connect_reading(path, KEY)
    with pytest.raises(sqlcipher3.DatabaseError):
        reader.execute("DELETE FROM outbox")
    reader.close()


def test_a_practice_file_stays_one(tmp_path: Path) -> None:
    path = tmp_path / "practice.db"
    open_storage(path, KEY, OPERATOR, CLOCK, practice=True).close()
    rebuild(path, KEY, OPERATOR, CLOCK, practice=True)
    open_storage(path, KEY, OPERATOR, CLOCK, practice=True).close()


def _waiting(path: Path) -> int:
    connection = connect(path, KEY)
    (count,) = connection.execute("SELECT count(*) FROM outbox").fetchone()
    connection.close()
    return int(count)


def test_a_disk_that_is_full_while_rebuilding_leaves_the_damaged_file_in_its_place(path: Path) -> None:
    destroyed(path, 3)
    before = path.read_bytes()
    script = (
        "import resource, signal, sys; from pathlib import Path; from tests.console.storage.acts import *; "
        "from console.storage.rebuilding import *; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))\n"
        "try: rebuild(Path(sys.argv[1]), KEY, OPERATOR, CLOCK, False)\n"
        "except StorageError as failed: print(failed.code)"
    )
    for limit in (8192, len(before) // 2, len(before) - PAGE):
        command = [sys.executable, "-c", script, str(path), str(limit)]
        root = Path(__file__).resolve().parents[3]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "storage_error", done.stderr
        assert path.read_bytes() == before
        assert [one.name for one in path.parent.iterdir() if one.suffix != ".json"] == ["zhang.db"]
    assert rebuilt(path).lost >= 1
