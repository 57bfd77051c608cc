"""A workstation whose operator has gone: nothing begins there any more."""

import asyncio
from collections.abc import Callable

from tests.console.stand import Place, at_work


def test_what_is_wished_for_after_the_end_does_not_begin(place: Place, hire: Callable[..., str]) -> None:
    begun: list[str] = []

    async def story() -> None:
        async with at_work(place, hire()) as (seat, station):
            await seat.sign_out()

            async def work() -> None:
                begun.append("work")
                await station.journal.flush()

            before = asyncio.all_tasks()
            station.spawn(work())
            assert asyncio.all_tasks() == before

    asyncio.run(story())
    assert begun == []
