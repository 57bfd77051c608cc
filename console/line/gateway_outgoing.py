"""Calls from this seat, asked of the gateway."""

from collections.abc import Awaitable, Callable

from console.line.done import Done


class GatewayOutgoing:
    """See `outgoing.Outgoing`."""

    def __init__(self, ask: Callable[..., Awaitable[Done]]) -> None:
        self._ask = ask

    async def dial_out(self, call: str, dial: str, label: str, about: str) -> Done:
        """Call somebody."""
        return await self._ask("dial_out", call=call, dial=dial, label=label, about=about)
