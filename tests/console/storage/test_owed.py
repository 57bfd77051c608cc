"""Call-backs in the encrypted database of a workstation."""

from datetime import timedelta
from typing import Any

from console.storage.storage import Storage
from console.storage.values import FeedItem
from models.codec import to_document
from models.followups.callback import Callback, Result, Why
from models.operation import Operation
from tests.console.storage.acts import CLOCK
from tests.console.storage.test_pulling import page

DUE = "due:beijing"
NOW = CLOCK.now()


def owed(name: str, minutes: float = 0, **changes: Any) -> Callback:
    at = NOW + timedelta(minutes=minutes)
    return Callback(name, f"c-{name}", "beijing", "", Why.ABANDONED, "13800000001", at, at, **changes)


def told(seq: int, callback: Callback, version: int = 1) -> FeedItem:
    return FeedItem(DUE, seq, "callback", callback.id, version, to_document(callback))


def act(kind: str, target: str, op: str, **body: Any) -> Operation:
    return Operation(op, kind, target, "zhang", NOW, body)


def test_what_the_server_tells_is_owed_the_earliest_first(storage: Storage) -> None:
    storage.apply_page(page(told(1, owed("late", 9)), told(2, owed("early", 1)), feeds=(DUE,)))
    assert [one.id for one in storage.owed.known().callbacks] == ["early", "late"]


def test_an_attempt_here_counts_before_the_server_knows_it(storage: Storage) -> None:
    storage.apply_page(page(told(1, owed("a")), told(2, owed("b")), feeds=(DUE,)))
    storage.perform([act("callback.attempt", "a", "o1", result="no_answer", how="busy")])
    storage.perform([act("callback.attempt", "b", "o2", result="stable")])
    (left,) = storage.owed.known().callbacks
    assert [(one.result, one.how) for one in left.attempts] == [(Result.NO_ANSWER, "busy")]


def test_one_that_is_made_here_is_owed_at_once(storage: Storage) -> None:
    body = {key: value for key, value in to_document(owed("m")).items() if key not in ("id", "author")}
    storage.perform([act("callback.add", "m", "o3", **{**body, "why": "asked"})])
    (made,) = storage.owed.known().callbacks
    assert (made.author, made.why, made.number) == ("zhang", Why.ASKED, "13800000001")


def test_what_was_closed_elsewhere_goes_with_its_number(storage: Storage) -> None:
    storage.apply_page(page(told(1, owed("a")), feeds=(DUE,)))
    gone = FeedItem(DUE, 2, "callback", "a", 2, None)
    storage.apply_page(page(gone, feeds=(DUE,)))
    assert storage.owed.known().callbacks == ()
    assert storage.record("callback", "a") is None
