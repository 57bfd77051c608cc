"""A real Asterisk behind the port of the gateway; it needs the dial plan of packaging/exchange."""

import asyncio
from collections.abc import Callable

from models.calls.call import Call, CallState, PartyPhase
from models.calls.events import CallEnd
from models.clock import Clock
from server.gateway.exchange.ami import NUMBER, NotAdmitted, admit
from server.gateway.exchange.asterisk_floor import Leg, Part
from server.gateway.exchange.asterisk_link import Link
from server.gateway.exchange.port import ExchangePicture, ExchangeRefused, News
from server.gateway.settings import AsteriskSettings

_CONVERSATION = (CallState.TALKING, CallState.HELD)
_THIRD_PARTY_RINGS_MS = "60000"
_HOLD, _CALLER_ROOM, _PARTY_ROOM = "xinqiao-hold", "xinqiao-room-caller", "xinqiao-room-party"


class Asterisk:
    """One Asterisk; `run` keeps the connection, the commands move channels, what follows comes as news."""

    practice = False

    def __init__(self, settings: AsteriskSettings, clock: Clock) -> None:
        self._settings = settings
        self._link = Link(settings, clock)

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
        offer = self._call(call, CallState.RINGING).offers.get(seat)
        ring = self._link.floor.find(call, Part.RING, seat)
        if ring is None or offer is None or not offer.rings:
            raise ExchangeRefused("not_now")
        if ring.taken:
            return
        ring.taken = True
        second_half = ring.channel.removesuffix(";1") + ";2"
        try:
            await self._move(second_half, "xinqiao-answer", seat)
        except ExchangeRefused:
            ring.taken = False
            raise

    async def hang_up(self, call: str) -> None:
        """End the call for all."""
        self._call(call)
        floor = self._link.floor
        floor.ends.setdefault(call, CallEnd.OPERATOR_ENDED)
        for _, leg in floor.of(call):
            if leg.part is not Part.RING:
                leg.taken = leg.part is Part.PARTY
                await self._end(leg)

    async def hold(self, call: str) -> None:
        """Let the caller hear music; the operator and third parties stay in the call's room."""
        await self._send(call, CallState.TALKING, _HOLD)

    async def resume(self, call: str) -> None:
        """Take the caller back into the room."""
        await self._send(call, CallState.HELD, _CALLER_ROOM)

    async def mute(self, call: str, on: bool) -> None:
        """Cut the operator's voice in the call's room, or let it be heard again."""
        self._call(call)
        await self._gather(call)
        phone = self._leg(call, Part.PHONE)
        room = self._link.floor.linked[call]
        await self._link.ask(
            "ConfbridgeMute" if on else "ConfbridgeUnmute", Conference=room, Channel=phone.channel
        )

    async def invite(self, call: str, party: str, dial: str, label: str) -> None:
        """Call a third party into the call's room and bring caller and operator there meanwhile."""
        known = self._call(call)
        try:
            number = admit(dial, NUMBER)
        except NotAdmitted as refused:
            raise ExchangeRefused("bad_number") from refused
        floor = self._link.floor
        if party in known.parties or floor.find(call, Part.PARTY, party):
            return
        leg = Leg(call, Part.PARTY, f"party-{party}", party, number, label)
        floor.legs[leg.channel] = leg
        # The third party's telephone must not wait for the move.
        calling = asyncio.ensure_future(self._call_party(leg))
        try:
            await self._gather(call)
        finally:
            await calling

    async def drop(self, call: str, party: str) -> None:
        """Let a third party go, ringing or talking."""
        known = self._call(call).parties.get(party)
        leg = self._link.floor.find(call, Part.PARTY, party)
        if leg is None or known is None or known.phase is PartyPhase.LEFT:
            raise ExchangeRefused("not_now")
        leg.taken = True
        await self._end(leg)

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

    def _call(self, call: str, *states: CallState) -> Call:
        if self._link.problem:
            raise ExchangeRefused(self._link.problem)
        known = self._link.floor.calls.get(call)
        if known is None or known.state is CallState.ENDED:
            raise ExchangeRefused("no_such_call")
        if known.state not in (states or _CONVERSATION):
            raise ExchangeRefused("not_now")
        return known

    def _leg(self, call: str, part: Part) -> Leg:
        leg = self._link.floor.find(call, part)
        if leg is None:
            raise ExchangeRefused("not_now")
        return leg

    async def _send(self, call: str, state: CallState, context: str) -> None:
        """Send the caller there, if the call still is in this state when its turn comes."""
        self._call(call, state)
        async with self._leg(call, Part.CALLER).moving:
            self._call(call, state)
            await self._place(call, context)

    async def _gather(self, call: str) -> None:
        """Bring the operator into the call's room, and the caller who is not on hold."""
        caller = self._leg(call, Part.CALLER)
        async with caller.moving:
            if not self._leg(call, Part.PHONE).in_room:
                await self._place(call, _CALLER_ROOM)

    async def _place(self, call: str, context: str) -> None:
        """Send the caller there, and the operator into the call's room in the same breath."""
        floor = self._link.floor
        caller, phone, room = self._leg(call, Part.CALLER), self._leg(call, Part.PHONE), floor.linked[call]
        extra = {} if phone.in_room else {"channel": phone.channel, "context": _PARTY_ROOM}
        await self._move(caller.channel, context, room, **extra)

        def arrived() -> bool:
            legs = floor.legs.values()
            if caller not in legs or phone not in legs:
                return True
            there = floor.calls[call].state is CallState.HELD if context == _HOLD else caller.in_room
            return there and phone.in_room

        await self._link.until(arrived)

    async def _move(
        self, moved: str, to: str, extension: str, *, channel: str = "", context: str = ""
    ) -> None:
        fields = {"Channel": moved, "Context": to, "Exten": extension, "Priority": "1"}
        if channel:
            fields |= {"ExtraChannel": channel, "ExtraContext": context}
            fields |= {"ExtraExten": extension, "ExtraPriority": "1"}
        await self._link.ask("Redirect", **fields)

    async def _call_party(self, leg: Leg) -> None:
        room = self._link.floor.linked[leg.call]
        try:
            await self._link.ask(
                "Originate",
                ("XINQIAO_CALL", room),
                ("XINQIAO_PARTY", leg.key),
                ("XINQIAO_DIAL", leg.dial),
                Channel=self._settings.outgoing.replace("{number}", leg.dial),
                Context=_PARTY_ROOM,
                Exten=room,
                Priority="1",
                # The police see the hotline's number, as the caller dialled it.
                CallerID=self._link.floor.calls[leg.call].dialled,
                ChannelId=leg.channel,
                Timeout=_THIRD_PARTY_RINGS_MS,
                Async="true",
            )
        except BaseException:
            self._link.floor.legs.pop(f"party-{leg.key}", None)
            raise

    async def _end(self, leg: Leg) -> None:
        try:
            await self._link.ask("Hangup", Channel=leg.channel, Cause="16")
        except ExchangeRefused as refused:
            # A channel that ended by itself meanwhile is what was wanted.
            if refused.why != "not_now":
                raise
