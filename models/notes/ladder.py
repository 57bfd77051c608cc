"""The ladder for a caller who says nothing: marks that are set once each, with their time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.notes.note import LogLine


@dataclass(frozen=True, slots=True)
class Step:
    """One mark; `category` is the type that the record gets with it, "" for none."""

    id: str
    zh: str
    en: str
    category: str = ""

    def label(self, language: str) -> str:
        """What it says in a language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Ladder:
    """The steps in their order; `confirmed` by the hotline's clinical owner."""

    version: int
    confirmed: bool
    steps: tuple[Step, ...]


def marks_of(ladder: Ladder, log: Iterable[LogLine]) -> Mapping[str, datetime]:
    """When each step was marked first, as the course of the call has it, in whichever language."""
    marks: dict[str, datetime] = {}
    named = {label: step.id for step in ladder.steps for label in (step.zh, step.en)}
    for line in sorted(log, key=lambda one: (one.at, one.id)):
        step = named.get(line.text.strip())
        if step is not None:
            marks.setdefault(step, line.at)
    return marks
