"""The port's part for those who watch over a conversation."""

from typing import Protocol

from models.calls.events import Watching


class Supervision(Protocol):
    """Raises ExchangeRefused like every command of the port. Who may, is the gateway's to decide."""

    async def watch(self, call: str, seat: str, how: Watching) -> None:
        """Bring the telephone of the seat to listen, to be heard by the operator only, to join, or home.

        Changing from one to the other keeps the telephone up. Refused as `phone_unreachable` where the
        telephone cannot be called, or says no.
        """
        ...

    async def take_over(self, call: str, seat: str) -> None:
        """Make the conversation this seat's: its telephone comes into it, the operator's goes home."""
        ...

    async def ring(self, seat: str, name: str) -> None:
        """Let the telephone of the seat ring for a minute at most; who lifts it hears why, and nobody else.

        Returns once the exchange was asked. `name` (letters, digits, dashes) is what ends it again.
        """
        ...

    async def stop_ringing(self, name: str) -> None:
        """End that ring; one that is over already is what was wanted."""
        ...
