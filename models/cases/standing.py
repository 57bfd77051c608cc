"""The level of a person over all known calls, and which call it comes from."""

from dataclasses import dataclass
from datetime import datetime

from models.people.person import ASSESSED
from models.people.together import Together
from models.risk.case_level import Assessed, counting
from models.risk.level import Level, highest


@dataclass(frozen=True, slots=True)
class Standing:
    """`level` is the highest of all assessments that none has superseded; `call` is the one it comes from."""

    level: Level | None = None
    call: str = ""
    at: datetime | None = None


def standing_of(together: Together) -> Standing:
    """The level of a person over the calls in which they were assessed; of two alike, the later call."""
    told = together.told
    calls = [
        (meeting, one)
        for _, meeting in together.met
        if meeting.part in ASSESSED
        for one in told.get(meeting.call, ())
    ]
    every = counting([Assessed(one.assessment, _level(one.level), one.seen) for _, one in calls])
    level = highest(*(one.level for one in every))
    decisive = {one.id for one in every if one.level is level}
    for meeting, one in calls if level is not None else ():
        if one.assessment in decisive:
            return Standing(level, meeting.call, meeting.call_at)
    return Standing()


def _level(code: str) -> Level | None:
    return Level(code) if code in Level.__members__ else None
