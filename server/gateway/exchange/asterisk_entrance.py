"""Callers of an Asterisk who are not in the queue: on their way in, outside the hours, at another hotline."""

import re
from collections.abc import Iterator

from models.calls.call import Call
from models.calls.queueing import Diversion, Diverted, Wished
from server.gateway.exchange.ami import Packet
from server.gateway.exchange.asterisk_floor import Floor, Leg, Part
from server.gateway.exchange.port import Entered, News

CLOSED, OVERFLOW = "xinqiao-closed", "xinqiao-overflow"
# Digits, and how extensions are written behind them.
_CALLER_NUMBER = re.compile(r"\+?[0-9][0-9 ().,;*#x=ext-]{1,39}")
_DIGITS = re.compile(r"(?:[^0-9]*[0-9]){3}")


def caller_number(packet: Packet) -> str:
    """The number as the exchange gave it; empty when it was withheld."""
    number = packet["CallerIDNum"]
    return number if _CALLER_NUMBER.fullmatch(number) and _DIGITS.match(number) else ""


def dialled(packet: Packet) -> str:
    """The line the caller dialled."""
    return packet.variables.get("XINQIAO_DIALLED") or packet["Exten"]


class Entrance:
    """Tells of callers who are not in the queue: on their way in, outside the hours, at another hotline."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    def said(self, packet: Packet) -> Iterator[News]:
        """What the dial plan says of a caller."""
        floor = self._floor
        match packet["UserEvent"]:
            case "XinqiaoEnters":
                yield Entered(floor.calls[self._begun(packet)])
            case "XinqiaoClosed":
                call = self._begun(packet)
                said = floor.happened(closed(floor, call))
                yield Entered(floor.calls[call])
                yield said
            case "XinqiaoWish":
                leg = floor.legs.get(packet["Uniqueid"])
                if leg:
                    number = packet["Number"].strip("-")
                    yield floor.happened(Wished(*floor.mark(leg.call, "wished"), number))

    def answered_elsewhere(self, packet: Packet) -> Iterator[News]:
        """Another hotline has picked up."""
        leg = self._floor.legs.get(packet["Uniqueid"])
        there = packet["Context"] == OVERFLOW and packet["DialStatus"] == "ANSWER"
        if leg and leg.part is Part.CALLER and there:
            yield self._floor.happened(sent_on(self._floor, leg.call, packet.variables.get("XINQIAO_TO", "")))

    def _begun(self, packet: Packet) -> str:
        floor = self._floor
        call = floor.begin(packet["Linkedid"], caller_number(packet), dialled(packet), floor.moment())
        floor.legs.setdefault(packet["Uniqueid"], Leg(call, Part.CALLER, packet["Channel"]))
        return call


def closed(floor: Floor, call: str) -> Diverted:
    """The caller hears that nobody is here."""
    return Diverted(*floor.mark(call, "closed"), Diversion.CLOSED)


def is_sent_on(call: Call) -> bool:
    """True for a caller who talks to another hotline."""
    return call.diverting is not None and call.diverting.to is Diversion.OVERFLOW


def sent_on(floor: Floor, call: str, dial: str) -> Diverted:
    """The caller talks to another hotline."""
    return Diverted(*floor.mark(call, "overflow"), Diversion.OVERFLOW, dial)
