"""Every way through the screener: 5^7 = 78,125 states of answers."""

from itertools import product

import pytest

from models.risk.cssrs import RULES, Question, fired, open_questions, skipped
from models.risk.level import Level
from models.risk.quick_screen import AskState

Q = Question
YES, NO, NOT_ASKED = AskState.YES, AskState.NO, AskState.NOT_ASKED


@pytest.mark.parametrize(
    ("yes", "level"),
    [
        ((), None),
        ((Q.Q1,), Level.R1),
        ((Q.Q2,), Level.R1),
        ((Q.Q1, Q.Q2), Level.R1),
        ((Q.Q2, Q.Q3), Level.R2),
        ((Q.Q2, Q.Q4), Level.R3),
        ((Q.Q2, Q.Q5), Level.R3),
        ((Q.Q6_EVER,), Level.R2),
        ((Q.Q6_EVER, Q.Q6_RECENT), Level.R3),
        ((Q.Q3,), Level.R2),
        ((Q.Q1, Q.Q2, Q.Q3, Q.Q4, Q.Q5, Q.Q6_EVER), Level.R3),
    ],
)
def test_the_highest_yes_gives_the_level(yes: tuple[Question, ...], level: Level | None) -> None:
    answers = {question: YES if question in yes else NO for question in Question}
    assert fired(answers)[0] is level


def test_only_a_no_to_the_second_question_leaves_out_what_follows_it() -> None:
    for state in AskState:
        left_out = skipped({Q.Q2: state})
        assert left_out == ((Q.Q3, Q.Q4, Q.Q5) if state is NO else ())


def test_the_sixth_question_is_open_until_it_is_answered_whatever_the_others_say() -> None:
    assert Q.Q6_EVER in open_questions(dict.fromkeys((Q.Q1, Q.Q2), NO))
    assert open_questions(dict.fromkeys((Q.Q1, Q.Q2, Q.Q6_EVER), NO)) == ()
    assert open_questions({Q.Q1: NO, Q.Q2: NO, Q.Q6_EVER: YES}) == (Q.Q6_RECENT,)


def test_every_way_through_keeps_what_was_said() -> None:
    levels = dict(RULES)
    for states in product(AskState, repeat=len(Question)):
        answers = dict(zip(Question, states, strict=True))
        level, question = fired(answers)
        yes = [one for one, state in answers.items() if state is YES]
        assert level == max((levels[one] for one in yes), default=None)
        assert (question is None) is (not yes)
        waiting = open_questions(answers)
        # What was answered is neither open nor left out; what was refused or unclear stays open.
        settled = {one for one, state in answers.items() if state in (YES, NO)}
        assert settled.isdisjoint(waiting)
        assert settled.isdisjoint(skipped(answers))
        assert set(skipped(answers)).isdisjoint(waiting)
        if answers[Q.Q2] is not NO:
            assert {Q.Q3, Q.Q4, Q.Q5} - settled <= set(waiting)
