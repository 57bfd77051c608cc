"""Conversations of an Asterisk that are left, come back to and given away."""

from contextlib import suppress

from models.calls.call import CallState
from models.calls.place import CONVERSATION, colleague_at
from models.ids import new_id
from server.gateway.exchange.asterisk_floor import Leg, Part
from server.gateway.exchange.asterisk_moves import CALLER_ROOM, PARTY_ROOM, Moves, dialable, fetched, third
from server.gateway.exchange.port import ExchangeRefused


class AsteriskHanding:
    """See `handing.Handing`."""

    def __init__(self, moves: Moves) -> None:
        self._moves = moves

    async def leave(self, call: str) -> None:
        """Hang the operator's telephone up; a held caller is brought to the others first."""
        moves = self._moves
        known = moves.call(call)
        if not moves.link.floor.others(call):
            raise ExchangeRefused("not_now")
        await moves.gather(call)
        if known.state is CallState.HELD:
            await moves.send(call, CallState.HELD, CALLER_ROOM)
        await moves.end(moves.leg(call, Part.PHONE))

    async def come_back(self, call: str, seat: str, /) -> None:
        """Fetch the telephone of the seat into the room; once is enough."""
        moves, legs = self._moves, self._moves.link.floor.legs
        moves.call(call, CallState.RELEASED, *CONVERSATION)
        if moves.link.floor.find(call, Part.PHONE) is not None:
            return
        phone = fetched(call, Part.PHONE, seat)
        await moves.fetch(phone, ("XINQIAO_FETCHED", seat))
        # One that does not pick up by itself may ring on, and be lifted.
        with suppress(ExchangeRefused):
            await moves.link.until(lambda: phone.in_room or phone not in legs.values())
        if phone not in legs.values():
            raise ExchangeRefused("phone_unreachable")

    async def ask_colleague(self, call: str, party: str, seat: str, label: str) -> None:
        """Ring at the colleague's screen; their telephone comes into the room."""
        moves = self._moves
        known = moves.call(call)
        if party in known.parties or moves.link.floor.find(call, Part.PARTY, party):
            return
        if seat == known.holder or colleague_at(known, seat):
            raise ExchangeRefused("not_now")
        await moves.invite(third(call, party, seat=seat, label=label))

    async def transfer(self, call: str, dial: str, seat: str, label: str) -> None:
        """Let the caller hear ringing, free the operator, call whom it is given to into the room.

        The dial plan takes the caller to the room once somebody is there, and back to the queue in time.
        """
        moves, floor = self._moves, self._moves.link.floor
        known = moves.call(call)
        there = third(call, new_id(), dial="" if seat else dialable(dial), seat=seat, label=label)
        caller = moves.leg(call, Part.CALLER)
        async with caller.moving:
            moves.call(call)
            phone = moves.leg(call, Part.PHONE)
            if seat == known.holder or [leg for _, leg in floor.of(call) if leg.part is Part.PARTY]:
                raise ExchangeRefused("not_now")
            await self._give_away(caller, phone, there)
        await moves.call_party(there)

    async def _give_away(self, caller: Leg, phone: Leg, there: Leg) -> None:
        """Send the caller to wait for who will take them, and the operator's telephone home."""
        moves, floor = self._moves, self._moves.link.floor
        home = {"ExtraChannel": phone.channel, "ExtraContext": PARTY_ROOM, "ExtraExten": "failed"}
        # Known before it is called: a caller for whom nobody comes goes back to the queue.
        caller.given, floor.legs[there.channel] = True, there
        try:
            await moves.redirect(
                caller.channel, "xinqiao-transfer", floor.linked[caller.call], **home, ExtraPriority="1"
            )
        except ExchangeRefused:
            caller.given = False
            floor.forget(there)
            raise
        await moves.link.until(lambda: phone not in floor.legs.values())
