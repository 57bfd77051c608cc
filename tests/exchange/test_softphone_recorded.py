"""The recording of a call whose telephone fell and came back goes on with the operator's voice."""

import array
import asyncio
from functools import partial
from pathlib import Path

import pytest

from models.calls.events import Ended, Taped
from tests.exchange.test_softphone_gateway import Line, play
from tests.support.exchange import Exchange
from tests.support.parties import Party
from tests.support.softphone import Softphone
from tests.support.tones import CALLER, OPERATOR, tones_in
from tests.support.window import until

pytestmark = pytest.mark.exchange

CRASHES = 4
"""The new telephone counts its packets from another number of chance each time. An exchange that remembers
the one before loses the voice where the number is lower: one crash alone shows nothing half of the times."""
RATE, LATEST_BYTES = 8000, 6400  # the last 0.4 seconds
MORE_BYTES = 2 * RATE


def test_it_holds_the_operator_after_each_crash(
    exchange: Exchange, softphone: Softphone, caller: Party
) -> None:
    async def story(line: Line) -> None:
        call = await line.answered(caller)
        await asyncio.to_thread(softphone.wait_talks)
        taped = await line.ears.until(Taped)
        path = exchange.folder / "spool/monitor" / f"{taped.recording}.wav"
        await asyncio.to_thread(until, partial(both_recorded, path))
        for _ in range(CRASHES):
            await asyncio.to_thread(softphone.fall_and_return)
            size = path.stat().st_size
            await asyncio.to_thread(until, partial(grown, path, size))
            await asyncio.to_thread(until, partial(both_recorded, path))
        await line.exchange.hang_up(call)
        assert (await line.ears.until(Ended)).call == call

    exchange.ask("dialplan set global XINQIAO_RECORD yes")
    try:
        play(exchange, story)
    finally:
        exchange.ask("dialplan set global XINQIAO_RECORD no")


def grown(path: Path, size: int) -> bool:
    """Whether a second was written since: what stands at the end was said after the return."""
    return path.stat().st_size >= size + MORE_BYTES


def both_recorded(path: Path) -> bool:
    """Whether both are heard in what was written last, while it is still being written."""
    written = path.read_bytes()[44:] if path.exists() else b""
    last = written[-LATEST_BYTES:] if len(written) % 2 == 0 else b""
    return tones_in(array.array("h", last), RATE) == {CALLER, OPERATOR}
