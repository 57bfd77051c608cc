"""Who is called from an Asterisk: how their channel is known, and what becomes of it until the answer."""

from collections.abc import Iterator

from models.calls.call import Call, CallState
from models.calls.events import Answered, CallEnd, Direction, Ended
from models.calls.outgoing import Placed, Rang
from server.gateway.exchange.ami import Packet
from server.gateway.exchange.asterisk_floor import Floor, Leg, Part
from server.gateway.exchange.port import News

CONTEXT = "xinqiao-out"
"""Where the telephone of the seat is once it has picked up."""
_RINGING, _UP = "5", "6"
# Q.850 causes; 16 before an answer is a telephone that rang in vain.
_CAUSES = {"16": "no_answer", "17": "busy", "18": "no_answer", "19": "no_answer", "21": "refused"}


def is_callee(packet: Packet) -> bool:
    """Whether the channel is that of somebody who is called from here, and not in the queue by now."""
    variables = packet.variables
    called = variables.get("XINQIAO_CALLEE") and variables.get("XINQIAO_CALL")
    return bool(called) and not (variables.get("XINQIAO_FETCHED") or variables.get("XINQIAO_ROUND"))


class Callees:
    """Tells what becomes of calls from here, and moves the floor on."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    def placed(self, leg: Leg) -> Iterator[News]:
        """The telephone of the seat is called."""
        call = self._floor.calls[leg.call]
        if call.state is CallState.DIALLING and self._floor.find(leg.call, Part.CALLER) is None:
            at = call.entered_at or self._floor.moment()
            yield Placed(*self._floor.mark(call.id, "placed")[:2], at, call.seat, call.number, call.dialled)

    def meet(self, packet: Packet) -> None:
        """Take up the channel of who is called when it is first heard of."""
        floor, call = self._floor, self._floor.call_of(packet.variables.get("XINQIAO_CALL", ""))
        if not is_callee(packet) or packet["Uniqueid"] in floor.legs or call not in floor.calls:
            return
        if floor.calls[call].state is CallState.DIALLING:
            variables = packet.variables
            leg = Leg(call, Part.CALLER, packet["Channel"], variables.get("XINQIAO_HOLDER", ""))
            leg.tape = variables.get("XINQIAO_TAPE", "")
            floor.legs[packet["Uniqueid"]] = leg

    def state(self, leg: Leg, packet: Packet) -> Iterator[News]:
        """It rings there, or they have picked up."""
        floor = self._floor
        call = floor.calls[leg.call]
        if call.state is not CallState.DIALLING:
            return
        if packet["ChannelState"] == _RINGING and not call.rang_at:
            yield floor.happened(Rang(*floor.mark(call.id, "rang")))
        elif packet["ChannelState"] == _UP:
            yield floor.happened(Answered(*floor.mark(call.id, "answered", call.seat), call.seat))

    def gone(self, leg: Leg, packet: Packet) -> Iterator[News]:
        """Who is called, or the telephone of the seat, is gone before the answer."""
        floor, call = self._floor, self._floor.calls[leg.call]
        if not is_dialling(call):
            return
        if leg.part is Part.PHONE and floor.find(call.id, Part.CALLER):
            # The receiver was put down while it rang there: their end follows.
            floor.ends[call.id] = CallEnd.OPERATOR_ENDED
            return
        why = _CAUSES.get(packet["Cause"], "unreachable")
        picked_up = packet["Context"] == CONTEXT
        if leg.part is Part.PHONE and not picked_up and not leg.taken:
            why = "phone"
        elif floor.ends.get(call.id) is CallEnd.OPERATOR_ENDED:
            why = "cancelled"
        elif leg.part is Part.PHONE:
            why = "unreachable"
        end = CallEnd.OPERATOR_ENDED if why == "cancelled" else CallEnd.NORMAL
        yield floor.happened(Ended(*floor.mark(call.id, "ended"), end, why))


def is_dialling(call: Call) -> bool:
    """True for a call from here that nobody has answered yet."""
    return call.direction is Direction.OUT and call.state is CallState.DIALLING
