"""The state of an operator at a seat (domain.md 2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DutyState(StrEnum):
    """What the operator is doing."""

    READY = "ready"
    RINGING = "ringing"
    TALKING = "talking"
    HELD = "held"
    WRAP_UP = "wrap_up"
    BREAK = "break"
    OFF = "off"


class BreakReason(StrEnum):
    """Why the operator takes no calls for a while."""

    REST = "rest"
    SUPERVISION = "supervision"
    TRAINING = "training"
    MEETING = "meeting"
    EQUIPMENT = "equipment"


@dataclass(frozen=True, slots=True)
class Duty:
    """One operator's state since a moment."""

    operator: str
    seat: str
    state: DutyState
    since: datetime
    reason: BreakReason | None = None
    name: str = ""
    call: str = ""
    """The call that is talked or held; "" without a conversation. So a lead knows what can be watched."""
    until: datetime | None = None
    """When wrap-up is over by itself; None for other states, and where the site sets no limit."""
    lengthened: int = 0
    """By how many minutes a lead has lengthened this wrap-up."""
    unanswered: int = 0
    """Rings in a row that nobody here answered; the last of them ended the readiness, if this is a break."""
