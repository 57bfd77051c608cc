"""Where a call is: what it is doing as seen from one seat."""

from collections.abc import Iterable
from dataclasses import replace

from models.calls.call import Call, CallState, Offer, Party, PartyPhase
from models.calls.events import CallEnd, Direction, Watching
from models.calls.queueing import Ranked

CONVERSATION = (CallState.TALKING, CallState.HELD)
ENGAGED = (*CONVERSATION, CallState.DIALLING)
"""What keeps an operator from another call."""


def state_at(call: Call, seat: str) -> CallState | None:
    """What the call is doing at this seat; None when it is not there.

    It may ring at a colleague's while others talk. Who watches a call does not have it.
    """
    if call.answered_at is None:
        if call.direction is Direction.OUT:
            return call.state if call.seat == seat else None
        return call.state if seat in call.offers and call.offers[seat].rings else None
    if call.holder == seat:
        return call.state
    colleague = colleague_at(call, seat)
    if colleague is None:
        return None
    rings = colleague.phase is not PartyPhase.JOINED and call.state is not CallState.ENDED
    return CallState.RINGING if rings else call.state


def as_seen_from(call: Call, seat: str) -> Call:
    """The call as it looks at this seat: it rings for a colleague, and is over where it was given away."""
    if call.answered_at is None or call.ended_at:
        return call
    state = state_at(call, seat)
    if state is CallState.RINGING:
        rung = colleague_at(call, seat)
        offers = {seat: Offer(rung.invited_at if rung else None)}
        return replace(call, offers=offers, seat="", answered_at=None, held=None, released=None, handed=None)
    if state is None:
        # Whoever has it now, it was given to them.
        left = (party.left_at for party in call.parties.values() if party.seat == seat and party.left_at)
        at = max(left, default=call.handed.at if call.handed else call.answered_at)
        return replace(call, ended_at=at, end=CallEnd.TRANSFERRED)
    return call


def by_seat(calls: Iterable[Call]) -> dict[str, list[Call]]:
    """The calls of each seat, and some that were there: at every other seat `state_at` is None."""
    found: dict[str, list[Call]] = {}
    for call in calls:
        seats = {call.seat, call.holder, *call.offers, *(party.seat for party in call.parties.values())}
        for seat in seats:
            found.setdefault(seat, []).append(call)
    return found


def is_at(call: Call, seat: str) -> bool:
    """True if the seat has the call, takes part in it as a colleague, or is rung for it."""
    return state_at(call, seat) is not None


def colleague_at(call: Call, seat: str) -> Party | None:
    """The third party that is the colleague at this seat, rung or talking."""
    present = (party for party in call.parties.values() if party.phase is not PartyPhase.LEFT)
    return next((party for party in present if seat and party.seat == seat), None)


def watches(call: Call, seat: str) -> bool:
    """True while a supervisor at this seat listens, whispers or has joined."""
    return seat in call.watchers and call.watchers[seat].how is not Watching.GONE


def ranked_again(call: Call) -> Ranked | None:
    """What was told of the caller's place before anybody was rung, for a seat that hears of the call now."""
    ranking = call.ranking
    return Ranked(ranking.by, call.id, ranking.at, ranking.rank, ranking.seat) if ranking else None
