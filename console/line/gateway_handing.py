"""Leaving, sharing and giving away a conversation, asked of the gateway."""

from collections.abc import Awaitable, Callable

from console.line.done import Done
from models.calls.brief import Brief


class GatewayHanding:
    """See `handing.Handing`."""

    def __init__(self, ask: Callable[..., Awaitable[Done]]) -> None:
        self._ask = ask

    async def leave(self, call: str) -> Done:
        """Leave; the others go on."""
        return await self._ask("leave", call=call)

    async def come_back(self, call: str) -> Done:
        """Join again."""
        return await self._ask("come_back", call=call)

    async def ask_colleague(self, call: str, party: str, seat: str, label: str) -> Done:
        """Let the call ring at another seat too."""
        return await self._ask("invite", call=call, party=party, seat=seat, label=label)

    async def transfer(self, call: str, dial: str, seat: str, label: str) -> Done:
        """Give the caller away."""
        return await self._ask("transfer", call=call, dial=dial, seat=seat, label=label)

    async def tell_colleague(self, brief: Brief) -> Done:
        """What the colleagues of the call are told."""
        return await self._ask(
            "tell_colleague",
            call=brief.call,
            note=brief.note,
            level=brief.level,
            red=brief.red,
            lines=brief.lines,
            at=brief.at,
        )

    async def ask_colleagues(self, on: bool) -> Done:
        """Hear who is there and free, or no more."""
        return await self._ask("ask_colleagues", on=on)
