from itertools import product

import pytest

from models.risk.contradictions import FOLLOWS, Contradiction, contradictions
from models.risk.cssrs import Question
from models.risk.quick_screen import AskState, Item
from models.risk.standing import SCREEN, Cause

YES, NO = AskState.YES, AskState.NO


def _of(states: dict[Cause, AskState]) -> tuple[Contradiction, ...]:
    screen = {Item(one.item): state for one, state in states.items() if one.instrument == SCREEN}
    questions = {Question(one.item): state for one, state in states.items() if one.instrument != SCREEN}
    return contradictions(screen, questions)


@pytest.mark.parametrize(("yes", "no"), FOLLOWS)
def test_only_a_yes_and_a_no_contradict_each_other(yes: Cause, no: Cause) -> None:
    for first, second in product(AskState, repeat=2):
        found = _of({yes: first, no: second})
        assert found == ((Contradiction(yes, no),) if (first, second) == (YES, NO) else ())


def test_what_follows_is_followed_to_its_end() -> None:
    """No chain of rules leaves out its own end: a plan for 72 hours is a plan."""
    follows = set(FOLLOWS)
    inside = [(a, c) for a, b in follows for b2, c in follows if b == b2 and a.instrument == c.instrument]
    assert {pair for pair in inside if pair not in follows} == {
        (Cause(SCREEN, one), Cause(SCREEN, Item.IDEATION_2W)) for one in (Item.PLAN_72H, Item.PLAN_WEEK)
    }
    for one in (Item.PLAN_72H, Item.PLAN_WEEK):
        # Whatever is answered between them, one of the two steps shows.
        for middle in (YES, NO):
            assert contradictions({one: YES, Item.PLAN: middle, Item.IDEATION_2W: NO}, {})
