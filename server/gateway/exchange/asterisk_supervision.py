"""Supervisors' telephones at the conversations of an Asterisk."""

from contextlib import suppress

from models.calls.events import Watching
from models.calls.place import watches
from server.gateway.exchange.asterisk_floor import Leg, Part
from server.gateway.exchange.asterisk_moves import PARTY_ROOM, Moves, fetched
from server.gateway.exchange.port import ExchangeRefused

_CONTEXTS = {
    Watching.LISTEN: "xinqiao-listen",
    Watching.WHISPER: "xinqiao-whisper",
    Watching.JOIN: PARTY_ROOM,
}

_HELP, _HELP_RINGS_MS, _HELP_SHOWN = "xinqiao-help", "60000", "SOS <0>"


class AsteriskSupervision:
    """See `supervision.Supervision`."""

    def __init__(self, moves: Moves) -> None:
        self._moves = moves

    async def watch(self, call: str, seat: str, how: Watching) -> None:
        """Bring the telephone of the seat there, or from one to the other, or hang it up."""
        moves = self._moves
        if seat == moves.call(call).holder:
            raise ExchangeRefused("not_now")
        leg = moves.link.floor.find(call, Part.WATCH, seat)
        if how is Watching.GONE:
            if leg is None:
                raise ExchangeRefused("not_now")
            await moves.end(leg)
            return
        if how is Watching.JOIN:
            await moves.gather(call)
        await self._bring(leg or fetched(call, Part.WATCH, seat), how)

    async def take_over(self, call: str, seat: str) -> None:
        """Bring the telephone of the seat into the room; what follows, follows when it is there."""
        moves = self._moves
        if seat == moves.call(call).holder:
            raise ExchangeRefused("not_now")
        await moves.gather(call)
        leg = moves.link.floor.find(call, Part.WATCH, seat) or fetched(call, Part.WATCH, seat)
        leg.given = True
        await self._bring(leg, Watching.JOIN)

    async def ring(self, seat: str, name: str) -> None:
        """Call the telephone of the seat as any other would, to a sentence that the hotline recorded."""
        link = self._moves.link
        if link.problem:
            raise ExchangeRefused(link.problem)
        await link.ask(
            "Originate",
            Channel=f"PJSIP/{seat}",
            Context=_HELP,
            Exten="s",
            Priority="1",
            ChannelId=_help(name),
            CallerID=_HELP_SHOWN,
            Timeout=_HELP_RINGS_MS,
            Async="true",
        )

    async def stop_ringing(self, name: str) -> None:
        """Hang up what rings."""
        try:
            await self._moves.link.ask("Hangup", Channel=_help(name), Cause="16")
        except ExchangeRefused as refused:
            if refused.why != "not_now":
                raise

    async def _bring(self, leg: Leg, how: Watching) -> None:
        moves, floor = self._moves, self._moves.link.floor
        phone = moves.leg(leg.call, Part.PHONE)
        spied = next(unique for unique, one in floor.of(leg.call) if one is phone)
        leg.how = how
        if leg not in floor.legs.values():
            about = (("XINQIAO_WATCH", leg.key), ("XINQIAO_WATCHED", spied))
            await moves.fetch(leg, *about, context=_CONTEXTS[how])
            # One that does not pick up by itself may ring on, and be lifted.
            with suppress(ExchangeRefused):
                await moves.link.until(lambda: self._is_there(leg) or leg not in floor.legs.values())
            if leg not in floor.legs.values():
                raise ExchangeRefused("phone_unreachable")
            return
        if not leg.came:
            raise ExchangeRefused("not_now")
        await moves.link.ask("Setvar", Channel=leg.channel, Variable="XINQIAO_WATCHED", Value=spied)
        await moves.redirect(leg.channel, _CONTEXTS[how], floor.linked[leg.call])

    def _is_there(self, leg: Leg) -> bool:
        return leg.in_room or watches(self._moves.link.floor.calls[leg.call], leg.key)


def _help(name: str) -> str:
    return f"help-{name}"
