"""An act that is done while what is stored is read stays in sight."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

from console.followups.owing import Owing
from console.runtime.journal import Journal
from console.runtime.problems import Problems
from console.runtime.settled import settled
from console.session.identity import Identity
from models.clock import ManualClock
from models.followups.callback import Callback, Why
from models.followups.known import KnownOwed
from models.followups.reduce import reduce
from models.operation import Operation
from models.people.operator import Operator, Role

NOW = datetime(2026, 11, 1, tzinfo=UTC)
ME = Identity(Operator("li", "李", "", "jinzhong", (Role.OPERATOR,)), "1", "", b"k", practice=True)


class Disk:
    """Performs acts as they come; a reading takes its picture at once and gives it when it is let."""

    def __init__(self) -> None:
        self.known: dict[str, Callback] = {}
        self.reading, self.let = asyncio.Event(), asyncio.Event()
        self.journal = Journal(self.perform, Problems(ManualClock(NOW)), lambda: None)
        self.owing = Owing(self.journal, ManualClock(NOW), ME, lambda: settled(self.journal, self.read))

    async def perform(self, operations: Sequence[Operation]) -> None:
        for one in operations:
            after = reduce(self.known.get(one.id), one, 0).entity
            assert after
            self.known[one.id] = after

    async def read(self) -> KnownOwed:
        picture = tuple(self.known.values())
        self.reading.set()
        await self.let.wait()
        return KnownOwed(picture)


def test_what_is_promised_while_the_list_is_read_is_in_the_list() -> None:
    async def story() -> None:
        disk = Disk()
        writing = asyncio.create_task(disk.journal.run())
        refresh = asyncio.create_task(disk.owing.refresh())
        await disk.reading.wait()
        promised = Callback("b", "c", "jinzhong", "li", Why.ASKED, "13800000001", NOW, NOW, name="李")
        disk.owing.add(promised)
        disk.let.set()
        await refresh
        assert [one.id for one in disk.owing.due.value.owed] == ["b"]
        assert list(disk.known) == ["b"]
        writing.cancel()

    asyncio.run(story())


def test_what_is_on_its_way_to_the_disk_is_waited_for() -> None:
    async def story() -> None:
        disk = Disk()
        disk.let.set()
        disk.owing.add(Callback("b", "c", "jinzhong", "li", Why.ASKED, "13800000001", NOW, NOW, name="李"))
        refresh = asyncio.create_task(disk.owing.refresh())
        writing = asyncio.create_task(disk.journal.run())
        await refresh
        assert [one.id for one in disk.owing.due.value.owed] == ["b"]
        writing.cancel()

    asyncio.run(story())
