"""A real Asterisk behind the port of the gateway; it needs the dial plan of packaging/exchange."""

import asyncio
from collections.abc import Callable

from models.calls.call import CallState, PartyPhase
from models.calls.events import CallEnd
from models.calls.place import CONVERSATION
from models.clock import Clock
from server.gateway.exchange.ami import NUMBER, NotAdmitted, admit
from server.gateway.exchange.asterisk_floor import Leg, Part
from server.gateway.exchange.asterisk_handing import AsteriskHanding
from server.gateway.exchange.asterisk_link import Link
from server.gateway.exchange.asterisk_moves import CALLER_ROOM, HOLD, PARTY_ROOM, Moves
from server.gateway.exchange.port import ExchangePicture, ExchangeRefused, News
from server.gateway.settings import AsteriskSettings

_THIRD_PARTY_RINGS_MS = "60000"


class Asterisk:
    """One Asterisk; `run` keeps the connection, the commands move channels, what follows comes as news."""

    practice = False

    def __init__(self, settings: AsteriskSettings, clock: Clock) -> None:
        self._settings = settings
        self._link = Link(settings, clock)
        self._moves = Moves(self._link)
        self.handing = AsteriskHanding(self._moves)

    async def run(self, hear: Callable[[News], None]) -> None:
        """Connect, stay connected with growing pauses, tell news until cancelled."""
        await self._link.run(hear)

    async def picture(self) -> ExchangePicture:
        """Everything as the exchange knows it now, or only the problem while there is one."""
        if self._link.problem:
            return ExchangePicture(problem=self._link.problem)
        return self._link.floor.picture()

    async def answer(self, call: str, seat: str) -> None:
        """Bring the ringing call to the telephone of the seat, which picks up by itself."""
        offer = self._moves.call(call, CallState.RINGING).offers.get(seat)
        ring = self._link.floor.find(call, Part.RING, seat)
        if ring is None or offer is None or not offer.rings:
            raise ExchangeRefused("not_now")
        if ring.taken:
            return
        ring.taken = True
        second_half = ring.channel.removesuffix(";1") + ";2"
        try:
            await self._moves.redirect(second_half, "xinqiao-answer", seat)
        except ExchangeRefused:
            ring.taken = False
            raise

    async def hang_up(self, call: str) -> None:
        """End the call for all."""
        self._moves.call(call, CallState.RELEASED, *CONVERSATION)
        floor = self._link.floor
        floor.ends[call] = CallEnd.OPERATOR_ENDED
        for _, leg in floor.of(call):
            if leg.part is not Part.RING:
                leg.taken = leg.part is Part.PARTY
                await self._moves.end(leg)

    async def hold(self, call: str) -> None:
        """Let the caller hear music; the operator and third parties stay in the call's room."""
        await self._moves.send(call, CallState.TALKING, HOLD)

    async def resume(self, call: str) -> None:
        """Take the caller back into the room."""
        await self._moves.send(call, CallState.HELD, CALLER_ROOM)

    async def mute(self, call: str, on: bool) -> None:
        """Cut the operator's voice in the call's room, or let it be heard again."""
        self._moves.call(call)
        await self._moves.gather(call)
        phone = self._moves.leg(call, Part.PHONE)
        room = self._link.floor.linked[call]
        await self._link.ask(
            "ConfbridgeMute" if on else "ConfbridgeUnmute", Conference=room, Channel=phone.channel
        )

    async def invite(self, call: str, party: str, dial: str, label: str) -> None:
        """Call a third party into the call's room and bring caller and operator there meanwhile."""
        known = self._moves.call(call)
        try:
            number = admit(dial, NUMBER)
        except NotAdmitted as refused:
            raise ExchangeRefused("bad_number") from refused
        floor = self._link.floor
        if party in known.parties or floor.find(call, Part.PARTY, party):
            return
        leg = Leg(call, Part.PARTY, f"party-{party}", party, number, label, asked=True)
        floor.legs[leg.channel] = leg
        # The third party's telephone must not wait for the move.
        calling = asyncio.ensure_future(self._call_party(leg))
        try:
            await self._moves.gather(call)
        finally:
            await calling

    async def drop(self, call: str, party: str) -> None:
        """Let a third party go, ringing or talking."""
        known = self._moves.call(call, CallState.RELEASED, *CONVERSATION).parties.get(party)
        leg = self._link.floor.find(call, Part.PARTY, party)
        if leg is None or known is None or known.phase is PartyPhase.LEFT:
            raise ExchangeRefused("not_now")
        leg.taken = True
        await self._moves.end(leg)

    async def press(self, call: str, keys: str) -> None:
        """Send keypad tones to the third parties who talk, to the caller where there are none."""
        self._moves.call(call)
        hearers = self._link.floor.others(call) or [self._moves.leg(call, Part.CALLER)]
        for key in keys:
            for leg in hearers:
                await self._link.ask("PlayDTMF", Channel=leg.channel, Digit=key)

    async def set_ready(self, seat: str, ready: bool, reason: str, /) -> None:
        """Let the queue ring this seat or not; a seat made ready has a console that answers."""
        link = self._link
        if link.problem:
            raise ExchangeRefused(link.problem)
        interface = link.floor.interfaces.get(seat)
        if interface is None:
            raise ExchangeRefused("not_now")
        if ready:
            await link.ask("Setvar", Variable=f"XINQIAO_CONSOLE_{seat}", Value="1")
        await link.ask(
            "QueuePause",
            Queue=self._settings.queue,
            Interface=interface,
            Paused="false" if ready else "true",
            Reason=reason,
        )

    async def _call_party(self, leg: Leg) -> None:
        room = self._link.floor.linked[leg.call]
        try:
            await self._link.ask(
                "Originate",
                ("XINQIAO_CALL", room),
                ("XINQIAO_PARTY", leg.key),
                ("XINQIAO_DIAL", leg.dial),
                Channel=self._settings.outgoing.replace("{number}", leg.dial),
                Context=PARTY_ROOM,
                Exten=room,
                Priority="1",
                # The police see the hotline's number, as the caller dialled it.
                CallerID=self._link.floor.calls[leg.call].dialled,
                ChannelId=leg.channel,
                Timeout=_THIRD_PARTY_RINGS_MS,
                Async="true",
            )
        except BaseException:
            self._link.floor.forget(leg)
            raise
