"""The C-SSRS screener: six questions, attributed to the Columbia Lighthouse Project (domain.md 3.3)."""

from collections.abc import Mapping
from enum import StrEnum

from models.risk.level import Level
from models.risk.quick_screen import AskState

INSTRUMENT = "cssrs"


class Question(StrEnum):
    """Q1–Q5 and the two halves of Q6, ever and within three months; wording is data, never code."""

    Q1 = "q1"
    Q2 = "q2"
    Q3 = "q3"
    Q4 = "q4"
    Q5 = "q5"
    Q6_EVER = "q6_ever"
    Q6_RECENT = "q6_3m"


RULES: tuple[tuple[Question, Level], ...] = (
    (Question.Q4, Level.R3),
    (Question.Q5, Level.R3),
    (Question.Q6_RECENT, Level.R3),
    (Question.Q3, Level.R2),
    (Question.Q6_EVER, Level.R2),
    (Question.Q1, Level.R1),
    (Question.Q2, Level.R1),
)
"""Each question that fires a level when answered yes, the highest first."""

_SKIPPED_BY_A_NO: Mapping[Question, tuple[Question, ...]] = {
    Question.Q2: (Question.Q3, Question.Q4, Question.Q5),
    Question.Q6_EVER: (Question.Q6_RECENT,),
}


def skipped(answers: Mapping[Question, AskState]) -> tuple[Question, ...]:
    """What the screener itself leaves out: a plain no does it, nothing else. Q6 is never left out.

    A question that was answered all the same counts.
    """
    return tuple(
        left_out
        for asked, rest in _SKIPPED_BY_A_NO.items()
        if answers.get(asked) is AskState.NO
        for left_out in rest
        if answers.get(left_out, AskState.NOT_ASKED) is AskState.NOT_ASKED
    )


def fired(answers: Mapping[Question, AskState]) -> tuple[Level | None, Question | None]:
    """The level that the answers give, and the question that gave it; None where no question was a yes."""
    for question, level in RULES:
        if answers.get(question) is AskState.YES:
            return level, question
    return None, None


def open_questions(answers: Mapping[Question, AskState]) -> tuple[Question, ...]:
    """Those not asked, refused or unclear. The second half of Q6 is one only once the first was a yes."""
    left_out = skipped(answers)
    return tuple(
        question
        for question in Question
        if question not in left_out
        and answers.get(question, AskState.NOT_ASKED) not in (AskState.YES, AskState.NO)
        and (question is not Question.Q6_RECENT or answers.get(Question.Q6_EVER) is AskState.YES)
    )
