"""Marks of misuse: asked for on a call, decided by who leads; nothing here ever keeps a call away."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from console.runtime.journal import Writes
from console.runtime.store import Store
from console.session.identity import Identity
from models.calls.call import Call
from models.calls.events import Direction
from models.cases.mark import APPROVE, ASK, END, REFUSE, Mark, State, mark_id, reduce
from models.clock import Clock
from models.ids import new_id
from models.operation import Operation
from models.people.caller import caller_key
from models.people.number import mask, normalise

_ORDER = tuple(State)


@dataclass(frozen=True, slots=True)
class Standing:
    """A mark and where it stands now."""

    mark: Mark
    state: State


class MarksService:
    """Lives on the io thread; `marks` are those asked for first, then those in force, then those at an end.

    `alarming` gives the numbers that reached R3 or R4 since a moment, each with when, as far as they are
    known here; the server has the whole of it and decides about the queue.
    """

    def __init__(
        self,
        journal: Writes,
        clock: Clock,
        identity: Identity,
        read: Callable[[], Awaitable[tuple[Mark, ...]]],
        alarming: Callable[[datetime], Awaitable[tuple[tuple[str, datetime], ...]]],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._identity = identity
        self._read = read
        self._alarming = alarming
        self._known: dict[str, Mark] = {}
        self._risk: dict[str, datetime] = {}
        self.marks: Store[tuple[Standing, ...]] = Store(())

    async def refresh(self) -> None:
        """Take over what the server told."""
        self._known = {one.id: one for one in await self._read()}
        approved = [one.approved_at for one in self._known.values() if one.approved_at and not one.closing]
        self._risk = {}
        if approved:
            for number, at in await self._alarming(min(approved)):
                key = self._key(number)
                self._risk[key] = max(at, self._risk.get(key, at))
        self.publish()

    def ask(self, call: Call, reason: str, note: str = "") -> None:
        """Ask for a mark on the number of this call, with a reason; asked twice it is one."""
        number = normalise(call.number)
        name = mark_id(call.id)
        if name in self._known or not number or not reason.strip() or call.direction is not Direction.IN:
            return
        me = self._identity.operator
        who = {"call": call.id, "site": me.site, "name": me.name, "note": note}
        told = {"caller": self._key(number), "masked": mask(number), "reason": reason.strip()}
        self._act(ASK, name, {**who, **told, "asked_at": self._clock.now().isoformat()})

    def approve(self, name: str, days: int, reason: str) -> None:
        """Let the number come after others for so many days; for who leads."""
        self._decide(APPROVE, name, {"days": days, "reason": reason})

    def refuse(self, name: str, reason: str) -> None:
        """Do not; for who leads."""
        self._decide(REFUSE, name, {"reason": reason})

    def end(self, name: str, reason: str) -> None:
        """The number is like any other again; for who leads."""
        self._decide(END, name, {"reason": reason})

    def publish(self) -> None:
        """Tell where they stand now: time ends some of them."""
        now = self._clock.now()
        standings = [
            Standing(one, one.state(now, self._risk.get(one.caller))) for one in self._known.values()
        ]
        standings.sort(key=lambda one: (_ORDER.index(one.state), -one.mark.asked_at.timestamp()))
        self.marks.publish(tuple(standings))

    def _decide(self, kind: str, name: str, body: Mapping[str, object]) -> None:
        if name in self._known and self._identity.operator.leads and str(body["reason"]).strip():
            self._act(kind, name, body)

    def _act(self, kind: str, name: str, body: Mapping[str, object]) -> None:
        operation = Operation(new_id(), kind, name, self._identity.operator.id, self._clock.now(), dict(body))
        after = reduce(self._known.get(name), operation, 0).entity
        if after is not None:
            self._known[name] = after
            self.publish()
        self._journal.write(operation, urgent=True)

    def _key(self, number: str) -> str:
        return caller_key(self._identity.caller_secret, normalise(number))
