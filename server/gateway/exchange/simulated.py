"""An exchange that lives in memory: the same port as a real one, for practice and tests."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from models.calls.call import CallState, PartyPhase
from models.calls.events import Answered, CallEnd, Ended, Held, Invited, Left, Muted, Resumed
from models.calls.place import CONVERSATION, ENGAGED, colleague_at, state_at
from models.clock import Clock
from server.gateway.exchange.port import ExchangePicture, ExchangeRefused, News
from server.gateway.exchange.scene import Scene
from server.gateway.exchange.simulated_examination import SimulatedExamination
from server.gateway.exchange.simulated_handing import DIAL, SimulatedHanding
from server.gateway.exchange.simulated_outgoing import SimulatedOutgoing
from server.gateway.exchange.simulated_queueing import SimulatedQueueing
from server.gateway.exchange.simulated_recording import SimulatedRecording
from server.gateway.exchange.simulated_supervision import SimulatedSupervision
from server.gateway.exchange.switchboard import Switchboard


@dataclass(frozen=True, slots=True)
class Pace:
    """Seconds until things happen by themselves; None: only when the scene says so."""

    ring_for: float | None = None
    party_rings: float | None = 0
    party_answers: float | None = None


class Simulated:
    """Callers, seats and third parties without a telephone; what people outside do is its `scene`."""

    def __init__(self, clock: Clock, pace: Pace = Pace(), practice: bool = False) -> None:
        self.practice = practice
        self._pace = pace
        self._board = Switchboard(clock, pace.ring_for)
        self.scene = Scene(self._board)
        self.handing = SimulatedHanding(self._board, self._call_outside)
        self.outgoing = SimulatedOutgoing(self._board, self._call_out)
        self.queueing = SimulatedQueueing(self._board)
        self.supervision = SimulatedSupervision(self._board)
        self.recording = SimulatedRecording(self._board)
        self.examination = SimulatedExamination(self._board)

    async def run(self, hear: Callable[[News], None]) -> None:
        """Tell news until cancelled."""
        self._board.connect(hear)
        try:
            await asyncio.Event().wait()
        finally:
            self._board.close()

    async def picture(self) -> ExchangePicture:
        """Everything as it is now."""
        return self._board.picture()

    async def answer(self, call: str, seat: str) -> None:
        """Pick up the call that rings at that seat."""
        known = self._board.running(call)
        if state_at(known, seat) is not CallState.RINGING:
            raise ExchangeRefused("not_now")
        colleague = colleague_at(known, seat)
        if colleague:
            self.scene.party_answers(call, colleague.id)
        else:
            self._board.happened(Answered(*self._board.mark(call), seat))

    async def hang_up(self, call: str) -> None:
        """End the conversation for all."""
        known = self._board.running(call, CallState.RELEASED, *ENGAGED)
        cause = "" if known.answered_at else "cancelled"
        self._board.happened(Ended(*self._board.mark(call), CallEnd.OPERATOR_ENDED, cause))

    async def hold(self, call: str) -> None:
        """Let the caller hear music."""
        self._board.running(call, CallState.TALKING)
        self._board.happened(Held(*self._board.mark(call)))

    async def resume(self, call: str) -> None:
        """Take the caller back from hold."""
        self._board.running(call, CallState.HELD)
        self._board.happened(Resumed(*self._board.mark(call)))

    async def mute(self, call: str, on: bool) -> None:
        """Cut the operator's voice, or let it be heard again."""
        self._board.running(call, *CONVERSATION)
        self._board.happened(Muted(*self._board.mark(call), on))

    async def invite(self, call: str, party: str, dial: str, label: str) -> None:
        """Call a third party; it rings and answers as the pace or the scene says."""
        known = self._board.running(call, *CONVERSATION)
        if not DIAL.fullmatch(dial):
            raise ExchangeRefused("bad_number")
        if party in known.parties:
            return
        self._board.happened(Invited(*self._board.mark(call), party, dial, label))
        self._call_outside(call, party)

    async def drop(self, call: str, party: str) -> None:
        """Let a third party go."""
        known = self._board.running(call, CallState.RELEASED, *CONVERSATION).parties.get(party)
        if known is None or known.phase is PartyPhase.LEFT:
            raise ExchangeRefused("not_now")
        self._board.happened(Left(*self._board.mark(call), party, "left"))

    async def press(self, call: str, keys: str) -> None:
        """Somebody hears keypad tones; the scene remembers them."""
        self._board.running(call, *CONVERSATION)
        self.scene.pressed[call] = self.scene.pressed.get(call, "") + keys

    async def set_ready(self, seat: str, ready: bool, _reason: str, /) -> None:
        """Let callers ring at this seat or not; any name is a seat here."""
        if self._board.problem:
            raise ExchangeRefused(self._board.problem)
        self._board.set_ready(seat, ready)

    def _call_out(self, call: str) -> None:
        self._board.later(self._pace.party_rings, lambda: self.scene.callee_rings(call))
        self._board.later(self._pace.party_answers, lambda: self.scene.callee_answers(call))

    def _call_outside(self, call: str, party: str) -> None:
        self._board.later(self._pace.party_rings, lambda: self.scene.party_rings(call, party))
        self._board.later(self._pace.party_answers, lambda: self.scene.party_answers(call, party))
