"""A caller whom nobody took is a new call, with a recording of its own."""

import array
from functools import partial
from pathlib import Path

import pytest

from models.calls.events import Ended, Left, Offered, PartyRang, Taped, Taping
from tests.exchange.asterisk_stage import AsteriskStage
from tests.exchange.evening import play, talking
from tests.exchange.test_voices_recorded import grows, heard_in, until
from tests.support.exchange import Exchange
from tests.support.tones import CALLER, OPERATOR, tones_in

pytestmark = pytest.mark.exchange


def test_each_round_has_its_own(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        recording = stage.exchange.recording
        await stage.records()
        first = await talking(stage)
        one = (await stage.ears.until(Taped)).recording
        await grows(path_of(exchange, one), 1)
        await stage.exchange.handing.transfer(first, stage.party, "", "110")
        await stage.ears.until(PartyRang)
        await stage.party_refuses()
        await stage.ears.until(Left)
        await stage.ears.until(Ended)
        stage.ears.news.clear()
        second = (await stage.ears.until(Offered, lambda offer: offer.call != first)).call
        await stage.exchange.answer(second, stage.seat)
        taped = await stage.ears.until(Taped, lambda it: it.call == second and it.state is Taping.ON)
        assert taped.recording != one
        assert await recording.being_written() == {taped.recording}
        assert (recording.call_of(one), recording.call_of(taped.recording)) == (first, second)
        # The conversation begins with the click, the telephone picks up a little later.
        await until(partial(both_speak, path_of(exchange, taped.recording)))
        await grows(path_of(exchange, taped.recording), 1.5)
        await stage.exchange.hang_up(second)
        await stage.ears.until(Ended, lambda it: it.call == second)
        for name in (one, taped.recording):
            await until(partial(holds_both, path_of(exchange, name)))

    play(exchange, story)


def path_of(exchange: Exchange, name: str) -> Path:
    return exchange.folder / "spool/monitor" / f"{name}.wav"


def both_speak(path: Path) -> bool:
    """Whether both are heard in what was written last, while it is still being written."""
    written = path.read_bytes()[44:] if path.exists() else b""
    last = written[len(written) // 2 * 2 - 3200 :] if len(written) >= 3200 else b""
    return tones_in(array.array("h", last[: len(last) // 2 * 2]), 8000) == {CALLER, OPERATOR}


def holds_both(path: Path) -> bool:
    return {CALLER, OPERATOR} in heard_in(path)
