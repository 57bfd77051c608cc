"""Who stops waiting leaves nothing behind that fails later."""

import asyncio
from typing import Any

from tests.support.moments import passing, until


def test_who_stops_waiting_leaves_nothing_behind() -> None:
    async def evening() -> list[dict[str, Any]]:
        complaints: list[dict[str, Any]] = []
        loop = asyncio.get_running_loop()
        loop.set_exception_handler(lambda _, what: complaints.append(what))
        waiting = asyncio.create_task(passing(0.01))
        await passing(0.001)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        await passing(0.03)
        return complaints

    assert asyncio.run(evening()) == []


def test_it_looks_again_until_it_fits() -> None:
    looks: list[int] = []

    def fits() -> bool:
        looks.append(len(looks))
        return len(looks) == 3

    asyncio.run(until(fits))
    assert looks == [0, 1, 2]
