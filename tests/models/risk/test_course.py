from dataclasses import replace
from datetime import UTC, datetime, timedelta

from models.risk.assessment import Assessment
from models.risk.course import Change, assessed, began_at, course_of, ratings_of
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from models.risk.trail import Answer, Dial, Phase, Rating

NOW = datetime(2026, 1, 1, tzinfo=UTC)
BLANK = Assessment("a", "a", "call", "zhang", "beijing")


def rated(name: str, day: int, *values: tuple[Dial, Phase, int]) -> Assessment:
    at = NOW + timedelta(days=day)
    ratings = tuple(
        Rating(n, f"{name}{n}", at + timedelta(minutes=n), dial, phase, value)
        for n, (dial, phase, value) in enumerate(values, 1)
    )
    return replace(BLANK, id=name, ratings=ratings)


def test_the_ratings_of_a_call_are_its_last_before_and_after() -> None:
    said = rated(
        "a",
        0,
        (Dial.DISTRESS, Phase.BEFORE, 92),
        (Dial.DISTRESS, Phase.AFTER, 80),
        (Dial.DISTRESS, Phase.AFTER, 74),
        (Dial.HOPE, Phase.AFTER, 0),
    )
    found = ratings_of(said)
    assert found
    assert found.changes == (Change(Dial.DISTRESS, 92, 74), Change(Dial.HOPE, None, 0))
    assert found.of(Dial.INTENT) is None
    assert found.at == NOW + timedelta(minutes=1)


def test_calls_stand_in_their_order_and_those_in_which_nothing_was_asked_are_left_out() -> None:
    calls = (
        rated("late", 9, (Dial.HOPE, Phase.BEFORE, 40)),
        BLANK,
        rated("early", 1, (Dial.HOPE, Phase.BEFORE, 8)),
    )
    assert [one.assessment for one in course_of(calls)] == ["early", "late"]
    assert ratings_of(BLANK) is None
    assert began_at(BLANK) is None


def test_an_assessment_is_to_its_case_what_stands_in_it_and_what_it_saw() -> None:
    answer = Answer(1, "op", NOW, Item.PLAN, AskState.YES)
    said = assessed(replace(BLANK, answers=(answer,), seen=("b",)))
    assert (said.id, said.level, said.seen) == ("a", Level.R3, ("b",))
    assert assessed(BLANK).level is None
