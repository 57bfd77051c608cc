"""An alert and who has seen it: both are made once, travel on two ways and are one wherever they meet."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.ids import event_id
from models.risk.level import Level


class Cause(StrEnum):
    """Why leads and supervisors are alerted."""

    LEVEL = "level"
    """The assessment reached R3 or R4."""
    HELP = "help"
    """The operator asked for help."""
    SECOND = "second"
    """The operator wishes for a lower level: a second person's word is wanted."""


@dataclass(frozen=True, slots=True)
class Alert:
    """One alert of an operator (`author`) about a call and its note; ids, codes and the operator's name only.

    `level` is what was known at that moment, None where nothing is.
    """

    id: str
    call: str
    note: str
    cause: Cause
    level: Level | None
    at: datetime
    author: str
    name: str = ""
    seat: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class Sight:
    """Somebody (`author`) has seen the alert of `to`, and says so."""

    id: str
    alert: str
    call: str
    note: str
    to: str
    at: datetime
    author: str
    name: str = ""
    site: str = ""


def alert_id(note: str, level: Level) -> str:
    """The id of the alert for a level that a note reached: made once, however often it is told."""
    return event_id(note, "alert", level)


def second_id(lowering: str) -> str:
    """The id of the alert for a wish to lower a level, by its act: made once."""
    return event_id(lowering, "alert", Cause.SECOND)


def sight_id(alert: str, operator: str) -> str:
    """The id of what somebody saw: pressed twice, or told on two ways, it is one."""
    return event_id(alert, "seen", operator)
