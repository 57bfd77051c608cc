"""The gateway dies whenever it likes, its disk comes from an image, its disk is full: no call is lost."""

import asyncio
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from random import Random
from threading import Timer

import pytest

from models.calls.call import Call, CallState
from models.calls.witnessing import Seen
from models.clock import SystemClock
from models.ids import new_id
from models.people.operator import GATEWAY
from server.central.config import GATEWAY_FILE
from server.gateway.storage.outbox import Outbox
from server.gateway.sync.recorder import Recorder
from server.gateway.sync.recording import recording
from tests.support.callbook import Callbook, callbook
from tests.support.processes import ended
from tests.support.soak import runs

GIVE_UP = 120
_ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def book(tmp_path: Path) -> Callbook:
    return callbook(tmp_path / "hotline")


@contextmanager
def life(book: Callbook, seed: int) -> Iterator[subprocess.Popen[str]]:
    command = [
        sys.executable,
        "-m",
        "tests.faults.killing.gateway",
        str(book.folder / GATEWAY_FILE),
        str(seed),
    ]
    pipe = subprocess.PIPE
    with ended(subprocess.Popen(command, cwd=_ROOT, stdout=pipe, stderr=pipe, text=True)) as process:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
        yield process


def kept(book: Callbook) -> tuple[set[str], int]:
    """The calls that go on by the gateway's own disk, and how many acts wait there."""
    account = book.settings().account
    assert account
    outbox = Outbox(account.outbox, account.outbox_key, GATEWAY)
    try:
        return {call.id for call in outbox.living()}, outbox.waiting()
    finally:
        outbox.close()


def all_over(calls: dict[str, Call]) -> bool:
    return bool(calls) and {call.state for call in calls.values()} == {CallState.ENDED}


def test_the_gateway_is_killed_whenever_it_likes(book: Callbook) -> None:
    random = Random(runs(1, 2))
    over: set[str] = set()
    living: set[str] = set()
    with ExitStack() as stack:
        for number in range(1, runs(5, 100)):
            if number == runs(3, 50):
                stack.enter_context(book.running("server"))
            with life(book, number) as process:
                assert process.stdout
                over |= {process.stdout.readline().strip() for _ in range(random.randrange(2, 40))}
                Timer(random.uniform(0, 0.1), process.kill).start()
                over |= {line.strip() for line in process.stdout if line.endswith("\n")}
            living |= kept(book)[0]
        with life(book, 0):
            calls = asyncio.run(_shown(book, over | living))
    assert len(over) > runs(5, 100)
    assert all(call.number and call.entered_at and call.site for call in calls.values())
    acts = book.acts()
    assert {act.outcome for act in acts} == {"applied"}
    assert max(Counter(act.op for act in acts).values()) == 1
    assert kept(book)[0] == set()


@pytest.mark.expects_log("the server was restored|calls cannot be handed")
def test_a_disk_from_an_image_and_a_server_from_nothing(book: Callbook, tmp_path: Path) -> None:
    """Numbers are used again after the image was put back; the new server asks for what it never had."""
    path = book.folder / "outbox.db"

    async def ring(count: int) -> None:
        async with recording(book.settings(), None, SystemClock()) as recorder:
            assert recorder
            known = await asyncio.to_thread(book.calls)
            _ring(recorder, count)
            await book.shows(lambda calls: len(calls) == len(known) + count)

    with book.running("server"):
        asyncio.run(ring(3))
        shutil.copy(path, tmp_path / "image")
        asyncio.run(ring(3))
        shutil.copy(tmp_path / "image", path)
        asyncio.run(ring(3))
        assert len(book.calls()) == 9
    for name in ("central.sqlite3*", "keys.sqlite3*"):
        for file in book.folder.glob(name):
            file.unlink()

    async def ring_again() -> None:
        async with asyncio.timeout(GIVE_UP), recording(book.settings(), None, SystemClock()) as recorder:
            assert recorder
            _ring(recorder, 1)
            # What the first image did not hold any more is with nobody but the gateway's own last disk.
            await book.shows(lambda calls: len(calls) == 7)
            # The next one leaves after the answer to these was read to its end, with what was said of it.
            _ring(recorder, 1)
            await book.shows(lambda calls: len(calls) == 8)

    with book.running("server"):
        asyncio.run(ring_again())


@pytest.mark.expects_log("calls cannot be written")
def test_a_full_disk_stops_no_telephone_and_loses_no_call(book: Callbook) -> None:
    async def story() -> None:
        async with asyncio.timeout(GIVE_UP), recording(book.settings(), None, SystemClock()) as recorder:
            assert recorder
            _ring(recorder, 1)
            await book.shows(lambda calls: len(calls) == 1)
            await recorder.do(lambda outbox: _limit(outbox, 2))
            _ring(recorder, 200)
            while not recorder._failed:
                await asyncio.to_thread(_nothing)
            _ring(recorder, 200)
            assert len(await asyncio.to_thread(book.calls)) == 1
            await recorder.do(lambda outbox: _limit(outbox, 100_000))
            await book.shows(lambda calls: len(calls) == 401)
        assert max(Counter(act.op for act in book.acts()).values()) == 1

    with book.running("server"):
        asyncio.run(story())


def _ring(recorder: Recorder, count: int) -> None:
    now = SystemClock().now()
    for _ in range(count):
        call = Call(new_id(), "jinzhong", "13800000001", "12356", entered_at=now)
        recorder.hear(Seen(call, now))


def _limit(outbox: Outbox, more: int) -> None:
    (pages,) = outbox._connection.execute("PRAGMA page_count").fetchone()
    outbox._connection.execute(f"PRAGMA max_page_count = {pages + more}")


def _nothing() -> None:
    """Lets a turn pass."""


async def _shown(book: Callbook, wanted: set[str]) -> dict[str, Call]:
    async with asyncio.timeout(GIVE_UP):
        return await book.shows(lambda calls: wanted <= calls.keys() and all_over(calls))
