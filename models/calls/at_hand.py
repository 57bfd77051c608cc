"""Which of several calls of one seat is meant: by what is done, and by whose card stands in front."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from models.calls.call import CallState
from models.calls.place import ENGAGED

_OVER = (CallState.RELEASED, CallState.ENDED)


class Seen(Protocol):
    """A call, whole or as it is shown."""

    @property
    def id(self) -> str:
        """Which."""
        ...

    @property
    def state(self) -> CallState:
        """What it is doing."""
        ...

    @property
    def ended_at(self) -> datetime | None:
        """When it was over."""
        ...


S = TypeVar("S", bound=Seen)


def at_hand(calls: Iterable[S], written: str = "") -> S | None:
    """The call that is talked to, else one that is over, else the oldest ring: what is done is about it.

    Of several alike it is the one whose note is in front (`written`, the id of its call); of those that are
    over it is else the one that ended last. None where there is no call.
    """
    return _first(calls, written, (*ENGAGED, *_OVER, CallState.RINGING))


def in_front(calls: Iterable[S], written: str = "") -> S | None:
    """The call whose card stands in front: the same, but a ring comes before what is over."""
    return _first(calls, written, (*ENGAGED, CallState.RINGING, *_OVER))


def _first(calls: Iterable[S], written: str, order: Sequence[CallState]) -> S | None:
    known = tuple(calls)
    for state in order:
        alike = [call for call in known if call.state is state]
        if state is CallState.ENDED:
            alike.sort(key=_ended_at, reverse=True)
        if alike:
            return next((call for call in alike if call.id == written), alike[0])
    return None


def _ended_at(call: Seen) -> datetime:
    return call.ended_at or datetime.min.replace(tzinfo=UTC)
