"""The db thread: the one owner of the local database."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Generic, TypeVar

S = TypeVar("S")
T = TypeVar("T")


class DbThread(Generic[S]):
    """One worker that opens a storage and does all work on it, in order."""

    def __init__(self) -> None:
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="db")
        self._storage: S | None = None

    async def open(self, opening: Callable[[], S]) -> None:
        """Open the storage on this thread; what the opening raises is raised here."""
        self._storage = await asyncio.get_running_loop().run_in_executor(self._worker, opening)

    async def run(self, work: Callable[[S], T]) -> T:
        """Do one piece of work with the storage; raises what the work raises."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, self._with_storage, work)

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
