"""The port's part for the recording of conversations, which the exchange begins by itself where it shall."""

from typing import Protocol


class Recording(Protocol):
    """Raises ExchangeRefused like every command of the port."""

    async def tape(self, call: str, on: bool) -> None:
        """Pause the recording, or let it go on; `not_now` for a conversation that is not recorded."""
        ...
