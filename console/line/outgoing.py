"""What an operator may want of the line between conversations: to call somebody."""

from typing import Protocol

from console.line.done import Done


class Outgoing(Protocol):
    """Part of the line; a command never raises for trouble."""

    async def dial_out(self, call: str, dial: str, label: str, about: str) -> Done:
        """Call somebody with the hotline's number shown; `call` is a fresh id, the same one is one call.

        `about` is the id of the call-back it is made for.
        """
        ...
