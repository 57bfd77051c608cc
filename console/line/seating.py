"""What a console may want of a seat that another one holds, and what leads say to it."""

from dataclasses import dataclass
from typing import Protocol

from console.line.done import Done
from models.shifts.wish import SeatWish


@dataclass(frozen=True, slots=True)
class Asked:
    """The seat is another console's; the leads were asked, the connection waits for their word."""

    seat: str


@dataclass(frozen=True, slots=True)
class SeatWanted:
    """Somebody wants a seat that another console holds; a lead decides."""

    wish: SeatWish


@dataclass(frozen=True, slots=True)
class SeatSettled:
    """The wish with this id needs no answer any more."""

    id: str


class Seating(Protocol):
    """Part of the line; a command never raises for trouble."""

    def ask(self) -> None:
        """Ask the leads for the seat with the next connection, which is tried at once."""
        ...

    async def give(self, wish: str, on: bool) -> Done:
        """Let somebody have the seat, or not."""
        ...

    async def lengthen(self, seat: str, minutes: int) -> Done:
        """Let the wrap-up of a seat last 1–60 minutes longer."""
        ...
