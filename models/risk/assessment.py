"""The risk assessment of a call: a trail of entries that only grows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from models.risk.cssrs import INSTRUMENT, Question
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item, Verdict, judge
from models.risk.standing import Standing, Trail, stands
from models.risk.trail import Answer, Dial, Judgement, Lowering, Phase, Rating, Response, Score, Second


class _Numbered(Protocol):
    @property
    def n(self) -> int: ...


# Without slots, so that what its trail comes to is worked out once for each that is shown.
@dataclass(frozen=True)
class Assessment:
    """What was asked, rated and judged in one call, in the author's order."""

    id: str
    note: str
    call: str
    author: str
    site: str
    answers: tuple[Answer, ...] = ()
    ratings: tuple[Rating, ...] = ()
    judgements: tuple[Judgement, ...] = ()
    responses: tuple[Response, ...] = ()
    scores: tuple[Score, ...] = ()
    lowerings: tuple[Lowering, ...] = ()
    seconds: tuple[Second, ...] = ()
    seen: tuple[str, ...] = ()
    """The earlier assessments of the same person that its author had before the eyes."""

    @cached_property
    def current(self) -> Mapping[Item, AskState]:
        """The latest answer of each item that has one."""
        return {answer.item: answer.state for answer in self.answers}

    @cached_property
    def questions(self) -> Mapping[Question, AskState]:
        """The latest answer of each question of the C-SSRS that has one."""
        values = {one.item: one.value for one in self.responses if one.instrument == INSTRUMENT}
        return {question: AskState(values[question]) for question in Question if question in values}

    @cached_property
    def verdict(self) -> Verdict:
        """What the quick screen says now."""
        return judge(self.current)

    @property
    def own_level(self) -> Level | None:
        """The operator's own level, None while not given."""
        return next((one.level for one in reversed(self.judgements) if one.ground is None), None)

    @property
    def trail(self) -> Trail:
        """All entries that have to do with the level."""
        return Trail(self.answers, self.responses, self.scores, self.judgements, self.lowerings, self.seconds)

    @cached_property
    def standing(self) -> Standing:
        """The level that stands and all that is to be said of it."""
        return stands(self.trail)

    @property
    def level(self) -> Level | None:
        """The shown level: the higher of the operator's own and the computed one (domain.md 3)."""
        return self.standing.level

    @property
    def peak(self) -> Level | None:
        """The highest level that stood at any moment of the call; it decides alert and closing rules."""
        return self.standing.peak

    @property
    def last_n(self) -> int:
        """The place of the last entry in the author's counting, 0 before the first."""
        kinds: tuple[Sequence[_Numbered], ...] = (
            self.answers,
            self.ratings,
            self.judgements,
            self.responses,
            self.scores,
        )
        return max((entry.n for entries in kinds for entry in entries), default=0)

    def rating(self, dial: Dial, phase: Phase) -> int | None:
        """The latest value of a dial in a phase, 0–100; None while not rated."""
        values = [rating.value for rating in self.ratings if (rating.dial, rating.phase) == (dial, phase)]
        return values[-1] if values else None
