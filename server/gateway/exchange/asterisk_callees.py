"""Who is called from an Asterisk: how their channel is known, and what becomes of it until the answer."""

from collections.abc import Iterator

from models.calls.call import Call, CallState
from models.calls.events import Answered, CallEnd, Direction, Ended, Placed, Rang
from server.gateway.exchange.ami import Packet
from server.gateway.exchange.asterisk_floor import Floor, Leg, Part
from server.gateway.exchange.port import News

_RINGING, _UP = "5", "6"
_OUTCOMES = {"BUSY": "busy", "NOANSWER": "no_answer", "CANCEL": "cancelled"}
# Q.850 causes of a call that failed: no route or number, refused, out of order.
_CAUSES = {"17": "busy", "18": "no_answer", "19": "no_answer", "21": "refused"}


def is_callee(packet: Packet) -> bool:
    """Whether the channel is that of somebody who is called from here, and not in the queue by now."""
    variables = packet.variables
    called = variables.get("XINQIAO_CALLEE") and variables.get("XINQIAO_CALL")
    return bool(called) and not (variables.get("XINQIAO_FETCHED") or variables.get("XINQIAO_ROUND"))


class Callees:
    """Tells what becomes of calls from here, and moves the floor on."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor
        self._outcomes: dict[str, str] = {}

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

    def outcome(self, packet: Packet) -> Iterator[News]:
        """How an attempt came out; its channel goes next."""
        leg = self._floor.legs.get(packet["Uniqueid"])
        if leg and leg.part is Part.PHONE and packet["DialStatus"] in _OUTCOMES:
            self._outcomes[leg.call] = _OUTCOMES[packet["DialStatus"]]
        yield from ()

    def gone(self, leg: Leg, cause: str) -> Iterator[News]:
        """Who is called, or the telephone of the seat, is gone before the answer; `cause` is Q.850's."""
        floor, call = self._floor, self._floor.calls[leg.call]
        if not is_dialling(call) or (leg.part is Part.PHONE and floor.find(call.id, Part.CALLER)):
            return
        stopped = floor.ends.get(call.id) is CallEnd.OPERATOR_ENDED
        why = self._outcomes.pop(call.id, "")
        if stopped:
            why = "cancelled"
        elif leg.part is Part.PHONE:
            why = "phone"
        end = CallEnd.OPERATOR_ENDED if why == "cancelled" else CallEnd.NORMAL
        why = why or _CAUSES.get(cause, "unreachable")
        yield floor.happened(Ended(*floor.mark(call.id, "ended"), end, why))


def is_dialling(call: Call) -> bool:
    """True for a call from here that nobody has answered yet."""
    return call.direction is Direction.OUT and call.state is CallState.DIALLING
