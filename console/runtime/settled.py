"""Reading what is stored without losing what was done meanwhile."""

from collections.abc import Awaitable, Callable
from typing import TypeVar

from console.runtime.journal import Journal

T = TypeVar("T")


async def settled(journal: Journal, read: Callable[[], Awaitable[T]]) -> T:
    """What is stored, with every act that was done here until now.

    Read again where something was done while it was read: whoever takes an earlier picture over would not
    show that act any more, though it is on its way to the disk.
    """
    while True:
        before = journal.written
        await journal.flush()
        found = await read()
        if journal.written == before:
            return found
