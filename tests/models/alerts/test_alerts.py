"""Alerts and who has seen them: one by one id, whatever way and order they are heard in."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from models.alerts.alert import Alert, Cause, Sight, alert_id, sight_id
from models.alerts.known import KEPT, Known, Repeats, is_over
from models.alerts.reduce import RAISE, SEE
from models.codec import from_document, to_document
from models.operation import Operation, Outcome
from models.people.operator import Operator, Role
from models.risk.level import Level
from models.sync.reduce import reduce_document

NOW = datetime(2026, 1, 1, tzinfo=UTC)
LEAD = Operator("li", "李组长", "psychiatrist", "jinzhong", (Role.LEAD,))
SUPERVISOR = Operator("wu", "吴督导", "psychiatrist", "jinzhong", (Role.OPERATOR, Role.SUPERVISOR))
OPERATOR = Operator("zhang", "张", "psychiatrist", "jinzhong", (Role.OPERATOR,))


def alert(name: str = "a", minute: int = 0, **changes: object) -> Alert:
    facts: dict[str, object] = {
        "id": name,
        "call": "c",
        "note": "n",
        "cause": "level",
        "level": "R4",
        "at": (NOW + timedelta(minutes=minute)).isoformat(),
        "author": "zhang",
        **changes,
    }
    return from_document(Alert, facts)


def sight(of: str = "a", by: str = "li", minute: int = 1) -> Sight:
    at = NOW + timedelta(minutes=minute)
    return Sight(sight_id(of, by), of, "c", "n", "zhang", at, by)


def test_an_alert_is_one_however_often_a_level_is_told() -> None:
    assert alert_id("n", Level.R4) == alert_id("n", Level.R4)
    assert len({alert_id("n", Level.R4), alert_id("n", Level.R3), alert_id("m", Level.R4)}) == 3
    assert sight_id("a", "li") != sight_id("a", "wu")


def test_it_waits_for_leads_until_one_of_them_has_seen_it() -> None:
    known = Known().hear([alert()])
    assert known.waiting(LEAD) == known.waiting(SUPERVISOR) == (alert(),)
    assert known.waiting(OPERATOR) == ()
    assert known.unanswered("zhang") == (alert(),)
    seen = known.hear([sight()])
    assert seen.waiting(LEAD) == seen.waiting(SUPERVISOR) == seen.unanswered("zhang") == ()
    assert [one.author for one in seen.seen("a")] == ["li"]


def test_nobody_is_alerted_of_an_own_call() -> None:
    known = Known().hear([alert(author="wu")])
    assert known.waiting(SUPERVISOR) == ()
    assert known.waiting(LEAD)


def test_a_higher_level_of_the_same_note_takes_the_place_of_the_lower_one() -> None:
    known = Known().hear([alert("low", 0, level="R3"), alert("high", 1), alert("help", 2, cause="help")])
    assert [one.id for one in known.waiting(LEAD)] == ["high", "help"]
    assert [one.id for one in known.unanswered("zhang")] == ["high", "help"]
    assert [one.id for one in known.hear([sight("high")]).waiting(LEAD)] == ["help"]
    other = known.hear([alert("other", 0, level="R3", note="m")])
    assert [one.id for one in other.waiting(LEAD)] == ["high", "help", "other"]


def test_what_was_heard_before_changes_nothing() -> None:
    known = Known().hear([alert(), sight()])
    assert known.hear([alert(), sight()]) is known
    assert known.hear([alert(name="a", minute=9, author="somebody")]) is known


@given(
    st.permutations([alert(), alert("b", 2, level="R3"), sight(), sight("b", "wu", 3), sight("a", "wu", 4)])
)
def test_order_does_not_matter(told: list[Alert | Sight]) -> None:
    known = Known()
    for one in told:
        known = known.hear([one])
    assert [one.author for one in known.seen("a")] == ["li", "wu"]
    assert not known.waiting(LEAD)
    assert [one.id for one in known.of_author("zhang")] == ["a", "b"]


def test_the_most_urgent_is_the_first_and_of_those_the_one_that_waits_longest() -> None:
    told = [
        alert("later", 3),
        alert("sooner", 1),
        alert("help", 0, cause="help", level=None),
        alert("high", 0, level="R3", note="m"),
    ]
    for order in permutations(told):
        waiting = Known().hear(order).waiting(LEAD)
        assert [one.id for one in waiting] == ["sooner", "later", "help", "high"]


def test_after_a_day_nobody_is_told_of_it_any_more() -> None:
    assert not is_over(alert(), NOW + KEPT - timedelta(seconds=1))
    assert is_over(alert(), NOW + KEPT)
    known = Known().hear([alert(), alert("b", 10), sight()])
    later = known.since(NOW + timedelta(minutes=5))
    assert [*later.alerts] == ["b"]
    assert not later.sights
    assert known.since(NOW - KEPT) is known


def test_it_sounds_at_once_and_again_until_it_was_seen() -> None:
    repeats = Repeats(20)
    assert repeats.due(True, 100.0)
    rung = repeats.rang(100.0)
    assert not rung.due(True, 119.9)
    assert rung.due(True, 120.0)
    assert not rung.due(False, 500.0)


def act(kind: str, body: dict[str, object], actor: str = "zhang") -> Operation:
    return Operation("op", kind, "id", actor, NOW, body)


def test_the_author_is_who_says_so() -> None:
    facts = to_document(alert()) | {"author": "somebody", "id": "other"}
    raised = reduce_document(None, act(RAISE, facts), 0)
    assert raised.outcome is Outcome.APPLIED
    assert raised.entity
    told = from_document(Alert, raised.entity)
    assert (told.id, told.author, told.at, told.level) == ("id", "zhang", NOW, Level.R4)
    said = reduce_document(None, act(SEE, to_document(sight()) | {"author": "zhang"}, "li"), 0)
    assert said.entity
    assert from_document(Sight, said.entity).author == "li"


def test_an_alert_and_a_sight_never_change() -> None:
    first = reduce_document(None, act(RAISE, to_document(alert())), 0).entity
    again = reduce_document(first, act(RAISE, to_document(alert(level="R3", cause=Cause.HELP.value))), 1)
    assert (again.entity, again.outcome) == (first, Outcome.APPLIED)
    seen = reduce_document(None, act(SEE, to_document(sight()), "li"), 0).entity
    assert reduce_document(seen, act(SEE, to_document(sight(minute=9)), "li"), 1).entity == seen


def test_other_acts_and_malformed_ones_are_rejected() -> None:
    assert reduce_document(None, act("alert.lower", {}), 0).outcome is Outcome.REJECTED
    assert reduce_document(None, act("sight.take", {}), 0).outcome is Outcome.REJECTED
    assert reduce_document(None, act(RAISE, {"call": "c"}), 0).outcome is Outcome.REJECTED
    assert reduce_document(None, act(RAISE, to_document(alert()) | {"level": "R9"}), 0).why.startswith("malf")
