"""The way of every act to the disk: in order, one transaction each, kept until it is durable."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from console.runtime.problems import Problems
from models.operation import Operation

RETRY_SECONDS = 1.0


class DiskTrouble(Exception):
    """The local database cannot take a write now; `code` is a problem code."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Durable(Protocol):
    """Something that becomes durable."""

    def add_done_callback(self, heard: Callable[[Any], object], /) -> None:
        """Call back when it is."""
        ...


class Writes(Protocol):
    """The journal, as a service needs it."""

    def write(self, *operations: Operation, urgent: bool = False) -> Durable:
        """Queue acts that belong together for the disk; urgent ones are pushed at once."""
        ...


@dataclass(slots=True)
class _Entry:
    operations: tuple[Operation, ...]
    urgent: bool
    durable: "asyncio.Future[None]" = field(repr=False)


class Journal:
    """Takes acts on the io thread at once and writes them behind; a full disk delays, it loses nothing."""

    def __init__(
        self,
        perform: Callable[[Sequence[Operation]], Awaitable[None]],
        problems: Problems,
        nudge: Callable[[], None],
    ) -> None:
        self._perform = perform
        self._problems = problems
        self._nudge = nudge
        self._entries: asyncio.Queue[_Entry] = asyncio.Queue()
        self.written = 0
        """How many acts were queued so far, on disk or not."""

    def write(self, *operations: Operation, urgent: bool = False) -> "asyncio.Future[None]":
        """Queue acts that belong together; the future is done when they are on disk.

        Urgent acts (a referral, R3/R4, a finished record) are pushed to the server at once.
        """
        durable: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.written += len(operations)
        self._entries.put_nowait(_Entry(operations, urgent, durable))
        return durable

    async def run(self) -> None:
        """Write for ever; on cancellation what is queued is left to `flush`."""
        while True:
            entry = await self._entries.get()
            await self._until_written(entry)

    async def flush(self) -> None:
        """Wait until all that was queued so far is on disk."""
        await self.write()

    async def _until_written(self, entry: _Entry) -> None:
        while not await self._written(entry):
            await _pause(RETRY_SECONDS)
        if not entry.durable.done():
            entry.durable.set_result(None)
        if entry.urgent:
            self._nudge()

    async def _written(self, entry: _Entry) -> bool:
        if not entry.operations:
            return True
        try:
            await self._perform(entry.operations)
        except DiskTrouble as trouble:
            self._problems.arise("not_saved", cause=trouble.code)
            return False
        self._problems.settle("not_saved")
        return True


async def _pause(seconds: float) -> None:
    over = asyncio.Event()
    asyncio.get_running_loop().call_later(seconds, over.set)
    await over.wait()
