"""Alerts on the scripted line: every seat hears them, as if all of them led."""

from collections.abc import Callable

from console.line.alerting import AlertTold
from console.line.done import GATEWAY_LOST, Done
from models.alerts.alert import Alert, Sight


class ScriptedAlerting:
    """See `alerting.Alerting`. `seat` is "" while there is no connection."""

    def __init__(self, seat: Callable[[], str], spread: Callable[[AlertTold], None]) -> None:
        self._seat = seat
        self._spread = spread

    async def alert(self, alert: Alert) -> Done:
        """All hear it at once."""
        return self._tell(alert)

    async def seen(self, sight: Sight) -> Done:
        """All hear it at once."""
        return self._tell(sight)

    def _tell(self, told: Alert | Sight) -> Done:
        if not self._seat():
            return GATEWAY_LOST
        self._spread(AlertTold(told))
        return Done(True)
