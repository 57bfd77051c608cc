"""Two persons that turn out to be one, and one who turns out to be somebody else."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from console.people.behind import Merging
from console.runtime.store import Store
from models.operation import Operation
from models.people.reduce import JOIN, UNDO
from models.people.together import Together, parting


class Write(Protocol):
    """Write acts and show what came of them."""

    def __call__(self, *acts: Operation) -> Awaitable[None]:
        """Done once it is shown."""
        ...


class Joining:
    """Lives on the io thread. Nothing is ever taken from anybody: merging and parting only say who is one."""

    def __init__(
        self,
        together: Callable[[str], Awaitable[Together | None]],
        act: Callable[[str, str, Mapping[str, object]], Operation],
        write: Write,
    ) -> None:
        self._together = together
        self._act = act
        self._write = write
        self.proposed: Store[Merging | None] = Store(None)

    async def propose(self, one: str, other: str) -> None:
        """Show what will be together if these two are one; nothing is merged yet."""
        first, second = await self._together(one), await self._together(other)
        if first is None or second is None or first.id == second.id:
            self.proposed.publish(None)
        else:
            self.proposed.publish(Merging(first, second))

    async def merge(self, one: str, other: str) -> None:
        """These two are one person; both keep what is theirs, and it can be undone."""
        self.proposed.publish(None)
        if one != other:
            await self._write(self._act(JOIN, other, {"into": one}))

    async def part(self, together: Together, person: str) -> None:
        """One of them is somebody else after all; the others stay one."""
        way = parting(together, person)
        acts = [self._act(UNDO, owner, {"what": what}) for owner, what in way.undone]
        acts += [self._act(JOIN, one, {"into": other}) for one, other in way.kept]
        await self._write(*acts)
