"""A hotline site: where it is, when it is open, what its operators say first."""

from dataclasses import dataclass
from datetime import time, timedelta, timezone, tzinfo

CHINA = timezone(timedelta(hours=8), "Asia/Shanghai")
"""The one time of all sites in China, without summer time since 1991."""


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
class AlertRules:
    """How an alert is heard until somebody has seen it.

    It sounds again every `again_seconds`; after `unseen_seconds` the operator is told to dial `supervisor`
    (digits, "" where none is set). `sound` is one of those that ship.
    """

    again_seconds: int = 20
    unseen_seconds: int = 15
    supervisor: str = ""
    sound: str = "alert"


@dataclass(frozen=True, slots=True)
class Site:
    """One hotline. `lines` are the numbers callers dial; `hours` is None where no source states them.

    `greeting_confirmed` says whether the clinical owner has confirmed the greeting. After `lock_minutes`
    without a touch a screen is locked. `dials` are short or value-added numbers that may be called besides
    those of the directory: digits or first digits and `*` (see models.calls.reach).
    `alerts` is how leads and supervisors are made to hear.
    From the numbers in `emergency` 110 and 120 hand callers over, or to lines of ours that stand there and
    that nobody else dials: they come first. Whom nobody takes within
    `overflow_after` seconds goes to another hotline's number, `overflow`, "" for none.
    `pack_keys` are the public keys (Ed25519, raw) whose signature makes a licensed file count, `k10_bands` is
    the set of bands in use for the K10, "" for the first one.
    Dates are counted in the time of `zone`. `follow_ups` names the template of follow-ups for a level.
    A mark of misuse lasts `mark_days` at most.
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
    alerts: AlertRules = AlertRules()
    emergency: tuple[str, ...] = ()
    overflow: str = ""
    overflow_after: int = 120
    pack_keys: tuple[bytes, ...] = ()
    k10_bands: str = ""
    zone: tzinfo = CHINA
    follow_ups: tuple[tuple[str, str], ...] = ()
    mark_days: int = 30

    def name(self, language: str) -> str:
        """The name as shown in a language."""
        return self.name_en if language == "en" else self.name_zh
