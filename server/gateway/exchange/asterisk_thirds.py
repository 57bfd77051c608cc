"""Third parties of an Asterisk's calls: how they come and go, and who has the conversation then."""

from collections.abc import Iterator

from models.calls.call import CallState
from models.calls.events import (
    HandedOver,
    Invited,
    Joined,
    Left,
    Offered,
    Released,
    Watched,
    Watching,
    Withdrawn,
)
from models.calls.place import CONVERSATION
from server.gateway.exchange.asterisk_floor import Floor, Leg, Part
from server.gateway.exchange.port import News

# Q.850 causes; 16 before an answer is a telephone that rang in vain.
_CAUSES = {"16": "no_answer", "17": "busy", "18": "no_answer", "19": "no_answer", "21": "refused"}


class Thirds:
    """Tells what becomes of third parties and of supervisors, and moves the floor on."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    def invited(self, leg: Leg) -> News:
        """A third party is being called."""
        mark = self._floor.mark(leg.call, "invited", leg.key)
        return self._floor.happened(Invited(*mark, leg.key, leg.dial, leg.label, leg.seat))

    def rings(self, leg: Leg) -> Iterator[News]:
        """At a colleague's, the call rings on the screen."""
        if leg.seat:
            call, mark = self._floor.calls[leg.call], self._floor.mark(leg.call, "offered", leg.key)
            entered_at = call.entered_at or mark[2]
            yield self._floor.happened(Offered(*mark, leg.seat, call.number, call.dialled, entered_at))

    def joined(self, leg: Leg) -> Iterator[News]:
        """A third party is in the room; where the operator has left, a colleague has the conversation."""
        floor = self._floor
        caller = floor.find(leg.call, Part.CALLER)
        if caller and caller.given:
            return  # told when the caller, who is on the way, is there too
        yield floor.happened(Joined(*floor.mark(leg.call, "joined", leg.key), leg.key))
        if leg.seat and floor.find(leg.call, Part.PHONE) is None:
            yield from self._handed_over(leg)

    def gone(self, leg: Leg, cause: str) -> Iterator[News]:
        """A third party is gone or was never reached; `cause` is Q.850's, "" where there was no call."""
        yield self._left(leg, cause)
        if leg.seat:
            mark = self._floor.mark(leg.call, "withdrawn", leg.key)
            yield self._floor.happened(Withdrawn(*mark, leg.seat))

    def _left(self, leg: Leg, cause: str) -> News:
        party = self._floor.calls[leg.call].parties.get(leg.key)
        why = "left" if leg.taken or (party and party.joined_at) else _CAUSES.get(cause, "unreachable")
        return self._floor.happened(Left(*self._floor.mark(leg.call, "left", leg.key), leg.key, why))

    def released(self, leg: Leg) -> Iterator[News]:
        """The operator's telephone is down: where somebody else is there, the call goes on."""
        floor = self._floor
        caller, others = floor.find(leg.call, Part.CALLER), floor.others(leg.call)
        joined = floor.find(leg.call, Part.WATCH)
        here = others or (caller and caller.given) or (joined and joined.in_room)
        if floor.calls[leg.call].state not in CONVERSATION or not here:
            return
        floor.ends.pop(leg.call, None)
        colleague = next((one for one in others if one.seat), None)
        if colleague:
            yield from self._handed_over(colleague)
        elif joined and joined.in_room and not others:
            yield from self._taken_over(joined)
        else:
            yield floor.happened(Released(*floor.mark(leg.call), True))

    def _handed_over(self, leg: Leg) -> Iterator[News]:
        """A colleague has the conversation: the third party that they were is no more."""
        floor, party = self._floor, leg.key
        leg.part, leg.key = Part.PHONE, leg.seat
        yield floor.happened(HandedOver(*floor.mark(leg.call), leg.seat, ""))
        if floor.calls[leg.call].state is CallState.RELEASED:
            yield floor.happened(Released(*floor.mark(leg.call), False))
        yield floor.happened(Left(*floor.mark(leg.call, "left", party), party, "left"))

    def watched(self, leg: Leg, how: Watching) -> News:
        """A supervisor began something else, or is gone."""
        return self._floor.happened(Watched(*self._floor.mark(leg.call), leg.key, "", how))

    def came_in(self, leg: Leg, takes_over: bool) -> Iterator[News]:
        """A supervisor is in the room: to take part, or to take over."""
        phone = self._floor.find(leg.call, Part.PHONE)
        if not takes_over:
            yield self.watched(leg, Watching.JOIN)
            return
        if phone:
            self._floor.forget(phone)
            self._floor.home.append(phone.channel)
        yield from self._taken_over(leg)

    def _taken_over(self, leg: Leg) -> Iterator[News]:
        floor = self._floor
        watched = leg.key in floor.calls[leg.call].watchers
        leg.part = Part.PHONE
        yield floor.happened(HandedOver(*floor.mark(leg.call), leg.key, ""))
        if floor.calls[leg.call].state is CallState.RELEASED:
            yield floor.happened(Released(*floor.mark(leg.call), False))
        if watched:
            yield self.watched(leg, Watching.GONE)
