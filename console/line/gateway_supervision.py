"""A lead's part in the conversation of another seat, asked of the gateway."""

from collections.abc import Awaitable, Callable

from console.line.done import Done
from models.calls.events import Watching


class GatewaySupervision:
    """See `supervision.Supervision`."""

    def __init__(self, ask: Callable[..., Awaitable[Done]]) -> None:
        self._ask = ask

    async def watch(self, call: str, how: Watching) -> Done:
        """Listen, whisper, join, be gone."""
        return await self._ask("watch", call=call, how=how.value)

    async def take_over(self, call: str) -> Done:
        """Have the conversation."""
        return await self._ask("take_over", call=call)
