"""Whether what is believed of an Asterisk is still true: its own lists, looked at again and again."""

import logging
from collections.abc import Awaitable, Callable, Iterator

from models.calls.call import Call, CallState, PartyPhase
from models.calls.events import Watching
from models.calls.place import CONVERSATION
from server.gateway.exchange.ami import Address, Ami, AmiLost, AmiRefused, Packet
from server.gateway.exchange.asterisk_floor import Floor
from server.gateway.pausing import pause

# Two looks make sure: a call is missed, or shown in vain, for less than ten seconds.
LOOK_SECONDS = 4.0
_log = logging.getLogger(__name__)

Fact = tuple[str, ...]


class Looks:
    """Compares what is believed with what the exchange lists, on a connection of its own.

    The lists of a busy exchange are long, and must not stand before an event. What differs in two looks in
    the same way was not on its way: it was missed. `see` makes a fresh floor of what the exchange lists.
    """

    def __init__(self, address: Address, see: Callable[[Ami], Awaitable[Floor]]) -> None:
        self._address = address
        self._see = see
        self._ami: Ami | None = None
        self._doubts: frozenset[Fact] = frozenset()
        self._settled: frozenset[Fact] = frozenset()

    async def run(self, believed: Callable[[], Floor], orient: Callable[[], Awaitable[None]]) -> None:
        """Look until cancelled; call `orient` where something was missed. Raises what that raises."""
        try:
            while True:
                await pause(LOOK_SECONDS)
                if await self._is_wrong(believed):
                    _log.info("events of the exchange were missed; it is asked for everything")
                    await orient()
        finally:
            await self._close()

    async def _is_wrong(self, believed: Callable[[], Floor]) -> bool:
        try:
            self._ami = self._ami or await Ami.connect(self._address, _unheard, events="off")
            floor = await self._see(self._ami)
        except (AmiLost, AmiRefused) as trouble:
            # The other connection finds out by itself whether the exchange is gone.
            _log.info("no look at the exchange: %s", type(trouble).__name__)
            await self._close()
            return False
        differing = frozenset(facts(believed()) ^ facts(floor))
        certain = (differing & self._doubts) - self._settled
        # What stays different after all was asked for anew is two ways of saying the same.
        self._settled = (self._settled & differing) | certain
        self._doubts = differing
        return bool(certain)

    async def _close(self) -> None:
        ami, self._ami = self._ami, None
        if ami is not None:
            await ami.close()


def facts(floor: Floor) -> set[Fact]:
    """What consoles are told of the calls, and what decides where the next one rings."""
    living = [call for call in floor.calls.values() if call.state is not CallState.ENDED]
    known = {("waits", call) for call in floor.waiting if call in floor.calls}
    known |= {("rung" if seat.ready else "paused", name) for name, seat in floor.seats.items()}
    return known | {fact for call in living for fact in _of_call(call)}


def _of_call(call: Call) -> Iterator[Fact]:
    yield "call", call.id
    if call.answered_at is None:
        yield from (("rings", call.id, seat) for seat, offer in call.offers.items() if offer.rings)
        return
    yield "state", call.id, call.state
    if call.state in CONVERSATION:
        yield "at", call.id, call.holder
    for party in call.parties.values():
        if party.phase is not PartyPhase.LEFT:
            yield "party", call.id, party.id, "talks" if party.phase is PartyPhase.JOINED else "is asked"
    for seat, watch in call.watchers.items():
        if watch.how is not Watching.GONE:
            yield "watched", call.id, seat, watch.how


def _unheard(_: Packet) -> None:
    """This connection is told no events."""
