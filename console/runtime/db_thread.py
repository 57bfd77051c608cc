"""The db thread: the one owner of the local database."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

from console.runtime.journal import DiskTrouble

S = TypeVar("S")
T = TypeVar("T")


class DbThread(Generic[S]):
    """One worker that opens a storage and does all work on it, in order."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="db")
        self._storage: S | None = None
        self.troubles: list[Callable[[str], None]] = []
        """Hear the code of every trouble with the disk, on the loop that asked for the work."""

    async def open(self, opening: Callable[[], S]) -> None:
        """Open the storage on this thread; what the opening raises is raised here."""
        self._storage = await asyncio.get_running_loop().run_in_executor(self._worker, opening)

    async def run(self, work: Callable[[S], T]) -> T:
        """Do one piece of work with the storage; raises what the work raises."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._worker, self._with_storage, work)
        except DiskTrouble as trouble:
            for heard in self.troubles:
                heard(trouble.code)
            raise

    async def exchange(self, work: Callable[[S], S]) -> None:
        """Put what the work makes of the storage in its place; if the work fails, the former one stays."""
        self._storage = await self.run(work)

    def stop(self, closing: Callable[[S], None]) -> None:
        """Finish what is queued, close the storage, end the thread."""
        if self._storage is not None:
            self._worker.submit(closing, self._storage).result()
            self._storage = None
        self._worker.shutdown()

    def _with_storage(self, work: Callable[[S], T]) -> T:
        if self._storage is None:
            raise RuntimeError("the storage is not open")
        return work(self._storage)
