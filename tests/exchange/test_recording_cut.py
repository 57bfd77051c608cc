"""The exchange dies in mid-call: what was said until then is a recording like any other."""

import array
import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from models.calls.events import Taped
from server.gateway.exchange.port import LineChanged
from server.gateway.recordings.shelf import Shelf
from server.recordings.locking import Lock, unwrap
from tests.exchange.asterisk_stage import AsteriskStage
from tests.exchange.evening import connected, play, talking
from tests.exchange.stretches import stretches
from tests.exchange.test_voices_recorded import grows
from tests.support.exchange import Exchange, ExchangeUnavailable, Plan
from tests.support.tones import CALLER, OPERATOR

pytestmark = pytest.mark.exchange
RATE, SECOND = 8000, 16_000


@pytest.fixture
def own() -> Iterator[Exchange]:
    """An exchange that no other test needs."""
    try:
        real = Exchange(Plan.on_free_ports())
    except ExchangeUnavailable as trouble:
        pytest.skip(f"no exchange: {trouble}")
    try:
        real.start()
        yield real
    finally:
        real.stop()


def test_a_killed_exchange_leaves_both_voices(own: Exchange, tmp_path: Path) -> None:
    monitor = own.folder / "spool/monitor"
    private = X25519PrivateKey.generate()
    shelf = Shelf(monitor, tmp_path / "locked", "jinzhong", private.public_key())

    async def story(stage: AsteriskStage) -> None:
        await stage.records()
        await talking(stage)
        name = (await stage.ears.until(Taped)).recording
        await grows(monitor / f"{name}.wav", 3)
        assert name in await stage.exchange.recording.being_written()
        await stage.line_breaks()
        await asyncio.to_thread(own.kill)
        await stage.ears.until(LineChanged, lambda one: bool(one.problem))
        stage.ears.news.clear()
        await asyncio.to_thread(own.start)
        await stage.line_returns()
        await connected(stage)
        assert name not in await stage.exchange.recording.being_written()
        shelf.prepare()
        assert shelf.lock_away(name, stage.exchange.recording.call_of(name), shelf.plain()[name])
        names.append(name)

    names: list[str] = []
    play(own, story)
    (one,) = shelf.waiting()
    assert one.label.recording == names[0]
    with one.path.open("rb") as file:
        lock = Lock(unwrap(one.head.wrapped, one.head.label, private), one.head.label, one.label.size)
        sound = b"".join(lock.sound(file, 0, one.label.size, one.head.offset))
    assert len(sound) >= 3 * SECOND
    # The telephone of the seat picks up a little after the recording began.
    assert {CALLER, OPERATOR} in stretches(array.array("h", sound), RATE)
