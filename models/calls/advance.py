"""The pure rule that moves a call on: a join of what is known, so order and repetition do not matter."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import TypeVar

from models.calls.call import Call, Offer, Party, Switch
from models.calls.events import (
    Answered,
    CallEvent,
    Ended,
    Held,
    Invited,
    Joined,
    Left,
    Muted,
    Offered,
    PartyRang,
    Resumed,
    Withdrawn,
)

T = TypeVar("T")


def advance(call: Call, event: CallEvent) -> Call:
    """The call after one more event. Commutative, associative and idempotent."""
    match event:
        case Offered():
            return _offered(call, event)
        case Withdrawn():
            return _ring(call, event.seat, Offer(stopped_at=event.at))
        case Answered():
            return _answered(call, event)
        case Held():
            return replace(call, held=_later(call.held, Switch(True, event.at, event.id)))
        case Resumed():
            return replace(call, held=_later(call.held, Switch(False, event.at, event.id)))
        case Muted():
            return replace(call, muted=_later(call.muted, Switch(event.on, event.at, event.id)))
        case Invited() | PartyRang() | Joined() | Left():
            return _party(call, _witnessed(event))
        case Ended():
            return _ended(call, event)


def _witnessed(event: Invited | PartyRang | Joined | Left) -> Party:
    match event:
        case Invited():
            return Party(event.party, event.dial, event.label, invited_at=event.at)
        case PartyRang():
            return Party(event.party, rang_at=event.at)
        case Joined():
            return Party(event.party, joined_at=event.at)
        case Left():
            return Party(event.party, left_at=event.at, cause=event.cause)


def _offered(call: Call, event: Offered) -> Call:
    rung = _ring(call, event.seat, Offer(rang_at=event.at))
    return replace(
        rung,
        number=max(call.number, event.number),
        dialled=max(call.dialled, event.dialled),
        entered_at=_first(call.entered_at, event.entered_at),
    )


def _ring(call: Call, seat: str, more: Offer) -> Call:
    known = call.offers.get(seat, Offer())
    merged = Offer(_last(known.rang_at, more.rang_at), _last(known.stopped_at, more.stopped_at))
    return replace(call, offers=_with(call.offers, seat, merged))


def _answered(call: Call, event: Answered) -> Call:
    if call.answered_at is None or (event.at, event.seat) < (call.answered_at, call.seat):
        return replace(call, answered_at=event.at, seat=event.seat)
    return call


def _ended(call: Call, event: Ended) -> Call:
    if call.ended_at is None or call.end is None or (event.at, event.end) < (call.ended_at, call.end):
        return replace(call, ended_at=event.at, end=event.end)
    return call


def _party(call: Call, more: Party) -> Call:
    known = call.parties.get(more.id, Party(more.id))
    left_at, cause = _first_leave(known, more)
    merged = Party(
        id=more.id,
        dial=max(known.dial, more.dial),
        label=max(known.label, more.label),
        invited_at=_first(known.invited_at, more.invited_at),
        rang_at=_first(known.rang_at, more.rang_at),
        joined_at=_first(known.joined_at, more.joined_at),
        left_at=left_at,
        cause=cause,
    )
    return replace(call, parties=_with(call.parties, more.id, merged))


def _first_leave(known: Party, more: Party) -> tuple[datetime | None, str]:
    leaves = [(one.left_at, one.cause) for one in (known, more) if one.left_at]
    return min(leaves) if leaves else (None, "")


def _with(mapping: Mapping[str, T], key: str, value: T) -> dict[str, T]:
    # Sorted, so that two histories of the same events give the same document.
    return dict(sorted({**mapping, key: value}.items()))


def _later(known: Switch | None, more: Switch) -> Switch:
    if known is None or (more.at, more.by) > (known.at, known.by):
        return more
    return known


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at), default=None)


def _last(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at), default=None)
