"""Calls from an Asterisk."""

from models.calls.place import ENGAGED, state_at
from server.gateway.exchange.asterisk_callees import CONTEXT
from server.gateway.exchange.asterisk_floor import OUT, Part
from server.gateway.exchange.asterisk_moves import Moves, dialable, fetched
from server.gateway.exchange.port import ExchangeRefused


class AsteriskOutgoing:
    """See `outgoing.Outgoing`."""

    def __init__(self, moves: Moves) -> None:
        self._moves = moves

    async def place(self, call: str, seat: str, dial: str, shown: str, /) -> None:
        """Fetch the telephone of the seat; the dial plan calls the number then."""
        link, floor = self._moves.link, self._moves.link.floor
        if link.problem:
            raise ExchangeRefused(link.problem)
        number = dialable(dial)
        if call in floor.calls:
            return
        if any(state_at(one, seat) in ENGAGED for one in floor.calls.values()):
            raise ExchangeRefused("not_now")
        floor.place(OUT + call, seat, number, shown, floor.moment())
        about = {"XINQIAO_FETCHED": seat, "XINQIAO_CALLEE": number, "XINQIAO_DIALLED": shown}
        phone = fetched(call, Part.PHONE, seat)
        try:
            await self._moves.fetch(phone, *[it for it in about.items() if it[1]], context=CONTEXT)
        except BaseException:
            floor.calls.pop(call, None)
            floor.linked.pop(call, None)
            raise
