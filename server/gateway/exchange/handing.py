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

    async def ask_colleague(self, call: str, party: str, seat: str, label: str) -> None:
        """Let the call ring at another seat too; who answers there takes part. The same party twice is one.

        Where the operator then leaves, the conversation is the colleague's.
        """
        ...

    async def transfer(self, call: str, dial: str, seat: str, label: str) -> None:
        """Give the caller away without speaking first: to a seat, or to the digits of a number outside.

        The operator is out at once. Where nobody takes the caller, the call ends and the caller waits at the
        head of the queue, as a new call.
        """
        ...
