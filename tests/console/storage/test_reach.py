"""What is asked at every start, ring and finish reads no more, however much has been kept for years."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from console.storage.opening import open_engine
from console.storage.storage import Storage
from console.storage.values import FeedItem, Page
from models.calls.call import Call
from models.codec import to_document
from models.notes.note import Note, NoteBody, NoteState
from tests.console.storage.acts import CLOCK, KEY, OPERATOR

FEED = "op:zhang"
FEW, MANY = 40, 800
SINCE, UNTIL = CLOCK.now() - timedelta(days=1), CLOCK.now()
# Steps of the database's machine that a question over a few records may differ by.
SLACK = 200

QUESTIONS: dict[str, Callable[[Storage], object]] = {
    "open tasks": lambda storage: storage.open_tasks.read(False),
    "open tasks of all": lambda storage: storage.open_tasks.read(True),
    "no notes by name": lambda storage: storage.open_tasks.listed(()),
    "two notes by name": lambda storage: storage.open_tasks.listed(("n1", "n2")),
    "today's notes": lambda storage: storage.my_notes(SINCE, UNTIL),
    "unfinished notes": lambda storage: storage.open_notes(),
    "what is not sent": lambda storage: storage.unsent(),
    "what was refused": lambda storage: storage.refused(),
    "the next push": lambda storage: storage.next_push(500),
    "records of a call": lambda storage: storage.of_call("c1"),
    "held": lambda storage: storage.held.cards(),
    "staff": lambda storage: storage.staff.all(),
    "alerts": lambda storage: storage.alerts.since(SINCE),
    "owed calls": lambda storage: storage.owed.known(),
    "referrals of the shift": lambda storage: storage.open_referrals.of_this_shift(),
    "plans": lambda storage: storage.callers.plans(),
    "marks": lambda storage: storage.callers.marks(),
    "alarming numbers": lambda storage: storage.callers.alarming_numbers(SINCE),
    "the same number": lambda storage: storage.same_number.calls("c1", 10),
    "who is behind a number": lambda storage: storage.people.behind("key", "c1"),
    "history of a note": lambda storage: storage.histories.of_note("n1"),
    "caller": lambda storage: storage.caller_card("key"),
}


class Counted:
    """A storage, and how many steps the database takes for a question."""

    def __init__(self, folder: Path, kept: int) -> None:
        self._steps = 0
        engine = open_engine(folder / f"{kept}.db", KEY, OPERATOR, practice=False)
        event.listen(engine, "begin", self._begun)
        self.storage = Storage(engine, OPERATOR, CLOCK)
        items = tuple(item for n in range(kept) for item in _old(n))
        self.storage.apply_page(Page(items, {FEED: len(items)}, False, (FEED,), {}, "epoch"))

    def steps(self, question: Callable[[Storage], object]) -> int:
        question(self.storage)
        self._steps = 0
        question(self.storage)
        return self._steps

    def _begun(self, connection: Any) -> None:
        connection.connection.driver_connection.set_progress_handler(self._step, 1)

    def _step(self) -> int:
        self._steps += 1
        return 0


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Counted, Counted]]:
    folder = tmp_path_factory.mktemp("kept")
    few, many = Counted(folder, FEW), Counted(folder, MANY)
    yield few, many
    few.storage.close()
    many.storage.close()


@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_asked_often_reads_no_more_over_many_records(
    name: str, counted: tuple[Counted, Counted]
) -> None:
    few, many = (one.steps(QUESTIONS[name]) for one in counted)
    assert 0 < many <= few + SLACK


def test_the_steps_of_the_database_are_really_counted(counted: tuple[Counted, Counted]) -> None:
    few, many = (
        one.steps(lambda storage: storage.my_notes(SINCE - timedelta(9_999), UNTIL)) for one in counted
    )
    assert many > few + SLACK


def _old(n: int) -> tuple[FeedItem, FeedItem]:
    """A finished note of long ago with its call."""
    at = CLOCK.now() - timedelta(days=60, minutes=n)
    call = Call(f"c{n}", "beijing", f"138{n:08d}", "12356", entered_at=at, seat="1001", answered_at=at)
    body = NoteBody("C3", {"complaint": "（练习）"})
    note = Note(f"n{n}", call.id, OPERATOR, "beijing", "full", 1, at, body, NoteState.FINISHED)
    return (
        FeedItem(FEED, 2 * n + 1, "call", call.id, 1, to_document(call)),
        FeedItem(FEED, 2 * n + 2, "note", note.id, 1, to_document(note)),
    )
