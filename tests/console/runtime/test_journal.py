import asyncio
from collections.abc import Sequence

from console.runtime.journal import DiskTrouble, Journal
from console.runtime.problems import Problems
from models.clock import ManualClock
from models.operation import Operation


def act(name: str) -> Operation:
    return Operation(name, "note.open", "n", "zhang", ManualClock().now(), {})


class Disk:
    def __init__(self) -> None:
        self.written: list[str] = []
        self.full = False

    async def perform(self, operations: Sequence[Operation]) -> None:
        if self.full:
            raise DiskTrouble("disk_full")
        self.written += [operation.op for operation in operations]


def test_acts_are_written_in_order_and_urgent_ones_are_pushed() -> None:
    async def story() -> None:
        disk, nudges = Disk(), []
        journal = Journal(disk.perform, Problems(ManualClock()), lambda: nudges.append(len(disk.written)))
        running = asyncio.create_task(journal.run())
        journal.write(act("1"))
        journal.write(act("2"), act("3"), urgent=True)
        await journal.write(act("4"))
        assert disk.written == ["1", "2", "3", "4"]
        assert nudges == [3]
        running.cancel()

    asyncio.run(story())


def test_a_full_disk_is_said_and_nothing_is_lost() -> None:
    async def story() -> None:
        disk, problems = Disk(), Problems(ManualClock())
        journal = Journal(disk.perform, problems, lambda: None)
        running = asyncio.create_task(journal.run())
        disk.full = True
        first = journal.write(act("1"))
        second = journal.write(act("2"))
        said = asyncio.Event()
        problems.store.watch(lambda standing: said.set() if standing else None)
        await said.wait()
        assert [problem.code for problem in problems.store.value] == ["not_saved"]
        assert not first.done()
        disk.full = False
        await second
        assert disk.written == ["1", "2"]
        assert not problems.store.value
        running.cancel()

    asyncio.run(story())


def test_flush_waits_for_all_that_was_queued() -> None:
    async def story() -> None:
        disk = Disk()
        journal = Journal(disk.perform, Problems(ManualClock()), lambda: None)
        running = asyncio.create_task(journal.run())
        journal.write(act("1"))
        await journal.flush()
        assert disk.written == ["1"]
        running.cancel()

    asyncio.run(story())


def test_a_problem_keeps_its_beginning() -> None:
    clock = ManualClock()
    problems = Problems(clock)
    problems.arise("line_lost")
    since = problems.store.value[0].since
    clock.forward(60)
    problems.set("line_lost", True)
    assert problems.store.value[0].since == since
    problems.set("line_lost", False)
    assert not problems.store.value
