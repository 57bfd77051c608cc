"""The picture of an Asterisk from its own lists, after a start or a lost connection."""

import re
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import timedelta

from models.calls.call import CallState
from models.calls.events import (
    Answered,
    HandedOver,
    Held,
    Invited,
    Joined,
    Muted,
    Offered,
    PartyRang,
    Released,
    Taped,
    Taping,
    Watched,
    Watching,
)
from models.clock import Clock
from server.gateway.exchange.ami import Ami, AmiRefused, Packet
from server.gateway.exchange.asterisk_callees import is_callee
from server.gateway.exchange.asterisk_entrance import (
    CLOSED,
    OVERFLOW,
    caller_number,
    closed,
    dialled,
    sent_on,
)
from server.gateway.exchange.asterisk_events import answering_seat, seat_state
from server.gateway.exchange.asterisk_floor import Floor, Leg, Part

_HOW = {"xinqiao-listen": Watching.LISTEN, "xinqiao-whisper": Watching.WHISPER}
_UP, _RINGING = "6", "5"
_WHOLE = re.compile(r"[0-9]{1,6}")
_CALLER_CONTEXTS = (
    "xinqiao-in",
    "xinqiao-wait",
    CLOSED,
    OVERFLOW,
    "xinqiao-room-caller",
    "xinqiao-hold",
    "xinqiao-transfer",
    "xinqiao-back",
)


async def take(ami: Ami, exchange: str, queue: str, clock: Clock) -> Floor:
    """Ask for channels, queue and mutes, and lay a fresh floor. Raises AmiLost, AmiRefused."""
    floor = Floor(exchange, clock)
    channels = await ami.collect("CoreShowChannels")
    lay(floor, channels, await ami.collect("QueueStatus", Queue=queue))
    for leg in [leg for leg in floor.legs.values() if leg.part is Part.PHONE and leg.in_room]:
        # A room that was left meanwhile is no trouble: its events are waiting to be heard.
        with suppress(AmiRefused):
            for user in await ami.collect("ConfbridgeList", Conference=floor.linked[leg.call]):
                if user["Channel"] == leg.channel and user["Muted"] == "Yes":
                    floor.happened(Muted(*floor.mark(leg.call), True))
    return floor


def lay(floor: Floor, channels: Iterable[Packet], queue: Iterable[Packet]) -> None:
    """Put calls, channels, seats and waiting callers on an empty floor."""
    # A caller's channel names the call, so callers come first; a ring ends where a telephone has answered.
    order = {Part.CALLER: 0, Part.PHONE: 1, Part.RING: 2, Part.PARTY: 3, Part.WATCH: 4}
    known = [(part, one) for one in channels if (part := _part(one))]
    for part, one in sorted(known, key=lambda pair: order[pair[0]]):
        _RULES[part](floor, one)
    for caller in [leg for leg in floor.legs.values() if leg.part is Part.CALLER]:
        _left(floor, caller)
    _taped(floor, {one["Uniqueid"] for _, one in known if one.variables.get("XINQIAO_PAUSED") == "1"})
    for one in queue:
        match one["Event"]:
            case "QueueMember":
                floor.seats[one["Name"]] = seat_state(one["Name"], one)
                floor.interfaces[one["Name"]] = one["Location"]
            case "QueueEntry":
                # Who joined after the list of channels was made is heard of as an event.
                leg = floor.legs.get(one["Uniqueid"])
                if leg:
                    floor.waiting[leg.call] = floor.moment() - _seconds(one["Wait"])


def _part(channel: Packet) -> Part | None:
    name = channel["Channel"]
    if name.endswith(";2"):
        return None
    if channel.variables.get("XINQIAO_PARTY"):
        return Part.PARTY
    if channel.variables.get("XINQIAO_WATCH"):
        return Part.WATCH
    if is_callee(channel):
        return Part.CALLER
    if channel.variables.get("XINQIAO_FETCHED") or answering_seat(channel):
        return Part.PHONE
    if name.startswith("Local/") and "@xinqiao-seat" in name:
        return Part.RING
    first = channel["Uniqueid"] == channel["Linkedid"] or channel.variables.get("XINQIAO_CALLEE")
    return Part.CALLER if first and channel["Context"] in _CALLER_CONTEXTS else None


def _caller(floor: Floor, channel: Packet) -> None:
    entered_at = floor.moment() - _duration(channel["Duration"])
    if is_callee(channel):
        _callee(floor, channel)
        return
    again = channel.variables.get("XINQIAO_ROUND", "")
    call = floor.begin(channel["Linkedid"], caller_number(channel), _line(channel), entered_at, again)
    leg = Leg(call, Part.CALLER, channel["Channel"], channel.variables.get("XINQIAO_HOLDER", ""))
    leg.in_room = channel["Context"] == "xinqiao-room-caller"
    leg.given = channel["Context"] == "xinqiao-transfer"
    leg.tape = channel.variables.get("XINQIAO_TAPE", "")
    floor.legs[channel["Uniqueid"]] = leg
    if channel["Context"] == CLOSED:
        floor.happened(closed(floor, call))
    if channel["Context"] == OVERFLOW and (there := channel.variables.get("XINQIAO_AWAY")):
        floor.happened(sent_on(floor, call, there))
    if channel["Context"] == "xinqiao-hold":
        floor.happened(Held(*floor.mark(call)))


def _callee(floor: Floor, channel: Packet) -> None:
    call = _placed(floor, channel, channel.variables.get("XINQIAO_HOLDER", ""))
    leg = Leg(call, Part.CALLER, channel["Channel"], channel.variables.get("XINQIAO_HOLDER", ""))
    leg.in_room = channel["Context"] == "xinqiao-room-caller"
    leg.given = channel["Context"] == "xinqiao-transfer"
    leg.tape = channel.variables.get("XINQIAO_TAPE", "")
    floor.legs[channel["Uniqueid"]] = leg
    if channel["ChannelState"] == _UP:
        floor.happened(Answered(*floor.mark(call, "answered", leg.key), leg.key))
    if channel["Context"] == "xinqiao-hold":
        floor.happened(Held(*floor.mark(call)))


def _placed(floor: Floor, channel: Packet, seat: str) -> str:
    """The call from here to which the channel belongs."""
    variables = channel.variables
    room = variables["XINQIAO_CALL"]
    if floor.call_of(room) not in floor.calls:
        since = floor.moment() - _duration(channel["Duration"])
        shown = variables.get("XINQIAO_DIALLED", "")
        floor.place(room, seat, variables.get("XINQIAO_CALLEE", ""), shown, since)
    return floor.call_of(room)


def _phone(floor: Floor, channel: Packet) -> None:
    seat = answering_seat(channel) or channel.variables["XINQIAO_FETCHED"]
    in_room = _in_room(channel)
    # A telephone that came back into a room is of that room, and of no other call.
    own = channel["Exten"] if in_room else channel["Linkedid"]
    call = floor.call_of(channel.variables.get("XINQIAO_CALL") or own)
    if call not in floor.calls and channel.variables.get("XINQIAO_CALLEE"):
        _placed(floor, channel, seat)
    if call not in floor.calls:
        return
    floor.legs[channel["Uniqueid"]] = Leg(call, Part.PHONE, channel["Channel"], seat, in_room=in_room)
    if channel["ChannelState"] == _UP and floor.calls[call].state is not CallState.DIALLING:
        floor.happened(Answered(*floor.mark(call, "answered", seat), seat))


def _ring(floor: Floor, channel: Packet) -> None:
    call = floor.calls.get(floor.call_of(channel["Linkedid"]))
    if call is None or call.answered_at:
        return
    seat = channel["Channel"].removeprefix("Local/").partition("@")[0]
    floor.legs[channel["Uniqueid"]] = Leg(call.id, Part.RING, channel["Channel"], seat)
    mark = floor.mark(call.id, "offered", channel["Uniqueid"])
    floor.happened(Offered(*mark, seat, call.number, call.dialled, call.entered_at or mark[2]))


def _party(floor: Floor, channel: Packet) -> None:
    variables = channel.variables
    call, party = floor.call_of(variables.get("XINQIAO_CALL", "")), variables["XINQIAO_PARTY"]
    if call not in floor.calls:
        return
    dial = variables.get("XINQIAO_DIAL", "")
    leg = Leg(call, Part.PARTY, channel["Channel"], party, dial, came=True, in_room=_in_room(channel))
    leg.seat = variables.get("XINQIAO_COLLEAGUE", "")
    floor.legs[channel["Uniqueid"]] = leg
    floor.happened(Invited(*floor.mark(call, "invited", party), party, dial, "", leg.seat))
    if channel["ChannelState"] == _RINGING:
        floor.happened(PartyRang(*floor.mark(call, "rang", party), party))
    elif channel["ChannelState"] == _UP:
        floor.happened(Joined(*floor.mark(call, "joined", party), party))


def _watch(floor: Floor, channel: Packet) -> None:
    call, seat = floor.call_of(channel.variables.get("XINQIAO_CALL", "")), channel.variables["XINQIAO_WATCH"]
    if call not in floor.calls:
        return
    leg = Leg(call, Part.WATCH, channel["Channel"], seat, came=True, in_room=_in_room(channel))
    leg.how = _HOW.get(channel["Context"], Watching.JOIN)
    floor.legs[channel["Uniqueid"]] = leg
    if channel["ChannelState"] == _UP:
        floor.happened(Watched(*floor.mark(call), seat, "", leg.how))


def _taped(floor: Floor, paused: Collection[str]) -> None:
    """A conversation that carries a recording is recorded."""
    for unique, leg in floor.legs.items():
        if leg.tape and floor.calls[leg.call].answered_at:
            state = Taping.PAUSED if unique in paused else Taping.ON
            floor.happened(Taped(*floor.mark(leg.call), state, leg.tape))


def _left(floor: Floor, caller: Leg) -> None:
    """A conversation without a telephone of a seat, in which somebody else is, was left or given away."""
    others = floor.others(caller.call)
    if not (others or caller.given) or floor.find(caller.call, Part.PHONE):
        return
    floor.happened(Answered(*floor.mark(caller.call, "answered", caller.key), caller.key))
    colleague = next((one for one in others if one.seat), None)
    if colleague:
        colleague.part, colleague.key = Part.PHONE, colleague.seat
        floor.happened(HandedOver(*floor.mark(caller.call), colleague.seat, ""))
    else:
        floor.happened(Released(*floor.mark(caller.call), True))


_RULES = {Part.CALLER: _caller, Part.PHONE: _phone, Part.RING: _ring, Part.PARTY: _party, Part.WATCH: _watch}


def _line(channel: Packet) -> str:
    at_entrance = channel["Context"] == "xinqiao-in"
    return dialled(channel) if at_entrance else channel.variables.get("XINQIAO_DIALLED", "")


def _in_room(channel: Packet) -> bool:
    return channel["Context"] == "xinqiao-room-party" and channel["ChannelState"] == _UP


def _seconds(text: str) -> timedelta:
    return timedelta(seconds=int(text) if _WHOLE.fullmatch(text) else 0)


def _duration(text: str) -> timedelta:
    hours, minutes, seconds = (_seconds(part) for part in [*text.split(":"), "", "", ""][:3])
    return hours * 3600 + minutes * 60 + seconds
