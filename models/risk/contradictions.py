"""Answers that cannot both be so: they are flagged, and the higher one counts.

Each pair follows from what the two items say, not from any clinical judgement: a plan for the next 72 hours
is one for the next week. "A plan, no time yet" may be a no beside either of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from models.risk import cssrs
from models.risk.cssrs import Question
from models.risk.quick_screen import AskState, Item
from models.risk.standing import SCREEN, Cause


@dataclass(frozen=True, slots=True)
class Contradiction:
    """`yes` was answered yes, though `no`, which follows from it, was answered no."""

    yes: Cause
    no: Cause


def _screen(item: Item) -> Cause:
    return Cause(SCREEN, item)


def _cssrs(question: Question) -> Cause:
    return Cause(cssrs.INSTRUMENT, question)


FOLLOWS: tuple[tuple[Cause, Cause], ...] = (
    (_screen(Item.PLAN_72H), _screen(Item.PLAN_WEEK)),
    (_screen(Item.PLAN_72H), _screen(Item.IDEATION_2W)),
    (_screen(Item.PLAN_WEEK), _screen(Item.IDEATION_2W)),
    (_screen(Item.PLAN), _screen(Item.IDEATION_2W)),
    (_screen(Item.PLAN_72H), _cssrs(Question.Q2)),
    (_screen(Item.PLAN_WEEK), _cssrs(Question.Q2)),
    (_screen(Item.PLAN), _cssrs(Question.Q2)),
    (_screen(Item.IDEATION_2W), _cssrs(Question.Q2)),
    (_screen(Item.ATTEMPT_2W), _cssrs(Question.Q6_EVER)),
    (_screen(Item.ATTEMPT_2W), _cssrs(Question.Q6_RECENT)),
    (_screen(Item.ACTING), _cssrs(Question.Q6_EVER)),
    (_cssrs(Question.Q3), _cssrs(Question.Q2)),
    (_cssrs(Question.Q4), _cssrs(Question.Q2)),
    (_cssrs(Question.Q5), _cssrs(Question.Q2)),
    (_cssrs(Question.Q6_RECENT), _cssrs(Question.Q6_EVER)),
)
"""Who says yes to the first says yes to the second."""


def contradictions(
    screen: Mapping[Item, AskState], questions: Mapping[Question, AskState]
) -> tuple[Contradiction, ...]:
    """The pairs of answers that cannot both be so; only a plain yes and a plain no contradict each other."""
    states = {_screen(item): state for item, state in screen.items()}
    states |= {_cssrs(question): state for question, state in questions.items()}
    return tuple(
        Contradiction(yes, no)
        for yes, no in FOLLOWS
        if states.get(yes) is AskState.YES and states.get(no) is AskState.NO
    )
