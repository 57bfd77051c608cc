"""The port's part for the recording of conversations, which the exchange begins by itself where it shall."""

from typing import Protocol


class Recording(Protocol):
    """Raises ExchangeRefused like every command of the port."""

    async def tape(self, call: str, on: bool) -> None:
        """Pause the recording, or let it go on; `not_now` for a conversation that is not recorded."""
        ...

    async def being_written(self) -> frozenset[str]:
        """The names of the recordings that go on, also while nothing is written of a call on hold."""
        ...

    def call_of(self, recording: str) -> str:
        """The id of the call that a recording belongs to, also long after both are over; refuses nothing.

        "" for a name that the exchange gives no recording of a call.
        """
        ...
