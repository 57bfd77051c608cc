"""The calls the gateway knows, kept true by events and corrected by the exchange's picture."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType

from models.calls.advance import advance, join
from models.calls.call import Call, CallState, PartyPhase
from models.calls.events import CallEnd, CallEvent, Ended, Left, Origin, Resumed, Withdrawn
from models.ids import event_id

_REMEMBERED = 1000
"""Ended calls whose late events are still recognised; a busy site has some hundred calls a day."""


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

    def hear(self, event: CallEvent) -> tuple[Call, Call] | None:
        """The call before and after the event; None if it changes nothing or the call is over."""
        if event.call in self._over:
            return None
        before = self._calls.get(event.call) or self._named(Call(event.call))
        after = advance(before, event)
        if after == before:
            return None
        self._keep(after)
        return before, after

    def see(self, seen: Iterable[Call]) -> None:
        """Add what a picture of the exchange shows."""
        for call in seen:
            if call.id not in self._over:
                known = self._calls.get(call.id, call)
                self._keep(self._named(join(known, call)))

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


def _unheard(known: Call, seen: Call, now: datetime) -> Iterator[CallEvent]:
    for seat, offer in known.offers.items():
        if offer.rings and seat != seen.seat and not (seat in seen.offers and seen.offers[seat].rings):
            yield Withdrawn(event_id(known.id, "withdrawn", seat, now.isoformat()), known.id, now, seat)
    if known.held and known.held.on and seen.state is CallState.TALKING:
        yield Resumed(event_id(known.id, "resumed", now.isoformat()), known.id, now)
    for party in known.parties.values():
        if party.phase is not PartyPhase.LEFT and party.id not in seen.parties:
            yield Left(event_id(known.id, "left", party.id), known.id, now, party.id, "left")
