"""The quick screen and its level, by the three definitions of high risk of the Beijing centre."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.risk.level import Level


class Item(StrEnum):
    """The seven items; `MEANS` has no level of its own."""

    ACTING = "acting"
    PLAN_72H = "plan_72h"
    PLAN_WEEK = "plan_week"
    PLAN = "plan"
    ATTEMPT_2W = "attempt_2w"
    IDEATION_2W = "ideation_2w"
    MEANS = "means"


class AskState(StrEnum):
    """What is known of an item; not asked is never no."""

    NOT_ASKED = "not_asked"
    YES = "yes"
    NO = "no"
    REFUSED = "refused"
    UNCLEAR = "unclear"


RULES: tuple[tuple[Item, Level], ...] = (
    (Item.ACTING, Level.R4),
    (Item.PLAN_72H, Level.R4),
    (Item.PLAN_WEEK, Level.R3),
    (Item.ATTEMPT_2W, Level.R3),
    (Item.PLAN, Level.R3),
    (Item.IDEATION_2W, Level.R2),
)
"""Each item that fires a level when answered yes, the most urgent first."""

LEVEL_ITEMS = tuple(item for item, _ in RULES)


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the screen says: a level or None (not finished), the item that fired it, and what is open.

    `open_items` are those with a level that are not asked, refused or unclear.
    """

    level: Level | None
    fired: Item | None
    open_items: tuple[Item, ...]


def judge(answers: Mapping[Item, AskState]) -> Verdict:
    """The verdict over the answers; an item without an answer is not asked. Source: domain.md 3.1."""
    unsettled = tuple(
        item
        for item in LEVEL_ITEMS
        if answers.get(item, AskState.NOT_ASKED) not in (AskState.YES, AskState.NO)
    )
    for item, level in RULES:
        if answers.get(item) is AskState.YES:
            return Verdict(level, item, unsettled)
    return Verdict(None if unsettled else Level.R0, None, unsettled)


def is_screened(answers: Mapping[Item, AskState]) -> bool:
    """True once no item with a level waits to be asked, or the highest level stands: none could change it."""
    waiting = frozenset(unasked(answers)).intersection(LEVEL_ITEMS)
    return not waiting or judge(answers).level is Level.R4


def unasked(answers: Mapping[Item, AskState]) -> tuple[Item, ...]:
    """The items, of all seven, that were not asked."""
    return tuple(item for item in Item if answers.get(item, AskState.NOT_ASKED) is AskState.NOT_ASKED)
