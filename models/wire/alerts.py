"""Alerts on the line: what a console tells the gateway, and what the gateway tells consoles.

They hold ids, codes and names of the hotline's own people; nothing of a caller.
"""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field

from models.alerts.alert import Alert, Cause, Sight
from models.risk.level import Level
from models.wire.base import Message

Name = Annotated[str, Field(min_length=1, max_length=64)]


class RaiseAlert(Message):
    """Let every lead and supervisor of the site know. `alert` is a fresh id: the same one twice is one alert.

    Who raises it, at which seat, the gateway knows by itself.
    """

    kind: Literal["raise_alert"] = "raise_alert"
    id: str
    alert: Name
    call: Name
    note: Annotated[str, Field(max_length=64)] = ""
    cause: Cause
    level: Level | None = None
    at: datetime


class SeeAlert(Message):
    """A lead has seen the alert of operator `to`; also one that was heard in another way than by the line."""

    kind: Literal["see_alert"] = "see_alert"
    id: str
    alert: Name
    call: Name
    note: Annotated[str, Field(max_length=64)] = ""
    to: Name
    at: datetime


class Alerted(Message):
    """An alert of an operator of the site: to leads and supervisors, and to the operator who raised it."""

    kind: Literal["alerted"] = "alerted"
    alert: Alert


class AlertSeen(Message):
    """Who has seen an alert: to leads and supervisors, and to the operator who raised it."""

    kind: Literal["alert_seen"] = "alert_seen"
    sight: Sight


AlertCommand = RaiseAlert | SeeAlert
