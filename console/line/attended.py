"""The seat at the gateway, kept with the ticket of now."""

from collections.abc import Callable, Coroutine
from typing import Any

from console.line import port


class Attended:
    """Lives on the io thread; `hear` is told what the line tells."""

    def __init__(
        self,
        line: port.Line,
        seat: str,
        hear: Callable[[port.News], None],
        spawn: Callable[[Coroutine[Any, Any, object]], None],
    ) -> None:
        self._line = line
        self._seat = seat
        self._hear = hear
        self._spawn = spawn
        self._ticket = ""
        self._on_line = False

    def come(self, ticket: str) -> None:
        """Take the seat with a duty ticket; who sits there already has it for the next time."""
        self._ticket = ticket
        if not self._on_line:
            self._on_line = True
            self._spawn(self._stay())

    async def _stay(self) -> None:
        """Be on the line; where the gateway refuses a ticket that was renewed since, with the new one."""
        used = ""
        try:
            while used != self._ticket:
                used = self._ticket
                await self._line.run(used, self._seat, self._hear)
        finally:
            self._on_line = False
