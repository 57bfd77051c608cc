"""The system's player and sound server as they are: what the speaker is given comes out."""

import array
import asyncio
import math
import threading
from datetime import UTC, datetime

import pytest

from console.recordings.speaker import SystemSpeaker
from models.recordings.playing import Leave
from tests.support.sound import LOUDSPEAKER, SoundSystem
from tests.support.tones import CALLER, POLICE

RATE = 8000
FORM = Leave("p", "r", datetime(2026, 1, 1, tzinfo=UTC), 2**30, RATE, 2, 1)


def tone(hertz: int) -> bytes:
    """A second of it."""
    samples = (int(8000 * math.sin(2 * math.pi * hertz * n / RATE)) for n in range(RATE))
    return array.array("h", samples).tobytes()


def test_each_tone_comes_out_as_it_is(sound_system: SoundSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in sound_system.environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PULSE_SINK", LOUDSPEAKER.lower())
    wanted, over = [CALLER], threading.Event()

    async def played() -> None:
        speaker = SystemSpeaker()
        await speaker.begin(FORM)
        while not over.is_set():
            await speaker.play(tone(wanted[0]))
        await speaker.stop()

    playing = threading.Thread(target=lambda: asyncio.run(played()))
    playing.start()
    try:
        for each in (CALLER, POLICE):
            wanted[0] = each
            sound_system.wait_hears(LOUDSPEAKER, each)
    finally:
        over.set()
        playing.join(30)
    sound_system.wait_hears(LOUDSPEAKER)
