"""The io thread: one asyncio loop for gateway, server, timers, services and their stores."""

import asyncio
import sys
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

T = TypeVar("T")
YIELD_SECONDS = 0.0005
"""So long a thread keeps the interpreter from another that waits for it.

Python's own 5 ms are a third of what a key may take: the window would wait as long each time it comes back
from Qt while a thread behind it counts or reads.
"""


class IoThread:
    """Runs coroutines off the GUI thread; never touches Qt, never runs SQL itself."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._work, name="io")

    def start(self) -> None:
        """Start the loop; from now on no thread keeps the window waiting for long."""
        sys.setswitchinterval(YIELD_SECONDS)
        self._thread.start()

    def run(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        """Run a coroutine on the loop; its exception goes to the loop's exception hook when nobody asks."""
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def call(self, function: Callable[..., object], *arguments: object) -> None:
        """Call a plain function on the loop, soon."""
        self.loop.call_soon_threadsafe(function, *arguments)

    def stop(self) -> None:
        """Cancel what runs, wait for it, end the thread."""
        if not self._thread.is_alive():
            self.loop.close()
            return
        self.run(self._cancel_all()).result()
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    def _work(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    async def _cancel_all(self) -> None:
        others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        await self.loop.shutdown_asyncgens()
