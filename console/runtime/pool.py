"""The small pool for stateless calls that block: key derivation, secret store, name look-up."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


class Pool:
    """Two workers at most."""

    def __init__(self) -> None:
        self._workers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="pool")

    async def run(self, work: Callable[[], T]) -> T:
        """Do one blocking call; raises what it raises."""
        return await asyncio.get_running_loop().run_in_executor(self._workers, work)

    def stop(self) -> None:
        """Finish what runs, end the workers."""
        self._workers.shutdown()
