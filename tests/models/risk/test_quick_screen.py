"""Every one of the 5^7 = 78,125 ways to answer the quick screen, against domain.md 3.1 said another way."""

from itertools import product

import pytest

from models.risk.level import Level, highest
from models.risk.quick_screen import LEVEL_ITEMS, AskState, Item, judge, unasked


def _expected(answers: dict[Item, AskState]) -> Level | None:
    yes = {item for item, state in answers.items() if state is AskState.YES}
    if yes & {Item.ACTING, Item.PLAN_72H}:
        return Level.R4
    if yes & {Item.PLAN_WEEK, Item.ATTEMPT_2W, Item.PLAN}:
        return Level.R3
    if Item.IDEATION_2W in yes:
        return Level.R2
    six = [answers[item] for item in Item if item is not Item.MEANS]
    return Level.R0 if all(state is AskState.NO for state in six) else None


def test_all_combinations() -> None:
    for states in product(AskState, repeat=len(Item)):
        answers = dict(zip(Item, states, strict=True))
        verdict = judge(answers)
        assert verdict.level is _expected(answers)
        assert (verdict.fired is None) == (verdict.level in (None, Level.R0))


@pytest.mark.parametrize("state", [AskState.NOT_ASKED, AskState.REFUSED, AskState.UNCLEAR])
@pytest.mark.parametrize("item", LEVEL_ITEMS)
def test_one_open_item_is_never_no_risk(item: Item, state: AskState) -> None:
    answers = dict.fromkeys(Item, AskState.NO) | {item: state}
    verdict = judge(answers)
    assert verdict.level is None
    assert verdict.open_items == (item,)


def test_means_has_no_level_of_its_own() -> None:
    answers = dict.fromkeys(Item, AskState.NO) | {Item.MEANS: AskState.YES}
    assert judge(answers).level is Level.R0
    assert judge({Item.MEANS: AskState.YES}).level is None


def test_an_item_without_an_answer_is_not_asked() -> None:
    assert unasked({}) == tuple(Item)
    assert judge({}).open_items == LEVEL_ITEMS


def test_the_highest_level_counts() -> None:
    assert highest(None, Level.R1, Level.R3) is Level.R3
    assert highest(None) is None
    assert Level.R3.alarming
    assert not Level.R2.alarming
