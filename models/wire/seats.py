"""Taking a seat over that another console holds: what the gateway tells and what leads answer."""

from typing import Literal

from models.shifts.wish import SeatWish
from models.wire.base import Message


class Asked(Message):
    """The seat is taken; the leads at the line were asked, the connection waits for their word."""

    kind: Literal["asked"] = "asked"
    seat: str


class SeatWanted(Message):
    """Somebody wants a seat that another console holds: to leads and supervisors at other seats."""

    kind: Literal["seat_wanted"] = "seat_wanted"
    wish: SeatWish


class SeatSettled(Message):
    """The wish with this id needs no answer any more."""

    kind: Literal["seat_settled"] = "seat_settled"
    id: str


class GiveSeat(Message):
    """Let somebody have the seat of a wish (`on`), or not: a supervisor's or lead's."""

    kind: Literal["give_seat"] = "give_seat"
    id: str
    wish: str
    on: bool
