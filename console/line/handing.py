"""What a seat may want of a conversation that it leaves, shares or gives away."""

from dataclasses import dataclass
from typing import Protocol

from console.line.done import Done
from models.calls.brief import Brief
from models.shifts.colleague import Colleague


@dataclass(frozen=True, slots=True)
class Colleagues:
    """Who else is there, and whether they can be asked into a conversation."""

    there: tuple[Colleague, ...]


class Handing(Protocol):
    """Part of the line; a command never raises for trouble."""

    async def leave(self, call: str) -> Done:
        """Leave the conversation, the others go on; a colleague who is in it has it then."""
        ...

    async def come_back(self, call: str) -> Done:
        """Join the conversation again that was left."""
        ...

    async def ask_colleague(self, call: str, party: str, seat: str, label: str) -> Done:
        """Let the call ring at another seat too. The same party twice is one invitation."""
        ...

    async def transfer(self, call: str, dial: str, seat: str, label: str) -> Done:
        """Give the caller away without speaking first: to a seat, or to 3–16 digits outside."""
        ...

    async def tell_colleague(self, brief: Brief) -> Done:
        """What the colleagues of the call are told; before one of them is rung."""
        ...

    async def ask_colleagues(self, on: bool) -> Done:
        """Hear who is there and free, now and whenever that changes, or no more."""
        ...
