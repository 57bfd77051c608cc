"""The risk assessment of a call: a trail of answers that only grows."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.risk.level import Level, highest
from models.risk.quick_screen import AskState, Item, Verdict, judge


class Dial(StrEnum):
    """The three 0–100 ratings (domain.md 3.2)."""

    DISTRESS = "distress"
    HOPE = "hope"
    INTENT = "intent"


class Phase(StrEnum):
    """Whether a rating was taken before or after the talk."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to one item; `n` is its place in the author's own counting."""

    n: int
    op: str
    at: datetime
    item: Item
    state: AskState


@dataclass(frozen=True, slots=True)
class Rating:
    """One 0–100 rating; 100 is the most of what the dial names."""

    n: int
    op: str
    at: datetime
    dial: Dial
    phase: Phase
    value: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """A level that the operator gives on top of the computed one."""

    n: int
    op: str
    at: datetime
    level: Level


@dataclass(frozen=True, slots=True)
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

    @property
    def current(self) -> Mapping[Item, AskState]:
        """The latest answer of each item that has one."""
        return {answer.item: answer.state for answer in self.answers}

    @property
    def verdict(self) -> Verdict:
        """What the quick screen says now."""
        return judge(self.current)

    @property
    def own_level(self) -> Level | None:
        """The operator's own level, None while not given."""
        return self.judgements[-1].level if self.judgements else None

    @property
    def level(self) -> Level | None:
        """The shown level: the higher of the operator's own and the computed one (domain.md 3)."""
        return highest(self.own_level, self.verdict.level)

    @property
    def peak(self) -> Level | None:
        """The highest level that stood at any moment of the call; it decides alert and closing rules."""
        known: dict[Item, AskState] = {}
        levels: list[Level | None] = [judgement.level for judgement in self.judgements]
        for answer in self.answers:
            known[answer.item] = answer.state
            levels.append(judge(known).level)
        return highest(*levels)

    def rating(self, dial: Dial, phase: Phase) -> int | None:
        """The latest value of a dial in a phase, 0–100; None while not rated."""
        values = [rating.value for rating in self.ratings if (rating.dial, rating.phase) == (dial, phase)]
        return values[-1] if values else None
