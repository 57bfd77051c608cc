"""What a seat tells of alerts on the line, and hears of them."""

from dataclasses import dataclass
from typing import Protocol

from console.line.done import Done
from models.alerts.alert import Alert, Sight


@dataclass(frozen=True, slots=True)
class AlertTold:
    """An alert, or who has seen one; perhaps again."""

    told: Alert | Sight


class Alerting(Protocol):
    """Part of the line; a command never raises for trouble. The same thing told twice is told once."""

    async def alert(self, alert: Alert) -> Done:
        """Let every lead and supervisor of the site know."""
        ...

    async def seen(self, sight: Sight) -> Done:
        """Let the operator and the other leads know who has seen it."""
        ...
