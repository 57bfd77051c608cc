"""A hotline site: where it is, when it is open, what its operators say first."""

from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Hours:
    """Open from `start` to `end` each day, local time; an end at or before the start is on the next day."""

    start: time
    end: time

    @property
    def whole_day(self) -> bool:
        """True for 24 hours."""
        return self.start == self.end

    def covers(self, at: time) -> bool:
        """True if the line is open at that time of the day."""
        if self.whole_day:
            return True
        if self.start < self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, slots=True)
class Site:
    """One hotline. `lines` are the numbers callers dial; `hours` is None where no source states them.

    `greeting_confirmed` says whether the clinical owner has confirmed the greeting. After `lock_minutes`
    without a touch a screen is locked. `dials` are short or value-added numbers that may be called besides
    those of the directory: digits or first digits and `*` (see models.calls.reach).
    """

    id: str
    name_zh: str
    name_en: str
    city: str
    province: str
    area_code: str
    lines: tuple[str, ...]
    hours: Hours | None
    greeting: str
    greeting_confirmed: bool
    services: tuple[str, ...] = ()
    lock_minutes: int = 5
    dials: tuple[str, ...] = ()

    def name(self, language: str) -> str:
        """The name as shown in a language."""
        return self.name_en if language == "en" else self.name_zh
