"""The level of a person over several calls (domain.md 3)."""

from collections.abc import Collection
from dataclasses import dataclass

from models.risk.level import Level, highest


@dataclass(frozen=True, slots=True)
class Assessed:
    """One assessment: the level that stands in it, None for RX, and which others its author had seen."""

    id: str
    level: Level | None
    seen: Collection[str] = ()


def counting(assessments: Collection[Assessed]) -> tuple[Assessed, ...]:
    """Those of the assessments that no other one has superseded."""
    saw = {one.id: frozenset(one.seen) for one in assessments}
    superseded = {
        other
        for one in assessments
        if one.level is not None
        for other in one.seen
        if one.id not in saw.get(other, ()) and other != one.id
    }
    return tuple(one for one in assessments if one.id not in superseded)


def case_level(assessments: Collection[Assessed]) -> Level | None:
    """The highest level of all assessments that no other one has superseded; None where none has any.

    One supersedes those that it names and that it could judge about: an unfinished one says nothing and
    supersedes none. One that arrives late replaces nothing that it did not know. Of two that name each other,
    made side by side, both count.
    """
    return highest(*(one.level for one in counting(assessments)))
