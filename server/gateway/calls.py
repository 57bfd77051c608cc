"""The calls the gateway knows, kept true by events and corrected by the exchange's picture."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from models.calls.advance import advance, join
from models.calls.call import Call, CallState, PartyPhase
from models.calls.events import (
    Answered,
    CallEnd,
    CallEvent,
    Ended,
    HandedOver,
    Left,
    Offered,
    Origin,
    Released,
    Resumed,
    Watched,
    Watching,
    Withdrawn,
)
from models.calls.place import watches
from models.ids import event_id

_REMEMBERED = 20_000
"""Ended calls whose late events are still recognised; one number can ring a thousand times a minute."""


class LiveCalls:
    """Calls that wait, ring or run. A call that ended stays ended, whatever is heard later."""

    def __init__(self, site: str, origin: Origin) -> None:
        self._site = site
        self._origin = origin
        self._calls: dict[str, Call] = {}
        self._over: dict[str, None] = {}

    @property
    def all(self) -> Mapping[str, Call]:
        """The living calls by id."""
        return MappingProxyType(self._calls)

    def is_over(self, call: str) -> bool:
        """True for a call that ended."""
        return call in self._over

    def hear(self, event: CallEvent, operator: str = "") -> tuple[CallEvent, Call, Call] | None:
        """The event as it fits, the call before and after it; None if nothing changes or the call is over.

        `operator` is who sits where the call is answered.
        """
        if event.call in self._over:
            return None
        before = self._calls.get(event.call) or self._named(Call(event.call))
        if isinstance(event, Offered) and before.entered_at:
            # An exchange that was asked anew counts from when the telephone line was taken.
            event = replace(event, entered_at=before.entered_at)
        after = advance(before, event)
        if isinstance(event, Answered) and after.answered_at == event.at:
            after = replace(after, operator=operator)
        if after == before:
            return None
        self._keep(after)
        return event, before, after

    def see(self, seen: Iterable[Call]) -> list[Call]:
        """Add what a picture of the exchange shows; the calls of which more is known now."""
        changed = []
        for call in seen:
            if call.id in self._over:
                continue
            known = self._calls.get(call.id)
            whole = self._named(join(known or call, _news_in(call, known) if known else call))
            if known:
                whole = replace(whole, entered_at=known.entered_at or call.entered_at)
            if whole != known:
                self._keep(whole)
                changed.append(whole)
        return changed

    def corrections(
        self, seen: Iterable[Call], asked: Mapping[str, Call], now: datetime
    ) -> Iterator[CallEvent]:
        """What must have happened unheard, if a picture is true that lacks it; to be heard before `see`.

        `asked` is a copy of `all` from when the picture was asked for. What has moved since then is newer
        than the picture and is left alone.
        """
        there = {call.id: call for call in seen}
        for call in asked.values():
            if self._calls.get(call.id) is not call:
                continue
            if call.id in there:
                yield from _unheard(call, there[call.id], now)
            else:
                yield Ended(event_id(call.id, "gone"), call.id, now, CallEnd.LINE_LOST)

    def _named(self, call: Call) -> Call:
        return replace(call, site=self._site, origin=self._origin)

    def _keep(self, call: Call) -> None:
        if call.state is not CallState.ENDED:
            self._calls[call.id] = call
            return
        self._calls.pop(call.id, None)
        self._over[call.id] = None
        while len(self._over) > _REMEMBERED:
            del self._over[next(iter(self._over))]


def _news_in(seen: Call, known: Call) -> Call:
    """What an exchange shows anew: who they are that have or watch a call, only the gateway knows."""
    watchers = {
        seat: watch
        for seat, watch in seen.watchers.items()
        if seat not in known.watchers or known.watchers[seat].how is not watch.how
    }
    return replace(
        seen, watchers=watchers, handed=known.handed if known.holder == seen.holder else seen.handed
    )


def _unheard(known: Call, seen: Call, now: datetime) -> Iterator[CallEvent]:
    for seat, offer in known.offers.items():
        if offer.rings and seat != seen.holder and not (seat in seen.offers and seen.offers[seat].rings):
            yield Withdrawn(event_id(known.id, "withdrawn", seat, now.isoformat()), known.id, now, seat)
    if known.held and known.held.on and not (seen.held and seen.held.on):
        yield Resumed(event_id(known.id, "resumed", now.isoformat()), known.id, now)
    if known.answered_at and seen.holder not in ("", known.holder):
        yield HandedOver(event_id(known.id, "handed", now.isoformat()), known.id, now, seen.holder, "")
    if known.released and known.released.on and not (seen.released and seen.released.on):
        yield Released(event_id(known.id, "released", now.isoformat()), known.id, now, False)
    for seat, watch in known.watchers.items():
        if watch.how is not Watching.GONE and not watches(seen, seat):
            gone = event_id(known.id, "unwatched", seat, now.isoformat())
            yield Watched(gone, known.id, now, seat, watch.operator, Watching.GONE)
    for party in known.parties.values():
        if party.phase is not PartyPhase.LEFT and party.id not in seen.parties:
            yield Left(event_id(known.id, "left", party.id), known.id, now, party.id, "left")
