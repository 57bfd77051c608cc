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
    """Where a rule leads from one instrument over another item of it, there is a rule for the whole way."""
    follows = set(FOLLOWS)
    chains = {(first, last) for first, middle in follows for again, last in follows if middle == again}
    assert chains <= follows


def test_a_plan_with_a_time_is_none_without() -> None:
    assert contradictions({Item.PLAN_72H: YES, Item.PLAN_WEEK: YES, Item.PLAN: NO}, {}) == ()
