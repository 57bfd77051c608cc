"""From the start of the program to the first usable window over 10,000 records, and its memory."""

import json
import sys
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

from console.session.keys import open_vault
from console.session.profile import Profile, save
from console.session.secret_store import NoSecretStore
from console.storage.opening import open_storage
from console.storage.values import FeedItem, Page
from models.calls.call import Call
from models.clock import SystemClock
from models.codec import to_document
from models.notes.note import Note, NoteBody, NoteState
from models.people.operator import Operator, Role
from tests.bench.figures import percentile
from tests.bench.running import process
from tests.bench.stand import OPERATOR, PASSWORD

RECORDS = 10_000
PAGE = 500
ROUNDS = 5
_END_SECONDS = 60


def measure() -> Iterator[tuple[str, float, str]]:
    """The median of five starts in seconds, and the largest resident memory in MB."""
    with tempfile.TemporaryDirectory() as folder:
        _fill(Path(folder))
        told = starts(folder, ROUNDS)
    yield "start_to_window_s", percentile([seconds for seconds, _ in told], 50), "s"
    yield "console_rss_mb", max(megabytes for _, megabytes in told), "MB"


def starts(folder: str, rounds: int) -> list[tuple[float, float]]:
    """Seconds from the start of the program to its window over a filled folder, and its memory in MB.

    The very first start, which compiles the program, is not told.
    """
    with tempfile.TemporaryDirectory() as bytecode:
        _start(folder, bytecode)
        return [_start(folder, bytecode) for _ in range(rounds)]


def _start(folder: str, bytecode: str) -> tuple[float, float]:
    clock = SystemClock()
    before = clock.monotonic()
    with process("-m", "tests.bench.start_process", folder, bytecode=bytecode) as program:
        for line in program.stdout or ():
            told = json.loads(line)
            # Let it close its file: after an unclean end the next start would check the whole of it first.
            program.wait(_END_SECONDS)
            return told["at"] - before, told["rss_mb"]
    raise RuntimeError("the console did not show its window")


def _fill(folder: Path) -> None:
    clock, me = SystemClock(), Operator(OPERATOR, "张医生", "psychiatrist", "beijing", (Role.OPERATOR,))
    vault = open_vault(folder, OPERATOR, PASSWORD, NoSecretStore())
    profile = Profile(me, "", clock.now(), "c2VjcmV0", "refresh")
    save(folder / f"{OPERATOR}.profile", vault.key, profile)
    storage = open_storage(vault.database, vault.key, OPERATOR, clock)
    for first in range(0, RECORDS, PAGE):
        items = tuple(item for n in range(first, first + PAGE) for item in _record(n, clock))
        storage.apply_page(Page(items, {"op:zhang": 2 * (first + PAGE)}, False, ("op:zhang",), {}, "epoch"))
    storage.close()
    sys.stderr.write(f"{RECORDS} records in {vault.database.stat().st_size // 1024} KiB\n")


def _record(n: int, clock: SystemClock) -> tuple[FeedItem, FeedItem]:
    at = clock.now() - timedelta(minutes=7 * n)
    call = Call(f"{n:032x}", "beijing", f"138{n:08d}", "12356", entered_at=at, seat="1001", answered_at=at)
    body = NoteBody(
        "C3", {"complaint": f"（练习）第 {n} 条，失业三个月，愿意继续通话。", "problem_main": "P11"}
    )
    note = Note(f"{n + RECORDS:032x}", call.id, OPERATOR, "beijing", "full", 1, at, body, NoteState.FINISHED)
    return (
        FeedItem("op:zhang", 2 * n + 1, "call", call.id, 1, to_document(call)),
        FeedItem("op:zhang", 2 * n + 2, "note", note.id, 1, to_document(note)),
    )
