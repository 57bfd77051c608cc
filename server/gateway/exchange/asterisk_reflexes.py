"""What the gateway does by itself after an event, so that nobody stays alone on hold or in a room."""

from collections.abc import Iterator, Mapping

from models.calls.call import CallState
from server.gateway.exchange.ami import Packet
from server.gateway.exchange.asterisk_events import is_held
from server.gateway.exchange.asterisk_floor import Floor, Leg, Part

Order = tuple[str, Mapping[str, str]]


def follow(floor: Floor, packet: Packet) -> Iterator[Order]:
    """The orders that follow from an event, once the floor knows it."""
    match packet["Event"]:
        case "Hangup":
            yield from _take_back_the_forgotten(floor)
            yield from _back_to_the_queue(floor)
            yield from _nobody_stays(floor)
            yield from _nobody_is_called_for_nobody(floor)
            yield from _remember_the_new_holder(floor)
        case "OriginateResponse":
            yield from _back_to_the_queue(floor)
        case "ConfbridgeJoin":
            yield from _home(floor)
            yield from _remember_the_new_holder(floor)
        case "AgentConnect":
            yield from _remember_the_holder(floor, packet["Uniqueid"])
        case "Newchannel":
            yield from _let_go_the_late(floor, packet["Uniqueid"])
        case "BridgeEnter" if packet["SwapUniqueid"]:
            yield from _hear_anew(floor, packet["Uniqueid"])


def _take_back_the_forgotten(floor: Floor) -> Iterator[Order]:
    """A held caller whose operator is gone: to the third party where there is one, else the call ends."""
    for leg in _callers(floor):
        if leg.taken or leg.given or not is_held(floor.calls[leg.call]) or floor.find(leg.call, Part.PHONE):
            continue
        leg.taken = True
        if floor.others(leg.call):
            room = {"Context": "xinqiao-room-caller", "Exten": floor.linked[leg.call], "Priority": "1"}
            yield "Redirect", {"Channel": leg.channel, **room}
        else:
            yield "Hangup", {"Channel": leg.channel}


def _let_go_the_late(floor: Floor, unique: str) -> Iterator[Order]:
    """A third party, or a call from here, that was given up before the exchange had made the channel."""
    leg = floor.legs.get(unique)
    if leg and leg.part in (Part.PARTY, Part.PHONE) and leg.taken:
        yield "Hangup", {"Channel": leg.channel}


def _hear_anew(floor: Floor, unique: str) -> Iterator[Order]:
    """A telephone came back into its conversation: caller and operator go on in the call's room.

    It counts its packets from another number. What translates the voice for a recording on the caller's
    channel remembers the number before, and drops lower ones as late for minutes; a room's voices have none.
    """
    phone = floor.legs.get(unique)
    if phone is None or phone.part is not Part.PHONE or phone.in_room:
        return
    caller = floor.find(phone.call, Part.CALLER)
    if caller and not caller.moving.locked() and floor.calls[phone.call].state is CallState.TALKING:
        there = {"Exten": floor.linked[phone.call], "Priority": "1"}
        both = {"Channel": caller.channel, "Context": "xinqiao-room-caller", **there}
        both |= {"ExtraChannel": phone.channel, "ExtraContext": "xinqiao-room-party"}
        yield "Redirect", {**both, **{f"Extra{name}": value for name, value in there.items()}}


def _remember_the_holder(floor: Floor, unique: str) -> Iterator[Order]:
    """The exchange remembers whose conversation it is, for a gateway that finds it left."""
    leg = floor.legs.get(unique)
    if leg and leg.part is Part.CALLER:
        leg.key = floor.calls[leg.call].holder
        yield "Setvar", {"Channel": leg.channel, "Variable": "XINQIAO_HOLDER", "Value": leg.key}


def _remember_the_new_holder(floor: Floor) -> Iterator[Order]:
    """A colleague's telephone, once a third party, is the operator's from now on."""
    for unique, caller in list(floor.legs.items()):
        holder = floor.calls[caller.call].holder
        if caller.part is not Part.CALLER or not caller.key or caller.key == holder:
            continue
        yield from _remember_the_holder(floor, unique)
        phone = floor.find(caller.call, Part.PHONE, holder)
        if phone:
            for name, value in (("XINQIAO_FETCHED", holder), ("XINQIAO_PARTY", ""), ("XINQIAO_WATCH", "")):
                yield "Setvar", {"Channel": phone.channel, "Variable": name, "Value": value}


def _back_to_the_queue(floor: Floor) -> Iterator[Order]:
    """A caller who was given away and whom nobody takes."""
    queue = {"Context": "xinqiao-back", "Exten": "s", "Priority": "1"}
    for leg in _callers(floor):
        waits = leg.given and not leg.in_room
        if waits and not floor.find(leg.call, Part.PHONE) and not floor.find(leg.call, Part.PARTY):
            leg.given = False
            yield "Redirect", {"Channel": leg.channel, **queue}


def _nobody_stays(floor: Floor) -> Iterator[Order]:
    """The caller is gone: supervisors go home, and an operator who would be alone in the room."""
    for _, leg in list(floor.legs.items()):
        alone = leg.part is Part.PHONE and leg.in_room and not floor.others(leg.call)
        goes = leg.part is Part.WATCH or alone
        if goes and not leg.taken and floor.calls[leg.call].state is CallState.ENDED:
            leg.taken = True
            yield "Hangup", {"Channel": leg.channel}


def _nobody_is_called_for_nobody(floor: Floor) -> Iterator[Order]:
    """A call from here that nobody has answered ends for both together."""
    for leg in list(floor.legs.values()):
        call = floor.calls[leg.call]
        given_up = leg.part is Part.CALLER and call.state is CallState.DIALLING
        given_up = given_up and floor.find(call.id, Part.PHONE) is None
        missed = leg.part is Part.PHONE and bool(call.cause)
        if (given_up or missed) and not leg.taken:
            leg.taken = True
            yield "Hangup", {"Channel": leg.channel}


def _home(floor: Floor) -> Iterator[Order]:
    """Telephones whose conversation is another seat's now."""
    channels, floor.home = floor.home, []
    for channel in channels:
        yield "Hangup", {"Channel": channel}


def _callers(floor: Floor) -> Iterator[Leg]:
    return (leg for leg in floor.legs.values() if leg.part is Part.CALLER)
