"""From the manager events of Asterisk to the news of the port."""

import re
from collections.abc import Callable, Iterator

from models.calls.call import Call, CallState
from models.calls.events import (
    Answered,
    CallEnd,
    Ended,
    Held,
    Muted,
    Offered,
    PartyRang,
    Released,
    Resumed,
    Taped,
    Taping,
    Watching,
    Withdrawn,
)
from models.calls.pressing import Pressed
from server.gateway.exchange.ami import Packet
from server.gateway.exchange.asterisk_callees import Callees, is_dialling
from server.gateway.exchange.asterisk_entrance import Entrance, caller_number, dialled, is_sent_on
from server.gateway.exchange.asterisk_floor import Floor, Leg, Part
from server.gateway.exchange.asterisk_quality import Listening
from server.gateway.exchange.asterisk_returning import Returning
from server.gateway.exchange.asterisk_thirds import Thirds
from server.gateway.exchange.port import Entered, News, QueueMoved, SeatChanged

_RINGING = "5"
KEY = re.compile(r"[0-9A-D*#]")
# Asterisk's device states of a telephone that nobody can reach: unknown, invalid, unavailable.
_UNREACHABLE = ("", "0", "4", "5")
# The Q.850 cause of a call that was cleared as calls are.
_NORMAL = "16"


def seat_state(seat: str, packet: Packet) -> SeatChanged:
    """What a queue's member says of its seat."""
    return SeatChanged(seat, packet["Paused"] == "0", packet["Status"] not in _UNREACHABLE)


def answering_seat(packet: Packet) -> str:
    """The seat whose telephone this channel is; a telephone that was fetched belongs to what fetched it."""
    seat = packet.variables.get("XINQIAO_SEAT", "")
    return "" if packet.variables.get("XINQIAO_CALL") else seat


def is_held(call: Call) -> bool:
    """True while the caller hears music, whoever is there."""
    return call.held is not None and call.held.on


class Translation:
    """Hears one manager event after another and keeps the floor true."""

    def __init__(self, floor: Floor, queue: str) -> None:
        self._floor = floor
        self._queue = queue
        self._thirds = Thirds(floor)
        self._entrance = Entrance(floor)
        self._callees = Callees(floor)
        self._listening = Listening(floor)
        self._returning = Returning(floor)
        self._rules: dict[str, Callable[[Packet], Iterator[News]]] = {
            "QueueCallerJoin": self._entered,
            "QueueCallerLeave": self._left_queue,
            "AgentCalled": self._offered,
            "AgentConnect": self._answered,
            "Newchannel": self._came,
            "Newstate": self._state,
            "DialEnd": self._rung,
            "ConfbridgeJoin": self._joined,
            "ConfbridgeLeave": self._left_room,
            "ConfbridgeMute": self._muted,
            "ConfbridgeUnmute": self._muted,
            "UserEvent": self._said,
            "ChanSpyStart": self._spies,
            "MixMonitorMute": self._paused,
            "HangupRequest": self._put_down,
            "Hangup": self._gone,
            "OriginateResponse": self._unreachable,
            "DTMFEnd": self._pressed,
            "RTCPReceived": self._reported,
            "RTCPSent": self._reported,
            "QueueMemberStatus": self._seat,
            "QueueMemberPause": self._seat,
        }

    def hear(self, packet: Packet) -> list[News]:
        """What one event means; nothing for an event that is not about the hotline's calls."""
        self._callees.meet(packet)
        self._returning.hear(packet)
        rule = self._rules.get(packet["Event"])
        return list(rule(packet)) if rule else []

    def _leg(self, packet: Packet, *parts: Part) -> Leg | None:
        leg = self._floor.legs.get(packet["Uniqueid"])
        return leg if leg and leg.part in parts else None

    def _entered(self, packet: Packet) -> Iterator[News]:
        if packet["Queue"] != self._queue:
            return
        floor = self._floor
        again = packet.variables.get("XINQIAO_ROUND", "")
        known, number, line = self._leg(packet, Part.CALLER), caller_number(packet), dialled(packet)
        call = floor.begin(packet["Linkedid"], number, line, floor.moment(), again)
        if known and known.call != call:
            # Nobody took the caller who was given away: their call is over, and they wait in a new one.
            yield floor.happened(Ended(*floor.mark(known.call, "ended"), CallEnd.TRANSFERRED))
        leg = Leg(call, Part.CALLER, packet["Channel"], tape=packet.variables.get("XINQIAO_TAPE", ""))
        floor.legs[packet["Uniqueid"]] = leg
        if known and known.call in floor.calls:
            floor.let_go(known.call)
        floor.waiting.setdefault(call, floor.calls[call].entered_at or floor.moment())
        yield Entered(floor.calls[call])
        yield QueueMoved(floor.queue())

    def _left_queue(self, packet: Packet) -> Iterator[News]:
        if self._floor.waiting.pop(self._floor.call_of(packet["Linkedid"]), None):
            yield QueueMoved(self._floor.queue())

    def _offered(self, packet: Packet) -> Iterator[News]:
        caller = self._leg(packet, Part.CALLER)
        if packet["Queue"] != self._queue or caller is None:
            return
        floor, seat, unique = self._floor, packet["MemberName"], packet["DestUniqueid"]
        floor.legs[unique] = Leg(caller.call, Part.RING, packet["DestChannel"], seat)
        call = floor.calls[caller.call]
        mark = floor.mark(call.id, "offered", unique)
        yield floor.happened(Offered(*mark, seat, call.number, call.dialled, call.entered_at or mark[2]))

    def _answered(self, packet: Packet) -> Iterator[News]:
        caller = self._leg(packet, Part.CALLER)
        if caller:
            seat = packet["MemberName"]
            mark = self._floor.mark(caller.call, "answered", seat)
            yield self._floor.happened(Answered(*mark, seat))
            yield from self._taped(caller, Taping.ON)

    def _came(self, packet: Packet) -> Iterator[News]:
        leg = self._leg(packet, *Part)
        if leg and not leg.came and leg.asked:
            leg.channel, leg.came = packet["Channel"], True
            if leg.part is Part.PARTY:
                yield self._thirds.invited(leg)
            elif leg.part is Part.PHONE:
                yield from self._callees.placed(leg)

    def _state(self, packet: Packet) -> Iterator[News]:
        floor = self._floor
        seat, call = answering_seat(packet), floor.call_of(packet["Linkedid"])
        if seat and call in floor.calls and floor.find(call, Part.PHONE) is None:
            floor.legs.setdefault(packet["Uniqueid"], Leg(call, Part.PHONE, packet["Channel"], seat))
        callee = self._leg(packet, Part.CALLER)
        if callee and is_dialling(floor.calls[callee.call]):
            yield from self._callees.state(callee, packet)
            if floor.calls[callee.call].answered_at:
                yield from self._taped(callee, Taping.ON)
        leg = self._leg(packet, Part.PARTY)
        if leg and packet["ChannelState"] == _RINGING:
            yield floor.happened(PartyRang(*floor.mark(leg.call, "rang", leg.key), leg.key))
            yield from self._thirds.rings(leg)

    def _joined(self, packet: Packet) -> Iterator[News]:
        leg = self._leg(packet, Part.CALLER, Part.PHONE, Part.PARTY, Part.WATCH)
        if leg is None:
            return
        leg.in_room, was_given, leg.given = True, leg.given, False
        floor = self._floor
        if leg.part is Part.PARTY:
            yield from self._thirds.joined(leg)
        elif leg.part is Part.WATCH:
            yield from self._thirds.came_in(leg, was_given)
        elif leg.part is Part.PHONE and floor.calls[leg.call].state is CallState.RELEASED:
            yield floor.happened(Released(*floor.mark(leg.call), False))
        elif leg.part is Part.CALLER:
            if is_held(floor.calls[leg.call]):
                leg.taken = False
                yield floor.happened(Resumed(*floor.mark(leg.call)))
            if was_given:
                for other in floor.others(leg.call):
                    yield from self._thirds.joined(other)

    def _left_room(self, packet: Packet) -> Iterator[News]:
        leg = self._leg(packet, Part.CALLER, Part.PHONE, Part.PARTY, Part.WATCH)
        if leg:
            leg.in_room = False
        yield from ()

    def _muted(self, packet: Packet) -> Iterator[News]:
        leg = self._leg(packet, Part.PHONE)
        if leg:
            on = packet["Event"] == "ConfbridgeMute"
            yield self._floor.happened(Muted(*self._floor.mark(leg.call), on))

    def _said(self, packet: Packet) -> Iterator[News]:
        leg = self._leg(packet, Part.CALLER)
        if leg and packet["UserEvent"] == "XinqiaoHeld":
            yield self._floor.happened(Held(*self._floor.mark(leg.call)))
        yield from self._entrance.said(packet)

    def _rung(self, packet: Packet) -> Iterator[News]:
        yield from self._entrance.answered_elsewhere(packet)

    def _spies(self, packet: Packet) -> Iterator[News]:
        leg = self._floor.legs.get(packet["SpyerUniqueid"])
        if leg and leg.part is Part.WATCH:
            yield self._thirds.watched(leg, leg.how)

    def _pressed(self, packet: Packet) -> Iterator[News]:
        # In the queue a key is for the queue; what the exchange plays itself is heard as "Sent".
        leg = self._leg(packet, Part.CALLER)
        if leg is None or packet["Direction"] != "Received" or not KEY.fullmatch(packet["Digit"]):
            return
        if self._floor.calls[leg.call].answered_at:
            yield self._floor.happened(Pressed(*self._floor.mark(leg.call), packet["Digit"]))

    def _reported(self, packet: Packet) -> Iterator[News]:
        measured = self._listening.hear(packet)
        if measured:
            yield measured

    def _paused(self, packet: Packet) -> Iterator[News]:
        leg = self._leg(packet, Part.CALLER)
        if leg:
            yield from self._taped(leg, Taping.PAUSED if packet["State"] == "1" else Taping.ON)

    def _taped(self, leg: Leg, state: Taping) -> Iterator[News]:
        if leg.tape:
            yield self._floor.happened(Taped(*self._floor.mark(leg.call), state, leg.tape))

    def _put_down(self, packet: Packet) -> Iterator[News]:
        # Asterisk says so when the far end asks for the end, never when it ends a channel itself.
        leg = self._leg(packet, Part.CALLER, Part.PHONE)
        if leg:
            who = CallEnd.CALLER_HUNG_UP if leg.part is Part.CALLER else CallEnd.OPERATOR_ENDED
            self._floor.ends.setdefault(leg.call, who)
        yield from ()

    def _gone(self, packet: Packet) -> Iterator[News]:
        floor, leg = self._floor, self._leg(packet, *Part)
        if leg is None:
            return
        yield from self._callees.gone(leg, packet)
        match leg.part:
            case Part.CALLER if floor.calls[leg.call].state is not CallState.ENDED:
                yield from self._ended(leg, packet)
            case Part.RING if floor.calls[leg.call].seat != leg.key:
                mark = floor.mark(leg.call, "withdrawn", packet["Uniqueid"])
                yield floor.happened(Withdrawn(*mark, leg.key))
            case Part.PHONE:
                yield from self._thirds.released(leg)
            case Part.PARTY:
                yield from self._thirds.gone(leg, packet["Cause"])
            case Part.WATCH:
                yield self._thirds.watched(leg, Watching.GONE)
        floor.drop(packet["Uniqueid"])

    def _ended(self, leg: Leg, packet: Packet) -> Iterator[News]:
        floor = self._floor
        end = floor.ends.get(leg.call, CallEnd.LINE_LOST)
        # Where nobody put a telephone down and nothing failed, the exchange carried out the operator's wish.
        if leg.call not in floor.ends and packet["Cause"] == _NORMAL:
            end = CallEnd.NORMAL if floor.calls[leg.call].diverting else CallEnd.OPERATOR_ENDED
        given = floor.calls[leg.call].state is CallState.RELEASED or is_sent_on(floor.calls[leg.call])
        if given and end is not CallEnd.LINE_LOST and floor.ends.get(leg.call) is not CallEnd.OPERATOR_ENDED:
            end = CallEnd.TRANSFERRED
        if floor.waiting.pop(leg.call, None):
            yield QueueMoved(floor.queue())
        if floor.calls[leg.call].tape:
            yield from self._taped(leg, Taping.OFF)
        yield floor.happened(Ended(*floor.mark(leg.call, "ended"), end))

    def _unreachable(self, packet: Packet) -> Iterator[News]:
        leg = self._leg(packet, Part.PARTY)
        if leg and not leg.came and packet["Response"] == "Failure":
            yield self._thirds.invited(leg)
            yield from self._thirds.gone(leg, "")
            self._floor.drop(packet["Uniqueid"])

    def _seat(self, packet: Packet) -> Iterator[News]:
        seat = packet["MemberName"]
        known = self._floor.seats.get(seat)
        if packet["Queue"] != self._queue or known is None:
            return
        now = SeatChanged(seat, packet["Paused"] == "0", known.reachable)
        if packet["Event"] == "QueueMemberStatus":
            now = seat_state(seat, packet)
        if now != known:
            self._floor.seats[seat] = now
            yield now
