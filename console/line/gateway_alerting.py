"""Alerts told to the gateway."""

from collections.abc import Awaitable, Callable

from console.line.done import Done
from models.alerts.alert import Alert, Sight


class GatewayAlerting:
    """See `alerting.Alerting`."""

    def __init__(self, ask: Callable[..., Awaitable[Done]]) -> None:
        self._ask = ask

    async def alert(self, alert: Alert) -> Done:
        """Tell it; who raises it the gateway says itself."""
        return await self._ask(
            "raise_alert",
            alert=alert.id,
            call=alert.call,
            note=alert.note,
            cause=alert.cause,
            level=alert.level,
            at=alert.at,
        )

    async def seen(self, sight: Sight) -> Done:
        """Tell it."""
        return await self._ask(
            "see_alert", alert=sight.alert, call=sight.call, note=sight.note, to=sight.to, at=sight.at
        )
