"""The port to a telephone exchange: what the gateway asks of it and what it tells."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from models.calls.call import Call
from models.calls.events import CallEvent
from models.calls.picture import Queue
from server.gateway.exchange.parts import Parts


@dataclass(frozen=True, slots=True)
class Entered:
    """A caller comes in, or joined the queue: all that is known of the call; nobody may ever answer it.

    The exchange waits a moment for `queueing.rank` before it lets the call ring.
    """

    call: Call


@dataclass(frozen=True, slots=True)
class QueueMoved:
    """The queue as it is now."""

    queue: Queue


@dataclass(frozen=True, slots=True)
class SeatChanged:
    """Whether a seat takes calls (not paused) and whether its telephone is reachable."""

    seat: str
    ready: bool
    reachable: bool


@dataclass(frozen=True, slots=True)
class LineChanged:
    """The exchange is reachable (`problem` empty) or not: line_lost, line_login_refused, line_config."""

    problem: str


News = CallEvent | Entered | QueueMoved | SeatChanged | LineChanged


@dataclass(frozen=True, slots=True)
class ExchangePicture:
    """All calls that wait, ring or run; the queue; the seats by their number."""

    calls: tuple[Call, ...] = ()
    queue: Queue = Queue()
    seats: dict[str, SeatChanged] = field(default_factory=dict)
    problem: str = ""


class ExchangeRefused(Exception):
    """The exchange could not do it; `why` is a problem code: line_lost, no_such_call, not_now, bad_number,
    phone_unreachable."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


class Exchange(Parts, Protocol):
    """One telephone exchange. Commands return when the exchange took them; what follows comes as news.

    A command raises ExchangeRefused; a command for a call that is not in a fitting state is `not_now`.
    Seats are the numbers of telephones. A party's id is the caller's choice and comes back in the news.
    """

    practice: bool

    async def run(self, hear: Callable[[News], None]) -> None:
        """Connect, stay connected with growing pauses, tell news until cancelled; trouble is news too."""
        ...

    async def picture(self) -> ExchangePicture:
        """Everything as the exchange knows it now."""
        ...

    async def answer(self, call: str, seat: str) -> None:
        """Pick up the ringing call at that seat's telephone."""
        ...

    async def hang_up(self, call: str) -> None:
        """End the call for all."""
        ...

    async def hold(self, call: str) -> None:
        """Let the caller hear music."""
        ...

    async def resume(self, call: str) -> None:
        """Take the caller back from hold."""
        ...

    async def mute(self, call: str, on: bool) -> None:
        """Cut the operator's voice, or let it be heard again."""
        ...

    async def invite(self, call: str, party: str, dial: str, label: str) -> None:
        """Bring a third party in; `dial` is 3–16 digits. The same party twice is one invitation."""
        ...

    async def drop(self, call: str, party: str) -> None:
        """Let a third party go; ringing or talking."""
        ...

    async def press(self, call: str, keys: str) -> None:
        """Send keypad tones to the third parties who talk, to the caller where there are none."""
        ...

    async def set_ready(self, seat: str, ready: bool, reason: str, /) -> None:
        """Let the queue ring this seat or not."""
        ...
