"""What people outside the hotline do to the simulated exchange."""

from models.calls.call import CallState, PartyPhase
from models.calls.events import Answered, CallEnd, Ended, Joined, Left, PartyRang
from models.calls.outgoing import Rang
from models.calls.queueing import Diversion, Diverted, Wished
from server.gateway.exchange.simulated_hearing import CallerLine
from server.gateway.exchange.switchboard import Switchboard


class Scene:
    """Callers, third parties and the cable; what can no longer happen to a call does nothing."""

    def __init__(self, board: Switchboard) -> None:
        self._board = board
        self.pressed: dict[str, str] = {}
        """The keys that were heard in each call."""
        self.caller = CallerLine(board)

    def ring(self, number: str, dialled: str) -> str:
        """A caller dials the hotline; `number` is empty when withheld. The id of the call."""
        return self._board.enter(number, dialled)

    def caller_hangs_up(self, call: str) -> None:
        """The caller puts the telephone down, in the queue or in the conversation."""
        self._end(call, CallEnd.CALLER_HUNG_UP)

    def caller_is_cut_off(self, call: str) -> None:
        """The caller's line breaks."""
        self._end(call, CallEnd.LINE_LOST)

    def caller_wishes(self, call: str, number: str = "") -> None:
        """Outside the hours, key 1: the caller wants to be called back, at this number or the own one."""
        known = self._board.calls[call]
        if known.diverting and known.diverting.to is Diversion.CLOSED and known.state is CallState.WAITING:
            self._board.happened(Wished(*self._board.mark(call), number or known.number))

    def sent_on(self) -> list[str]:
        """The calls that ring at another hotline, or are talked there."""
        return sorted(self._board.turns.sent)

    def other_hotline(self, call: str, answers: bool) -> None:
        """The hotline where the caller was sent answers, or nobody does."""
        if call not in self._board.turns.sent or self._board.calls[call].diverting:
            return
        if answers:
            dial = self._board.turns.rules.overflow
            self._board.happened(Diverted(*self._board.mark(call), Diversion.OVERFLOW, dial))
        else:
            self._board.come_back(call)

    def party_rings(self, call: str, party: str) -> None:
        """The third party's telephone rings."""
        if self._phase(call, party) is PartyPhase.INVITED:
            self._board.happened(PartyRang(*self._board.mark(call), party))

    def party_answers(self, call: str, party: str) -> None:
        """The third party joins the conversation."""
        if self._phase(call, party) in (PartyPhase.INVITED, PartyPhase.RINGING):
            self._board.happened(Joined(*self._board.mark(call), party))

    def party_leaves(self, call: str, party: str, cause: str = "left") -> None:
        """The third party puts the telephone down, is busy or cannot be reached (see `Left.cause`)."""
        if self._phase(call, party) in (PartyPhase.INVITED, PartyPhase.RINGING, PartyPhase.JOINED):
            self._board.happened(Left(*self._board.mark(call), party, cause))

    def callee_rings(self, call: str) -> None:
        """It rings at who is called."""
        if self._board.calls[call].state is CallState.DIALLING:
            self._board.happened(Rang(*self._board.mark(call)))

    def callee_answers(self, call: str) -> None:
        """Who is called picks up."""
        known = self._board.calls[call]
        if known.state is CallState.DIALLING:
            self._board.happened(Answered(*self._board.mark(call), known.seat))

    def callee_misses(self, call: str, cause: str) -> None:
        """Who is called is not reached (see `Ended.cause`)."""
        if self._board.calls[call].state is CallState.DIALLING:
            self._board.happened(Ended(*self._board.mark(call), CallEnd.NORMAL, cause))

    def records(self) -> None:
        """The exchange records every conversation from now on."""
        self._board.records = True

    def line_breaks(self, problem: str = "line_lost") -> None:
        """The cable to the exchange is out: calls go on, but nothing is heard of them."""
        self._board.line(problem)

    def line_returns(self) -> None:
        """The cable is back in."""
        self._board.line("")

    def _end(self, call: str, end: CallEnd) -> None:
        known = self._board.calls[call]
        away = known.diverting is not None and known.diverting.to is Diversion.OVERFLOW
        if (away or known.state is CallState.RELEASED) and end is CallEnd.CALLER_HUNG_UP:
            end = CallEnd.TRANSFERRED
        if known.state is not CallState.ENDED:
            self._board.happened(Ended(*self._board.mark(call), end))

    def _phase(self, call: str, party: str) -> PartyPhase | None:
        known = self._board.calls[call]
        if known.state is CallState.ENDED or party not in known.parties:
            return None
        return known.parties[party].phase
