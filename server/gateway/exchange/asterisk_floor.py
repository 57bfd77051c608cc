"""What the adapter knows of an Asterisk: calls, their channels, the queue, the seats."""

import asyncio
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto

from models.calls.advance import advance
from models.calls.call import Call, CallState
from models.calls.events import CallEnd, CallEvent, Origin, Watching
from models.calls.outgoing import Placed
from models.calls.picture import Queue
from models.clock import Clock
from models.ids import call_id, event_id
from server.gateway.exchange.port import ExchangePicture, SeatChanged

OUT = "out-"
"""What the exchange's name of a call from here begins with; its id follows."""
_OUT = re.compile(r"out-[0-9a-f]{32}")


class Part(Enum):
    """What a channel of the exchange is to a call."""

    CALLER = auto()
    """Who called, or was called from here."""
    RING = auto()
    """The first half of a seat's Local channel; it rings on the screen."""
    PHONE = auto()
    """The telephone of the operator who talks."""
    PARTY = auto()
    WATCH = auto()
    """The telephone of a supervisor who listens, whispers or has joined."""


@dataclass(slots=True, eq=False)
class Leg:
    """One channel: whose it is, and how far it has come."""

    call: str
    part: Part
    channel: str
    key: str = ""
    """The seat of a ring or telephone, the id of a third party; the seat that had a caller before us."""
    dial: str = ""
    label: str = ""
    seat: str = ""
    """The seat of a third party who is a colleague."""
    came: bool = False
    """A channel that was asked for exists."""
    asked: bool = False
    """The gateway called this one."""
    in_room: bool = False
    taken: bool = False
    """The operator has answered this ring, or let this third party go."""
    given: bool = False
    """A caller who was given away and hears how it rings there; a ring that was answered on the screen; a
    supervisor's telephone that comes to take over."""
    tape: str = ""
    """The name of the recording that a caller's channel carries."""
    how: Watching = Watching.LISTEN
    """What a supervisor wants."""
    moving: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while a caller is on the way: Asterisk refuses to move a channel that is still moving."""


class Floor:
    """The calls by id and their channels by the exchange's unique ids."""

    def __init__(self, exchange: str, clock: Clock) -> None:
        self.calls: dict[str, Call] = {}
        self.legs: dict[str, Leg] = {}
        self.linked: dict[str, str] = {}
        """The exchange's own name of each call."""
        self.rounds: dict[str, str] = {}
        """The latest name of a caller's call: who comes back to the queue begins another one."""
        self.ends: dict[str, CallEnd] = {}
        """Who put the telephone down first."""
        self.home: list[str] = []
        """Channels that are not wanted any more; they are to be hung up."""
        self.waiting: dict[str, datetime] = {}
        self.seats: dict[str, SeatChanged] = {}
        self.interfaces: dict[str, str] = {}
        """The queue's name for each seat."""
        self.exchange = exchange
        """The name under which the exchange's own names of calls are unique."""
        self._clock = clock
        self._latest = clock.now()

    def moment(self) -> datetime:
        """Now, and later than every moment before, so that what follows is also seen to follow."""
        self._latest = max(self._clock.now(), self._latest + timedelta(microseconds=1))
        return self._latest

    def call_of(self, linked: str) -> str:
        """The id of the call that the exchange calls so; a call from here has the id in its name."""
        if _OUT.fullmatch(linked):
            return linked.removeprefix(OUT)
        return call_id(self.exchange, self.rounds.get(linked, linked))

    def place(self, room: str, seat: str, number: str, shown: str, since: datetime) -> Placed:
        """A call from here: it is known from now on."""
        call = self.call_of(room)
        self.calls[call], self.linked[call] = Call(call, origin=Origin.LINE), room
        placed = Placed(event_id(call, "placed"), call, since, seat, number, shown)
        self.calls[call] = advance(self.calls[call], placed)
        return placed

    def begin(self, linked: str, number: str, dialled: str, entered_at: datetime, again: str = "") -> str:
        """A call that is new, or known already; its id. `again` counts how often the caller came back."""
        if again:
            self.rounds[linked] = f"{linked}-{again}"
            linked = self.rounds[linked]
        call = self.call_of(linked)
        if call not in self.calls:
            self.calls[call] = Call(
                call, number=number, dialled=dialled, origin=Origin.LINE, entered_at=entered_at
            )
            self.linked[call] = linked
        return call

    def mark(self, call: str, *parts: str) -> tuple[str, str, datetime]:
        """What every event begins with; without parts, the moment makes the id."""
        at = self.moment()
        return event_id(call, *(parts or (at.isoformat(),))), call, at

    def happened(self, event: CallEvent) -> CallEvent:
        """Move the call on."""
        self.calls[event.call] = advance(self.calls[event.call], event)
        return event

    def find(self, call: str, part: Part, key: str = "") -> Leg | None:
        """The call's channel of this kind; with a key, that seat's or party's."""
        return next(
            (
                leg
                for leg in self.legs.values()
                if (leg.call, leg.part, key or leg.key) == (call, part, leg.key)
            ),
            None,
        )

    def of(self, call: str) -> list[tuple[str, Leg]]:
        """All channels of a call by their unique ids."""
        return [(unique, leg) for unique, leg in self.legs.items() if leg.call == call]

    def others(self, call: str) -> list[Leg]:
        """The third parties who are in the call's room."""
        return [leg for _, leg in self.of(call) if leg.part is Part.PARTY and leg.in_room]

    def forget(self, leg: Leg) -> None:
        """A channel that was asked for and will not come."""
        for unique in [unique for unique, one in self.legs.items() if one is leg]:
            del self.legs[unique]

    def swap(self, gone: str, unique: str, channel: str) -> None:
        """A telephone came back into its conversation: its new channel takes the place of the former."""
        leg = self.legs.pop(gone, None)
        if leg is not None:
            leg.channel = channel
            self.legs[unique] = leg

    def drop(self, unique: str) -> None:
        """A channel is gone; with its last channel an ended call is forgotten."""
        leg = self.legs.pop(unique)
        self.let_go(leg.call)

    def let_go(self, call: str) -> None:
        """Forget a call that ended and has no channel any more."""
        if self.calls[call].state is not CallState.ENDED or self.of(call):
            return
        name = self.linked[call]
        self.rounds = {linked: latest for linked, latest in self.rounds.items() if latest != name}
        for memory in (self.calls, self.linked, self.ends):
            memory.pop(call, None)

    def queue(self) -> Queue:
        """Who waits, as a figure."""
        return Queue(len(self.waiting), min(self.waiting.values(), default=None))

    def picture(self) -> ExchangePicture:
        """Everything but the calls that are over."""
        living = (call for call in self.calls.values() if call.state is not CallState.ENDED)
        return ExchangePicture(tuple(living), self.queue(), dict(self.seats))
