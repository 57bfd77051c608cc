"""A real Asterisk behind the port of the gateway; it needs the dial plan of packaging/exchange."""

from collections.abc import Callable

from models.calls.call import CallState, PartyPhase
from models.calls.events import CallEnd
from models.calls.place import CONVERSATION, ENGAGED, colleague_at, state_at
from models.clock import Clock
from server.gateway.exchange.asterisk_answering import AsteriskAnswering
from server.gateway.exchange.asterisk_examination import AsteriskExamination
from server.gateway.exchange.asterisk_floor import Part
from server.gateway.exchange.asterisk_handing import AsteriskHanding
from server.gateway.exchange.asterisk_link import Link
from server.gateway.exchange.asterisk_moves import CALLER_ROOM, HOLD, Moves, dialable, third
from server.gateway.exchange.asterisk_outgoing import AsteriskOutgoing
from server.gateway.exchange.asterisk_queueing import AsteriskQueueing
from server.gateway.exchange.asterisk_recording import AsteriskRecording
from server.gateway.exchange.asterisk_supervision import AsteriskSupervision
from server.gateway.exchange.port import ExchangePicture, ExchangeRefused, News
from server.gateway.settings import AsteriskSettings


class Asterisk:
    """One Asterisk; `run` keeps the connection, the commands move channels, what follows comes as news."""

    practice = False

    def __init__(self, settings: AsteriskSettings, clock: Clock) -> None:
        self._settings = settings
        self._link = Link(settings, clock)
        self._moves = Moves(self._link, settings.outgoing)
        self._answering = AsteriskAnswering(self._moves, settings.telephones)
        self.handing = AsteriskHanding(self._moves)
        self.outgoing = AsteriskOutgoing(self._moves)
        self.queueing = AsteriskQueueing(self._moves, settings.queue)
        self.supervision = AsteriskSupervision(self._moves)
        self.recording = AsteriskRecording(self._moves)
        self.examination = AsteriskExamination(settings, clock)

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
        known = self._moves.call(call, CallState.RINGING, *CONVERSATION, CallState.RELEASED)
        if state_at(known, seat) is not CallState.RINGING:
            raise ExchangeRefused("not_now")
        colleague = colleague_at(known, seat)
        if colleague:
            await self._moves.pick_up(self._link.floor.find(call, Part.PARTY, colleague.id), seat)
        else:
            await self._answering.answer(call, seat)

    async def hang_up(self, call: str) -> None:
        """End the call for all."""
        self._moves.call(call, CallState.RELEASED, *ENGAGED)
        floor = self._link.floor
        floor.ends[call] = CallEnd.OPERATOR_ENDED
        for _, leg in floor.of(call):
            if leg.part is not Part.RING:
                leg.taken = leg.part in (Part.PARTY, Part.PHONE)
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
        number = dialable(dial)
        if party in known.parties or self._link.floor.find(call, Part.PARTY, party):
            return
        await self._moves.invite(third(call, party, dial=number, label=label))

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
            await self._answering.prepare(seat)
        await link.ask(
            "QueuePause",
            Queue=self._settings.queue,
            Interface=interface,
            Paused="false" if ready else "true",
            Reason=reason,
        )
