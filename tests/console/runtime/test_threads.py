import asyncio
import threading

import pytest

from console.runtime.db_thread import DbThread
from console.runtime.io_thread import IoThread
from console.runtime.pool import Pool


def test_the_io_thread_runs_coroutines_and_cancels_what_is_left() -> None:
    io, cancelled = IoThread(), threading.Event()
    io.start()

    async def where() -> str:
        return threading.current_thread().name

    async def for_ever() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            cancelled.set()

    assert io.run(where()).result(5) == "io"
    started = io.run(for_ever())
    io.run(where()).result(5)
    io.stop()
    assert cancelled.is_set()
    assert started.cancelled()


def test_an_io_thread_that_never_started_can_be_stopped() -> None:
    IoThread().stop()


def test_the_storage_is_opened_used_and_closed_on_one_thread_in_order() -> None:
    db: DbThread[list[str]] = DbThread()
    seen: list[str] = []

    def note(what: str) -> None:
        seen.append(f"{what} {threading.current_thread().name.partition('_')[0]}")

    def opening() -> list[str]:
        note("open")
        return []

    async def keep(n: int) -> None:
        await db.run(lambda storage: storage.append(str(n)))

    async def work() -> None:
        await db.open(opening)
        await asyncio.gather(*map(keep, range(5)))
        assert await db.run(list) == ["0", "1", "2", "3", "4"]

    asyncio.run(work())
    db.stop(lambda storage: note("close"))
    assert seen == ["open db", "close db"]


def test_what_the_storage_raises_is_raised_to_the_asker() -> None:
    db: DbThread[None] = DbThread()

    async def work() -> None:
        await db.run(lambda storage: storage)

    with pytest.raises(RuntimeError, match="not open"):
        asyncio.run(work())
    db.stop(lambda storage: None)


def test_the_pool_lends_a_worker() -> None:
    pool = Pool()
    name = asyncio.run(pool.run(lambda: threading.current_thread().name))
    pool.stop()
    assert name.startswith("pool")
