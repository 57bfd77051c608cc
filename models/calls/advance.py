"""The pure rule that moves a call on: a join of what is known, so order and repetition do not matter."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Protocol, TypeVar

from models.calls.call import Call, Handover, Offer, Party, Switch, Tape, Watch
from models.calls.events import (
    Answered,
    CallEvent,
    Direction,
    Ended,
    HandedOver,
    Held,
    Invited,
    Joined,
    Left,
    Muted,
    Offered,
    Origin,
    PartyRang,
    Released,
    Resumed,
    Taped,
    Watched,
    Withdrawn,
)
from models.calls.outgoing import Placed, Rang
from models.calls.pressing import KeyPress, Pressed, joined_presses
from models.calls.quality import Measured, Quality
from models.calls.queueing import Diverted, Diverting, Ranked, Ranking, Wish, Wished

T = TypeVar("T")


def advance(call: Call, event: CallEvent) -> Call:
    """The call after one more event. Commutative, associative and idempotent."""
    match event:
        case Offered() | Withdrawn() | Answered() | Ended():
            return join(call, _moment(call, event))
        case Held() | Resumed() | Muted() | Released():
            return join(call, _switched(call, event))
        case HandedOver() | Watched() | Taped():
            return join(call, _said(call, event))
        case Pressed() | Measured():
            return join(call, _heard(call, event))
        case Ranked() | Diverted() | Wished():
            return join(call, _placed(call, event))
        case Placed() | Rang():
            return join(call, _dialled(call, event))
        case Invited() | PartyRang() | Joined() | Left():
            return join(call, Call(call.id, parties={event.party: _witnessed(event)}))


def join(one: Call, other: Call) -> Call:
    """All that two witnesses of the same call know together; it does not matter who is asked first."""
    answer = _earliest(one.answered_at, one.seat, other.answered_at, other.seat)
    ended = _earliest(one.ended_at, one.end, other.ended_at, other.end)
    return Call(
        id=one.id,
        site=max(one.site, other.site),
        number=max(one.number, other.number),
        dialled=max(one.dialled, other.dialled),
        direction=Direction(max(one.direction, other.direction)),
        origin=Origin(max(one.origin, other.origin)),
        entered_at=_first(one.entered_at, other.entered_at),
        offers=_merged(one.offers, other.offers, _joined_offer),
        seat=answer[1] or "" if answer else max(one.seat, other.seat),
        answered_at=answer[0] if answer else None,
        held=_later(one.held, other.held),
        muted=_later(one.muted, other.muted),
        parties=_merged(one.parties, other.parties, _joined_party),
        released=_later(one.released, other.released),
        handed=_later(one.handed, other.handed),
        watchers=_merged(one.watchers, other.watchers, _later_of_two),
        tape=_later(one.tape, other.tape),
        pressed=joined_presses(one.pressed, other.pressed),
        quality=_later(one.quality, other.quality),
        ranking=_later(one.ranking, other.ranking),
        diverting=_later(one.diverting, other.diverting),
        wish=_later(one.wish, other.wish),
        ended_at=ended[0] if ended else None,
        end=ended[1] if ended else None,
        operator=max(one.operator, other.operator),
        same_as=max(one.same_as, other.same_as),
        label=max(one.label, other.label),
        about=max(one.about, other.about),
        rang_at=_first(one.rang_at, other.rang_at),
        cause=max(it.cause for it in (one, other) if it.ended_at == (ended[0] if ended else None)),
    )


def _moment(call: Call, event: Offered | Withdrawn | Answered | Ended) -> Call:
    match event:
        case Offered():
            rung = {event.seat: Offer(rang_at=event.at)}
            return Call(call.id, "", event.number, event.dialled, entered_at=event.entered_at, offers=rung)
        case Withdrawn():
            return Call(call.id, offers={event.seat: Offer(stopped_at=event.at)})
        case Answered():
            return Call(call.id, seat=event.seat, answered_at=event.at)
        case Ended():
            return Call(call.id, ended_at=event.at, end=event.end, cause=event.cause)


def _dialled(call: Call, event: Placed | Rang) -> Call:
    match event:
        case Rang():
            return Call(call.id, rang_at=event.at)
        case Placed():
            return Call(
                call.id,
                number=event.number,
                dialled=event.dialled,
                direction=Direction.OUT,
                entered_at=event.at,
                seat=event.seat,
                operator=event.operator,
                label=event.label,
                about=event.about,
            )


def _switched(call: Call, event: Held | Resumed | Muted | Released) -> Call:
    match event:
        case Held():
            return Call(call.id, held=Switch(True, event.at, event.id))
        case Resumed():
            return Call(call.id, held=Switch(False, event.at, event.id))
        case Muted():
            return Call(call.id, muted=Switch(event.on, event.at, event.id))
        case Released():
            return Call(call.id, released=Switch(event.on, event.at, event.id))


def _said(call: Call, event: HandedOver | Watched | Taped) -> Call:
    match event:
        case HandedOver():
            return Call(call.id, handed=Handover(event.seat, event.operator, event.at, event.id))
        case Watched():
            seen = Watch(event.how, event.operator, event.at, event.id)
            return Call(call.id, watchers={event.seat: seen})
        case Taped():
            return Call(call.id, tape=Tape(event.state, event.recording, event.at, event.id))


def _heard(call: Call, event: Pressed | Measured) -> Call:
    match event:
        case Pressed():
            return Call(call.id, pressed=(KeyPress(event.key, event.at, event.id),))
        case Measured():
            figures = (event.lost_percent, event.jitter_ms, event.round_trip_ms)
            return Call(call.id, quality=Quality(event.grade, *figures, event.at, event.id))


def _placed(call: Call, event: Ranked | Diverted | Wished) -> Call:
    match event:
        case Ranked():
            return Call(call.id, ranking=Ranking(event.rank, event.seat, event.at, event.id))
        case Diverted():
            return Call(call.id, diverting=Diverting(event.to, event.dial, event.at, event.id))
        case Wished():
            return Call(call.id, wish=Wish(event.number, event.at, event.id))


def _witnessed(event: Invited | PartyRang | Joined | Left) -> Party:
    match event:
        case Invited():
            return Party(event.party, event.dial, event.label, event.seat, invited_at=event.at)
        case PartyRang():
            return Party(event.party, rang_at=event.at)
        case Joined():
            return Party(event.party, joined_at=event.at)
        case Left():
            return Party(event.party, left_at=event.at, cause=event.cause)


def _joined_offer(one: Offer, other: Offer) -> Offer:
    return Offer(_last(one.rang_at, other.rang_at), _last(one.stopped_at, other.stopped_at))


def _joined_party(one: Party, other: Party) -> Party:
    left = _earliest(one.left_at, one.cause, other.left_at, other.cause)
    return Party(
        id=one.id,
        dial=max(one.dial, other.dial),
        label=max(one.label, other.label),
        seat=max(one.seat, other.seat),
        invited_at=_first(one.invited_at, other.invited_at),
        rang_at=_first(one.rang_at, other.rang_at),
        joined_at=_first(one.joined_at, other.joined_at),
        left_at=left[0] if left else None,
        cause=left[1] or "" if left else "",
    )


def _merged(one: Mapping[str, T], other: Mapping[str, T], join_two: Callable[[T, T], T]) -> dict[str, T]:
    # Sorted, so that two histories of the same events give the same document.
    keys = sorted({*one, *other})
    return {
        key: join_two(one[key], other[key]) if key in one and key in other else (one.get(key) or other[key])
        for key in keys
    }


S = TypeVar("S", bound=str)


def _earliest(
    one_at: datetime | None, one: S | None, other_at: datetime | None, other: S | None
) -> tuple[datetime, S | None] | None:
    facts = [(at, what) for at, what in ((one_at, one), (other_at, other)) if at]
    return min(facts, key=lambda fact: (fact[0], fact[1] or ""), default=None)


class _Said(Protocol):
    @property
    def at(self) -> datetime: ...
    @property
    def by(self) -> str: ...


W = TypeVar("W", bound=_Said)


def _later(one: W | None, other: W | None) -> W | None:
    return max((it for it in (one, other) if it), key=lambda it: (it.at, it.by), default=None)


def _later_of_two(one: W, other: W) -> W:
    return max(one, other, key=lambda it: (it.at, it.by))


def _first(one: datetime | None, other: datetime | None) -> datetime | None:
    return min((at for at in (one, other) if at), default=None)


def _last(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((at for at in (one, other) if at), default=None)
