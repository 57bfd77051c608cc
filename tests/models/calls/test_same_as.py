"""A call that was opened by hand is joined to the line's own record; each keeps its words."""

from datetime import UTC, datetime

from models.calls.call import Call
from models.calls.events import Origin
from models.calls.reduce import reduce
from models.operation import Operation, Outcome

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BY_HAND = Call("m", "jinzhong", "", origin=Origin.MANUAL, entered_at=NOW, seat="1001", answered_at=NOW)


def same_as(call: str) -> Operation:
    return Operation(f"op-{call}", "call.same_as", "m", "li", NOW, {"call": call})


def test_a_call_opened_by_hand_names_the_call_of_the_line() -> None:
    joined = reduce(BY_HAND, same_as("c"), 1)
    assert joined.outcome is Outcome.APPLIED
    assert joined.entity
    assert joined.entity.same_as == "c"
    assert reduce(joined.entity, same_as("c"), 2).entity == joined.entity


def test_the_first_word_stands() -> None:
    joined = reduce(BY_HAND, same_as("c"), 1).entity
    again = reduce(joined, same_as("d"), 2)
    assert (again.outcome, again.entity) == (Outcome.SUPERSEDED, joined)


def test_nothing_else_is_joined() -> None:
    line = Call("m", "jinzhong", "13800000001")
    for call, act in ((line, same_as("c")), (BY_HAND, same_as("m")), (BY_HAND, same_as(""))):
        assert reduce(call, act, 1).outcome is Outcome.REJECTED
    assert reduce(None, same_as("c"), 0).outcome is Outcome.HELD
