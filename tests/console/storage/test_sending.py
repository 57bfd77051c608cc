"""Exactly what the server confirmed leaves the outbox; what it did not apply stays and is listed."""

from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from console.runtime.journal import DiskTrouble
from console.storage.storage import Storage
from console.storage.values import Answer, Batch, Confirmed, Page
from models.clock import ManualClock
from models.operation import Operation, Outcome
from tests.console.storage.acts import (
    SERVER,
    act,
    answered,
    confirm,
    draft,
    finished,
    note_opened,
    opened,
    pushed,
    text_of,
)


def rows(storage: Storage) -> list[tuple[int, Operation]]:
    batch = storage.next_push(500)
    return list(batch.rows) if batch else []


@settings(max_examples=40)
@given(confirmed=st.sets(st.integers(1, 12)), foreign=st.booleans(), sent=st.integers(1, 9))
def test_exactly_what_was_confirmed_is_dropped(
    confirmed: set[int], foreign: bool, sent: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    storage = opened(tmp_path_factory.mktemp("sent") / "a.db")
    acts = [note_opened(f"n{number}") for number in range(9)]
    storage.perform(acts)
    batch = pushed(storage, sent)
    known = dict(batch.rows)
    answers = [
        Answer(seq, known[seq].op if seq in known and not foreign else "another", Outcome.APPLIED, 1)
        for seq in confirmed
    ]
    storage.acknowledge(batch, answers, SERVER)
    gone = set() if foreign else confirmed & set(known)
    assert {seq for seq, _ in rows(storage)} == set(range(1, 10)) - gone
    storage.close()


def test_a_push_goes_in_order_and_within_limits(storage: Storage) -> None:
    storage.perform([note_opened(f"n{number}") for number in range(5)])
    storage.perform([draft(f"n{number}", "字" * 200_000) for number in range(5)])
    assert [seq for seq, _ in pushed(storage, 3).rows] == [1, 2, 3]
    assert [seq for seq, _ in pushed(storage, 100).rows] == [1, 2, 3, 4, 5, 6]
    confirm(storage, pushed(storage, 6))
    assert [seq for seq, _ in pushed(storage, 100).rows] == [7]


def test_the_view_stands_while_acts_are_confirmed(storage: Storage) -> None:
    storage.perform([note_opened("n"), draft("n", "一")])
    first = pushed(storage)
    storage.perform([draft("n", "二")])
    confirm(storage, first)
    assert text_of(storage, "n") == "二"
    storage.perform([draft("n", "三")])
    ((_, last),) = rows(storage)
    assert (last.body["on"], last.body["values"]) == (first.rows[1][1].op, {"complaint": "三"})
    confirm(storage, pushed(storage))
    found = storage.record("note", "n")
    assert found is not None
    assert (found.pending, found.entity.versions) == (0, ())
    assert storage.unsent().count == 0


def test_a_held_act_is_listed_and_still_in_the_view(storage: Storage) -> None:
    storage.perform([note_opened("n")])
    confirm(storage, pushed(storage))
    storage.perform([draft("n", "一")])
    confirm(storage, pushed(storage), Outcome.HELD, "not_yours")
    assert text_of(storage, "n") == "一"
    (listed,) = storage.refused()
    assert (listed.type, listed.id, listed.outcome, listed.why) == (
        "note.draft.put",
        "n",
        Outcome.HELD,
        "not_yours",
    )
    assert storage.unsent().count == 0


def test_a_rejected_act_leaves_the_view_and_is_listed(storage: Storage) -> None:
    storage.perform([note_opened("n"), answered("n", "acting", 1)])
    confirm(storage, pushed(storage))
    storage.perform([answered("n", "plan_72h", 2)])
    confirm(storage, pushed(storage), Outcome.REJECTED, "value")
    found = storage.record("risk", "n")
    assert found is not None
    assert [answer.item for answer in found.entity.answers] == ["acting"]
    assert [one.outcome for one in storage.refused()] == [Outcome.REJECTED]


def test_an_answer_to_a_push_of_a_former_epoch_drops_nothing(storage: Storage) -> None:
    storage.perform([note_opened("n")])
    batch = pushed(storage)
    storage.start_epoch(offer_again=False)
    confirm(storage, batch)
    assert storage.unsent().count == 1


def test_a_new_epoch_counts_from_one_and_keeps_ids(storage: Storage) -> None:
    storage.perform([note_opened("a"), note_opened("b"), note_opened("c")])
    batch = pushed(storage, 2)
    confirm(storage, batch)
    before = pushed(storage)
    storage.start_epoch(offer_again=False)
    after = pushed(storage)
    assert after.epoch != before.epoch
    assert [(seq, one.op) for seq, one in after.rows] == [(1, before.rows[0][1].op)]
    storage.perform([note_opened("d")])
    assert [seq for seq, _ in rows(storage)] == [1, 2]


@pytest.mark.parametrize("offer_again", [True, False])
def test_a_draft_that_was_sent_under_a_former_epoch_is_replaced_by_none(
    storage: Storage, offer_again: bool
) -> None:
    """The answer was lost: the server may have it under its id, and a newer text is to stand on it."""
    storage.perform([note_opened("n"), draft("n", "一")])
    sent = pushed(storage)
    storage.start_epoch(offer_again)
    storage.perform([draft("n", "二")])
    storage.perform([draft("n", "三")])
    again = pushed(storage)
    assert [one for _, one in again.rows[:2]] == [one for _, one in sent.rows]
    assert [one.body["values"] for _, one in again.rows[2:]] == [{"complaint": "三"}]
    assert again.rows[2][1].body["on"] == sent.rows[1][1].op


def test_a_page_waits_until_what_was_sent_under_a_former_epoch_is_answered(storage: Storage) -> None:
    storage.perform([note_opened("n")])
    pushed(storage)
    storage.start_epoch(offer_again=False)
    page = Page((), {}, False, ("op:zhang",), {}, SERVER)
    assert storage.apply_page(page).left_aside
    confirm(storage, pushed(storage))
    assert not storage.apply_page(page).left_aside


def test_what_the_server_confirmed_is_known_until_it_is_offered_again(storage: Storage) -> None:
    assert storage.confirmations.last() == Confirmed()
    storage.perform([note_opened("a"), note_opened("b"), note_opened("c")])
    first = pushed(storage, 2)
    confirm(storage, first)
    assert storage.confirmations.last() == Confirmed(first.epoch, 2)
    # What was set aside here is no word of the server.
    third = pushed(storage)
    storage.acknowledge(third, [Answer(3, third.rows[0][1].op, Outcome.REJECTED, 0, "malformed")], "")
    assert storage.confirmations.last() == Confirmed(first.epoch, 2)
    storage.start_epoch(offer_again=False)
    assert storage.confirmations.last() == Confirmed(first.epoch, 2)
    storage.start_epoch(offer_again=True)
    assert storage.confirmations.last() == Confirmed()
    confirm(storage, first)
    assert storage.confirmations.last() == Confirmed()


def test_a_restored_server_is_offered_what_it_confirmed_before_what_waits(storage: Storage) -> None:
    storage.perform([note_opened("n"), draft("n", "一")])
    confirm(storage, pushed(storage))
    storage.perform([draft("n", "二")])
    sent = pushed(storage)
    storage.acknowledge(sent, [], "second-epoch")
    again = rows(storage)
    assert [one.type for _, one in again] == ["note.open", "note.draft.put", "note.draft.put"]
    assert text_of(storage, "n") == "二"
    storage.perform([draft("n", "三")])
    batch = pushed(storage)
    storage.acknowledge(
        batch, [Answer(seq, one.op, Outcome.APPLIED, 1) for seq, one in batch.rows], "second-epoch"
    )
    found = storage.record("note", "n")
    assert found is not None
    assert (text_of(storage, "n"), found.entity.versions, found.pending) == ("三", (), 0)


def test_confirmed_acts_are_kept_for_thirty_days(tmp_path: Path) -> None:
    clock = ManualClock()
    with closing(opened(tmp_path / "zhang.db", clock=clock)) as storage:
        storage.perform([note_opened("n")])
        confirm(storage, pushed(storage))
        clock.forward(timedelta(days=31).total_seconds())
        storage.perform([finished("n")])
        confirm(storage, pushed(storage))
        storage.start_epoch(offer_again=True)
        assert [one.type for _, one in rows(storage)] == ["note.finish"]


def test_a_full_disk_is_told_and_half_of_nothing_stays(storage: Storage) -> None:
    storage.perform([note_opened("n")])
    with storage._engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 4}")
    with pytest.raises(DiskTrouble) as told:
        storage.perform([draft("n", "一"), act("note.finish", "n"), draft("n", "字" * 100_000)])
    assert told.value.code == "disk_full"
    assert text_of(storage, "n") == ""
    assert [one.type for _, one in rows(storage)] == ["note.open"]


def test_an_empty_outbox_gives_no_push(storage: Storage) -> None:
    assert storage.next_push(10) is None
    storage.acknowledge(Batch("", ()), [], SERVER)
