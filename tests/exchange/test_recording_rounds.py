"""A caller whom nobody took is a new call, with a recording of its own that holds both voices."""

import array
from functools import partial
from pathlib import Path

import pytest

from models.calls.events import Ended, Offered, PartyRang, Taped, Taping
from tests.exchange.asterisk_stage import AsteriskStage
from tests.exchange.evening import play, talking
from tests.exchange.stretches import holds
from tests.exchange.test_voices_recorded import grows
from tests.support.exchange import Exchange
from tests.support.moments import until
from tests.support.tones import CALLER, OPERATOR, tones_in

pytestmark = pytest.mark.exchange

ROUNDS = 4
"""The telephone of the seat counts its packets from another number of chance each time. An exchange that
remembers the one before loses the voice where the number is lower: one round alone shows nothing half of the
times."""


def test_each_round_has_its_own(exchange: Exchange) -> None:
    async def story(stage: AsteriskStage) -> None:
        recording = stage.exchange.recording
        await stage.records()
        call = await talking(stage)
        tapes = {call: (await stage.ears.until(Taped)).recording}
        await grows(path_of(exchange, tapes[call]), 1)
        for _ in range(ROUNDS):
            call = await comes_again(stage, call, tapes)
            assert await recording.being_written() == {tapes[call]}
            # The conversation begins with the click, the telephone picks up a little later.
            await until(partial(both_speak, path_of(exchange, tapes[call])))
        await grows(path_of(exchange, tapes[call]), 1.5)
        await stage.exchange.hang_up(call)
        await stage.ears.until(Ended, lambda it: it.call == call)
        assert len(set(tapes.values())) == ROUNDS + 1
        for call, name in tapes.items():
            assert recording.call_of(name) == call
            await until(partial(holds_both, path_of(exchange, name)))

    play(exchange, story)


async def comes_again(stage: AsteriskStage, call: str, tapes: dict[str, str]) -> str:
    """Given away to somebody who is busy, offered anew, answered and recorded; the id of the new call."""
    await stage.exchange.handing.transfer(call, stage.party, "", "110")
    await stage.ears.until(PartyRang, lambda it: it.call == call)
    await stage.party_refuses()
    await stage.ears.until(Ended, lambda it: it.call == call)
    again = (await stage.ears.until(Offered, lambda it: it.call not in tapes)).call
    await stage.exchange.answer(again, stage.seat)
    taped = await stage.ears.until(Taped, lambda it: it.call == again and it.state is Taping.ON)
    tapes[again] = taped.recording
    return again


def path_of(exchange: Exchange, name: str) -> Path:
    return exchange.folder / "spool/monitor" / f"{name}.wav"


def both_speak(path: Path) -> bool:
    """Whether both are heard in what was written last, while it is still being written."""
    written = path.read_bytes()[44:] if path.exists() else b""
    last = written[len(written) // 2 * 2 - 3200 :] if len(written) >= 3200 else b""
    return tones_in(array.array("h", last[: len(last) // 2 * 2]), 8000) == {CALLER, OPERATOR}


def holds_both(path: Path) -> bool:
    return holds(path, CALLER, OPERATOR)
