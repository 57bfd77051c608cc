"""How channels of an Asterisk are found, moved, called and ended; what the commands are made of."""

import asyncio
from contextlib import suppress

from models.calls.call import Call, CallState
from models.calls.events import Direction
from models.calls.place import CONVERSATION
from models.ids import new_id
from server.gateway.exchange.ami import NUMBER, NotAdmitted, admit
from server.gateway.exchange.asterisk_floor import Leg, Part
from server.gateway.exchange.asterisk_link import Link
from server.gateway.exchange.port import ExchangeRefused

HOLD, CALLER_ROOM, PARTY_ROOM = "xinqiao-hold", "xinqiao-room-caller", "xinqiao-room-party"
_SEAT, _ANSWER = "xinqiao-seat", "xinqiao-answer"
_TELEPHONE_RINGS_MS, _THIRD_PARTY_RINGS_MS, _COLLEAGUE_RINGS_MS = "20000", "60000", "30000"


class Moves:
    """Works on the floor of one link. Everything here raises ExchangeRefused."""

    def __init__(self, link: Link, outgoing: str) -> None:
        self.link = link
        self._outgoing = outgoing

    def call(self, call: str, *states: CallState) -> Call:
        """The call, if it is in one of these states; without any, in a conversation."""
        if self.link.problem:
            raise ExchangeRefused(self.link.problem)
        known = self.link.floor.calls.get(call)
        if known is None or known.state is CallState.ENDED:
            raise ExchangeRefused("no_such_call")
        if known.state not in (states or CONVERSATION):
            raise ExchangeRefused("not_now")
        return known

    def leg(self, call: str, part: Part) -> Leg:
        """The call's channel of this kind."""
        leg = self.link.floor.find(call, part)
        if leg is None:
            raise ExchangeRefused("not_now")
        return leg

    async def send(self, call: str, state: CallState, context: str) -> None:
        """Send the caller there, if the call still is in this state when its turn comes."""
        self.call(call, state)
        async with self.leg(call, Part.CALLER).moving:
            await self._together(call)
            self.call(call, state)
            await self._place(call, context)

    async def gather(self, call: str) -> None:
        """Bring the operator into the call's room, and the caller who is not on hold."""
        caller = self.leg(call, Part.CALLER)
        async with caller.moving:
            await self._together(call)
            if not self.leg(call, Part.PHONE).in_room:
                await self._place(call, CALLER_ROOM)

    async def redirect(self, moved: str, to: str, extension: str, **extra: str) -> None:
        """Send a channel to a place of the dial plan, and another one in the same breath."""
        fields = {"Channel": moved, "Context": to, "Exten": extension, "Priority": "1"}
        await self.link.ask("Redirect", **fields, **extra)

    async def pick_up(self, ring: Leg | None, seat: str) -> None:
        """Bring a ring on the screen to the seat's telephone, which picks up by itself; once is enough."""
        if ring is None or (ring.part is Part.PARTY and not ring.came):
            raise ExchangeRefused("not_now")
        if ring.given:
            return
        ring.given = True
        try:
            await self.redirect(ring.channel.removesuffix(";1") + ";2", _ANSWER, seat)
        except ExchangeRefused:
            ring.given = False
            raise

    async def fetch(self, leg: Leg, *variables: tuple[str, str], context: str = PARTY_ROOM) -> None:
        """Call the telephone of a seat, which picks up by itself, to the room of the leg's call."""
        there = f"Local/{leg.key}@{_ANSWER}/n"
        await self._originate(leg, there, _TELEPHONE_RINGS_MS, *variables, context=context)

    async def invite(self, leg: Leg) -> None:
        """Call a third party into the room and bring caller and operator there meanwhile."""
        # The third party's telephone must not wait for the move.
        calling = asyncio.ensure_future(self.call_party(leg))
        self.link.floor.legs[leg.channel] = leg
        try:
            await self.gather(leg.call)
        finally:
            await calling

    async def call_party(self, leg: Leg) -> None:
        """Call a third party into the room of the leg's call: a number outside, or a colleague's screen."""
        if leg.seat:
            there = f"Local/{leg.seat}@{_SEAT}/n"
            # Their console is here: the ring goes to it.
            await self.link.ask("Setvar", Variable=f"XINQIAO_CONSOLE_{leg.seat}", Value="1")
        else:
            there = self._outgoing.replace("{number}", leg.dial)
        about = [("XINQIAO_PARTY", leg.key), ("XINQIAO_DIAL", leg.dial), ("XINQIAO_COLLEAGUE", leg.seat)]
        rings = _COLLEAGUE_RINGS_MS if leg.seat else _THIRD_PARTY_RINGS_MS
        await self._originate(leg, there, rings, *[(name, value) for name, value in about if value])

    async def _originate(
        self, leg: Leg, there: str, rings_ms: str, *variables: tuple[str, str], context: str = PARTY_ROOM
    ) -> None:
        floor = self.link.floor
        floor.legs[leg.channel] = leg
        room = floor.linked[leg.call]
        try:
            await self.link.ask(
                "Originate",
                # A telephone that this channel calls inherits it: it belongs to this channel.
                ("__XINQIAO_CALL", room),
                *variables,
                Channel=there,
                Context=context,
                Exten=room,
                Priority="1",
                # The police see the hotline's number, as the caller dialled it.
                CallerID=floor.calls[leg.call].dialled,
                ChannelId=leg.channel,
                Timeout=rings_ms,
                Async="true",
            )
        except BaseException:
            floor.forget(leg)
            raise

    async def end(self, leg: Leg) -> None:
        """Hang up."""
        try:
            await self.link.ask("Hangup", Channel=leg.channel, Cause="16")
        except ExchangeRefused as refused:
            # A channel that ended by itself meanwhile is what was wanted.
            if refused.why != "not_now":
                raise

    async def _together(self, call: str) -> None:
        """A call from here that was just answered comes into its room by itself: let nobody move it twice."""
        floor = self.link.floor
        phone = floor.find(call, Part.PHONE)
        if phone and floor.calls[call].direction is Direction.OUT:
            with suppress(ExchangeRefused):
                await self.link.until(lambda: phone.in_room or phone not in floor.legs.values())

    async def _place(self, call: str, context: str) -> None:
        """Send the caller there, and the operator into the call's room in the same breath."""
        floor = self.link.floor
        caller, phone, room = self.leg(call, Part.CALLER), self.leg(call, Part.PHONE), floor.linked[call]
        extra = {} if phone.in_room else {"ExtraChannel": phone.channel, "ExtraContext": PARTY_ROOM}
        if extra:
            extra |= {"ExtraExten": room, "ExtraPriority": "1"}
        await self.redirect(caller.channel, context, room, **extra)

        def arrived() -> bool:
            legs = floor.legs.values()
            if caller not in legs or phone not in legs:
                return True
            there = floor.calls[call].state is CallState.HELD if context == HOLD else caller.in_room
            return there and phone.in_room

        await self.link.until(arrived)


def fetched(call: str, part: Part, seat: str) -> Leg:
    """A leg for a telephone that is about to be called, under a fresh name."""
    return Leg(call, part, f"seat-{new_id()}", seat, asked=True)


def third(call: str, party: str, *, dial: str = "", seat: str = "", label: str = "") -> Leg:
    """A leg for a third party who is about to be called, under the name of the invitation."""
    return Leg(call, Part.PARTY, f"party-{party}", party, dial, label, seat, asked=True)


def dialable(dial: str) -> str:
    """The digits, if they are a number. Raises ExchangeRefused."""
    try:
        return admit(dial, NUMBER)
    except NotAdmitted as refused:
        raise ExchangeRefused("bad_number") from refused
