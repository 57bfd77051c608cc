"""What a lead may want of the conversation of another seat."""

from typing import Protocol

from console.line.done import Done
from models.calls.events import Watching


class Supervision(Protocol):
    """Part of the line; a command never raises for trouble."""

    async def watch(self, call: str, how: Watching) -> Done:
        """Listen, be heard by the operator only, join, or be gone."""
        ...

    async def take_over(self, call: str) -> Done:
        """Make the conversation this seat's."""
        ...
