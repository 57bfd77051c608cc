"""Every durable act has its entry, in the transaction that saves it; typing makes few of them."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from console.runtime.journal import DiskTrouble
from console.storage.storage import Storage
from console.storage.tables.trace import trace_chain, trace_entry
from console.storage.trace_checking import check_trace
from models.clock import ManualClock
from models.trace.chain import Broken, Fault
from models.trace.entry import Act
from tests.console.storage.acts import (
    KEY,
    answered,
    call_added,
    confirm,
    draft,
    finished,
    note_opened,
    opened,
    pushed,
)

Said = dict[str, str | int]


def entries(storage: Storage) -> list[Said]:
    with storage._engine.begin() as connection:
        return [json.loads(one) for one in connection.scalars(select(trace_entry.c.text).order_by("n"))]


def ops(storage: Storage) -> list[str | int]:
    return [one["op"] for one in entries(storage)]


def test_each_act_has_its_entry_with_ids_alone(storage: Storage) -> None:
    words = draft("n", "今晚独自到桥边")
    acts = [call_added("call-1"), note_opened("n"), words, answered("n"), finished("n")]
    storage.perform(acts)
    assert ops(storage) == [one.op for one in acts]
    assert [one["type"] for one in entries(storage)] == [one.type for one in acts]
    assert [one["n"] for one in entries(storage)] == [1, 2, 3, 4, 5]
    kept = json.dumps(entries(storage), ensure_ascii=False)
    assert "桥" not in kept
    assert "13800008000" not in kept


def test_an_act_is_saved_with_its_entry_or_not_at_all_and_once(storage: Storage) -> None:
    first = note_opened("n")
    storage.perform([first])
    storage.perform([first])
    assert len(entries(storage)) == 1
    with storage._engine.begin() as connection:
        connection.execute(
            text("CREATE TRIGGER full BEFORE INSERT ON trace_entry BEGIN SELECT RAISE(ABORT, 'full'); END")
        )
    with pytest.raises(DiskTrouble):
        storage.perform([answered("n")])
    assert storage.unsent().count == 1


def test_three_thousand_keystrokes_make_two_entries(storage: Storage) -> None:
    storage.perform([note_opened("n")])
    confirm(storage, pushed(storage))
    drafts = [draft("n", "桥" * n) for n in range(1, 3001)]
    for one in drafts:
        storage.perform([one])
    assert ops(storage)[1:] == [drafts[0].op]
    batch = pushed(storage)
    assert [one.op for _, one in batch.rows] == [drafts[-1].op]
    # The draft that leaves is in the trace before it leaves, once however often it is sent.
    assert ops(storage)[1:] == [drafts[0].op, drafts[-1].op]
    pushed(storage)
    assert ops(storage)[1:] == [drafts[0].op, drafts[-1].op]


def test_reads_are_written_by_themselves_and_words_are_not(storage: Storage) -> None:
    storage.trace.write(Act.READ, "note", "n1", where="lead.desk")
    storage.trace.write(Act.UNMASKED, "call", "c1", reason="call-back")
    assert [(one["act"], one["id"]) for one in entries(storage)] == [("read", "n1"), ("unmasked", "c1")]
    with pytest.raises(ValueError, match="ids and codes"):
        storage.trace.write(Act.GLASS, "note", "n1", reason="他说 今晚")
    assert len(entries(storage)) == 2


def test_an_act_with_a_strange_id_is_saved_all_the_same(storage: Storage) -> None:
    storage.perform([note_opened("a note with blanks\u2028" + "x" * 80)])
    assert storage.unsent().count == 1
    assert entries(storage)[0]["id"] == ("a_note_with_blanks_" + "x" * 80)[:64]


def test_the_trace_travels_alone_where_nothing_else_waits(storage: Storage) -> None:
    assert storage.next_push(10) is None
    storage.trace.write(Act.READ, "note", "n1")
    batch = pushed(storage)
    assert batch.rows == ()
    assert batch.stretch is not None
    assert [one["id"] for one in batch.stretch.entries] == ["n1"]
    assert pushed(storage) == batch


def test_a_new_epoch_of_the_device_begins_a_new_chain_and_the_old_one_is_still_told(storage: Storage) -> None:
    storage.trace.write(Act.READ, "note", "n1")
    storage.start_epoch(offer_again=False)
    storage.trace.write(Act.READ, "note", "n2")
    with storage._engine.begin() as connection:
        chains = connection.execute(select(trace_chain).order_by("place")).all()
    assert [chain.n for chain in chains] == [1, 1]
    stretch = pushed(storage).stretch
    assert stretch is not None
    assert stretch.epoch == chains[0].epoch


def test_the_check_of_the_file_finds_what_its_owner_altered(tmp_path: Path) -> None:
    storage = opened(tmp_path / "zhang.db")
    for n in range(4):
        storage.trace.write(Act.READ, "note", f"n{n}")
    (whole,) = check_trace(tmp_path / "zhang.db", KEY)
    assert (whole.entries, whole.last, whole.vouched, whole.broken) == (4, 4, 0, None)
    with storage._engine.begin() as connection:
        altered = trace_entry.c.text.op("||")(" ")
        connection.execute(update(trace_entry).where(trace_entry.c.n == 3).values(text=altered))
    (broken,) = check_trace(tmp_path / "zhang.db", KEY)
    assert broken.broken == Broken(3, Fault.ALTERED)
    storage.close()


def test_a_jump_of_the_clock_breaks_nothing(tmp_path: Path) -> None:
    clock = ManualClock()
    storage = opened(tmp_path / "zhang.db", clock=clock)
    storage.trace.write(Act.READ, "note", "n1")
    clock.current -= timedelta(days=1)
    storage.trace.write(Act.READ, "note", "n2")
    assert [one.broken for one in check_trace(tmp_path / "zhang.db", KEY)] == [None]
    storage.close()
