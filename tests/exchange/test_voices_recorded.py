"""What the recording of a real exchange holds: both voices, and silence in the pause."""

from pathlib import Path

import pytest

from models.calls.events import Ended, Joined, Taped, Taping
from tests.exchange.asterisk_stage import AsteriskStage
from tests.exchange.evening import play, talking
from tests.exchange.stretches import stretches_of
from tests.support.exchange import Exchange
from tests.support.moments import until
from tests.support.parties import CALLER_NUMBER
from tests.support.tones import CALLER, NOTICE, OPERATOR, POLICE

pytestmark = pytest.mark.exchange

SECOND = 16_000  # bytes of 16-bit sound at 8 kHz


async def grows(path: Path, seconds: float) -> None:
    """Wait until so much more was recorded."""
    size = path.stat().st_size if path.exists() else 0
    await until(lambda: path.exists() and path.stat().st_size >= size + seconds * SECOND)


def test_the_file_holds_both_voices_and_silence_in_the_pause(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await stage.records()
        call = await talking(stage)
        name = (await stage.ears.until(Taped)).recording
        path = exchange.folder / "spool/monitor" / f"{name}.wav"
        await grows(path, 2)
        await stage.exchange.recording.tape(call, False)
        paused = await stage.ears.until(Taped, lambda one: one.state is Taping.PAUSED)
        await grows(path, 2)
        await stage.exchange.recording.tape(call, True)
        await stage.ears.until(Taped, lambda one: one.state is Taping.ON and one.at > paused.at)
        await grows(path, 2)
        await stage.joined(call)
        await stage.ears.until(Joined)
        await stage.hears(stage.caller, OPERATOR, POLICE)
        await grows(path, 2)
        await stage.exchange.hang_up(call)
        assert (await stage.ears.until(Taped, lambda one: one.state is Taping.OFF)).recording == name
        await stage.ears.until(Ended)
        both, three = {CALLER, OPERATOR}, {CALLER, OPERATOR, POLICE}
        await until(lambda: stretches_of(path)[-1:] == [three])
        assert stretches_of(path) == [both, set(), both, three]

    play(exchange, story)


def test_the_caller_is_told_before(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        await stage.records()
        await stage.ring(CALLER_NUMBER)
        await stage.hears(stage.caller, NOTICE)

    play(exchange, story)
