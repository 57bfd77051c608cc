"""The port's part for giving a conversation away and getting it back."""

from typing import Protocol


class Handing(Protocol):
    """Raises ExchangeRefused like every command of the port."""

    async def leave(self, call: str) -> None:
        """Take the operator out of a conversation in which somebody else talks; the others go on."""
        ...

    async def come_back(self, call: str, seat: str, /) -> None:
        """Bring the telephone of the seat, which picks up by itself, into a conversation that was left."""
        ...
