"""The thread that reads for the search, beside the one that writes."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from console.storage.entering import Place

if TYPE_CHECKING:
    from console.storage.finding import Finder

T = TypeVar("T")


class Reading:
    """Begins with the first question; the file is open from then until it is released."""

    def __init__(self, place: Place) -> None:
        self._place = place
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search")
        self._finder: Finder | None = None

    async def ask(self, question: Callable[["Finder"], T]) -> T:
        """The answer to a question. Raises StorageError where the file cannot be read."""
        return await asyncio.get_running_loop().run_in_executor(self._worker, self._answer, question)

    async def release(self) -> None:
        """Let the file go, so that another one can take its place; the next question opens it again."""
        if self._finder is not None:
            await asyncio.get_running_loop().run_in_executor(self._worker, self._finder.close)

    async def stop(self) -> None:
        """Let the file go and end the thread."""
        await self.release()
        self._worker.shutdown()

    def _answer(self, question: Callable[["Finder"], T]) -> T:
        if self._finder is None:
            # The database library is there by now, as somebody is signed in.
            from console.storage.finding import Finder

            self._finder = Finder(self._place.path, self._place.key, self._place.operator)
        return question(self._finder)
