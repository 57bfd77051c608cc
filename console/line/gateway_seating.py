"""Seats that are asked for and given, by the gateway."""

from collections.abc import Awaitable, Callable

from console.line.done import Done


class GatewaySeating:
    """See `seating.Seating`."""

    def __init__(self, ask: Callable[..., Awaitable[Done]], want: Callable[[], None]) -> None:
        self._ask = ask
        self._want = want

    def ask(self) -> None:
        """Want the seat with the next first frame."""
        self._want()

    async def give(self, wish: str, on: bool) -> Done:
        """Answer a wish."""
        return await self._ask("give_seat", wish=wish, on=on)

    async def lengthen(self, seat: str, minutes: int) -> Done:
        """Give somebody more time."""
        return await self._ask("lengthen", seat=seat, minutes=minutes)
