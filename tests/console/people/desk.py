"""A desk over a real local database, whose acts are on the disk at once."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from console.cases.service import CasesService
from console.people.service import PeopleService
from console.people.telling import Telling
from console.session.identity import Identity
from console.storage.storage import Storage
from models.calls.call import Call
from models.clock import ManualClock
from models.ids import new_id
from models.operation import Operation
from models.people.operator import Operator, Role
from models.trace.entry import Happening
from tests.console.storage.acts import opened

T = TypeVar("T")
SECRET = b"s" * 32
NUMBER = "13834400000"


class Disk:
    """A journal that performs what it is given at once."""

    def __init__(self, storage: Storage) -> None:
        self.storage = storage
        self.written: list[str] = []

    def write(self, *operations: Operation, urgent: bool = False) -> None:
        self.written += [one.type for one in operations]
        self.storage.perform(operations)

    async def flush(self) -> None:
        """All of it is on disk already."""

    async def run(self, work: Callable[[Storage], T], /) -> T:
        return work(self.storage)


class PeopleDesk:
    """Persons and cases of one operator."""

    def __init__(self, folder: Path, name: str = "zhang") -> None:
        self.clock = ManualClock()
        self.storage = opened(folder / f"{name}.db")
        self.disk = Disk(self.storage)
        me = Operator(name, "张", "psychiatrist", "jinzhong", (Role.OPERATOR,))
        self.identity = Identity(me, "1001", "", SECRET, practice=True)
        self.live: set[str] = set()
        self.seen: list[Happening] = []
        given = (self.disk, self.clock, self.identity, self.disk.run)
        self.people = PeopleService(*given)
        self.cases = CasesService(*given, self.seen.append)
        self.telling = Telling(*given, self.live.__contains__)

    def call(self, number: str = NUMBER, name: str = "", minutes: float = 5) -> Call:
        """A call that is over, on the disk."""
        call, began = name or new_id(), self.clock.now()
        self.clock.forward(minutes * 60)
        body = {
            "site": "jinzhong",
            "number": number,
            "entered_at": began.isoformat(),
            "answered_at": began.isoformat(),
        }
        body |= {"ended_at": self.clock.now().isoformat(), "end": "E1"}
        self.act("call.add", call, **body)
        record = self.storage.record("call", call)
        assert record
        found: Call = record.entity
        return found

    def assess(self, call: Call, item: str = "acting", name: str = "", seen: tuple[str, ...] = ()) -> str:
        """An assessment of the call with one answer."""
        risk = name or new_id()
        place = {"note": risk, "call": call.id, "site": "jinzhong"}
        self.act("risk.answer", risk, **place, n=1, item=item, state="yes")
        if seen:
            self.act("risk.see", risk, **place, seen=list(seen))
        return risk

    def act(self, kind: str, target: str, **body: object) -> None:
        me = self.identity.operator.id
        self.disk.write(Operation(new_id(), kind, target, me, self.clock.now(), body))

    def close(self) -> None:
        self.storage.close()
