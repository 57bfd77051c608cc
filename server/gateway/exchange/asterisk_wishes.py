"""Wishes to be called back that an Asterisk noted by itself, for a gateway that was away."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from models.calls.call import Call
from models.calls.events import CallEnd, Ended, Origin
from models.calls.queueing import Diversion, Diverting, Wished
from models.ids import call_id, event_id
from server.gateway.exchange.ami import Ami, AmiRefused, Packet
from server.gateway.exchange.asterisk_floor import Floor
from server.gateway.exchange.port import Entered, News

_FAMILY = "xinqiao-wish"
_OLDEST = timedelta(days=7)
# Unique id, epoch, dialled, the caller's number and the number of the wish; "-" where there is none.
_NOTE = re.compile(r"(\S+) ([0-9]{9,11}) ([0-9*#+]+|-) ([0-9+]+|-) ([0-9+]+|-)")


async def noted(ami: Ami) -> list[Packet]:
    """What the exchange has noted. Raises AmiLost."""
    # An exchange without a single wish says that there is none as an error.
    with suppress(AmiRefused):
        return await ami.collect("DBGetTree", Family=_FAMILY)
    return []


def recalled(floor: Floor, notes: Iterable[Packet], now: datetime) -> Iterator[News]:
    """The wishes of the last seven days, each with the ids it has had when it was heard."""
    for note in notes:
        found = _NOTE.fullmatch(note["Val"])
        if found is None:
            continue
        unique, epoch, dialled, number, wish = ("" if part == "-" else part for part in found.groups())
        at = datetime.fromtimestamp(int(epoch), UTC)
        if at < now - _OLDEST:
            continue
        call = call_id(floor.exchange, unique)
        wished = Wished(event_id(call, "wished"), call, at, wish)
        if unique in floor.legs:
            yield floor.happened(wished)
            continue
        closed = Diverting(Diversion.CLOSED, "", at, event_id(call, "closed"))
        yield Entered(
            Call(call, number=number, dialled=dialled, origin=Origin.LINE, entered_at=at, diverting=closed)
        )
        yield wished
        yield Ended(event_id(call, "ended"), call, at, CallEnd.CALLER_HUNG_UP)
