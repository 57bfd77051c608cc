from datetime import UTC, datetime

import pytest

from models.codec import to_document
from models.operation import Operation, Outcome
from models.sync.held import HeldAct, HeldState, card_of, reduce
from models.sync.witness import reduce as tell
from models.sync.witness import witness_id

SECRET = b"secret of a site"
NOW = datetime(2026, 1, 1, tzinfo=UTC)
ACT = HeldAct(
    "op", "note.draft.put", "note", "n", "zhang", "beijing", NOW, "poisoned", "c", "n", 3, 2, {"text": "秘密"}
)


def decide(kind: str, op: str = "d", **body: str) -> Operation:
    return Operation(op, kind, "op", "wang", NOW, body)


def test_a_lead_lets_it_happen_or_dismisses_it_with_a_reason() -> None:
    released = reduce(ACT, decide("held.release"), 1).entity
    dismissed = reduce(ACT, decide("held.dismiss", reason=" 重复 "), 1).entity
    assert released is not None
    assert dismissed is not None
    assert (released.state, released.settled_by) == (HeldState.RELEASED, "wang")
    assert (dismissed.state, dismissed.reason) == (HeldState.DISMISSED, "重复")
    assert dismissed.body == ACT.body


def test_the_first_decision_stands() -> None:
    released = reduce(ACT, decide("held.release"), 1).entity
    again = reduce(released, decide("held.dismiss", reason="x"), 2)
    assert (again.entity, again.outcome) == (released, Outcome.SUPERSEDED)


@pytest.mark.parametrize("body", [{}, {"reason": "  "}])
def test_nothing_is_dismissed_without_a_reason(body: dict[str, str]) -> None:
    assert reduce(ACT, decide("held.dismiss", **body), 1).outcome is Outcome.REJECTED


def test_a_card_tells_nothing_of_the_words() -> None:
    assert "秘密" not in str(to_document(card_of(ACT)))


def test_a_witness_is_held_and_has_one_name_everywhere() -> None:
    telling = Operation("w", "witness.tell", "x", "zhang", NOW, {"doc": {"a": 1}})
    assert tell(None, telling, 0).outcome is Outcome.HELD
    one = witness_id(SECRET, "note", "n", 3, {"a": 1, "b": 2})
    assert one == witness_id(SECRET, "note", "n", 3, {"b": 2, "a": 1})
    assert one != witness_id(SECRET, "note", "n", 4, {"a": 1, "b": 2})


def test_the_name_of_a_witness_tells_nobody_without_the_secret_what_is_in_it() -> None:
    document = {"number": "13800000001"}
    assert witness_id(SECRET, "call", "c", 1, document) != witness_id(b"guess", "call", "c", 1, document)
