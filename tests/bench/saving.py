"""From a key to the disk, and one commit, on the real encrypted file."""

import asyncio
import secrets
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from console.notes.service import NotesService
from console.runtime.db_thread import DbThread
from console.runtime.journal import Journal
from console.runtime.problems import Problems
from console.runtime.waiting import wait_for
from console.session.identity import Identity
from console.storage.opening import open_storage
from console.storage.storage import Storage
from models.clock import SystemClock
from models.codec import to_document
from models.ids import new_id
from models.notes.note import NoteBody
from models.operation import Operation
from models.people.operator import Operator, Role
from tests.bench.figures import percentile

KEYS = 300
PAUSE_SECONDS = 0.03
COMMITS = 400
TEXT = "失业三个月，网贷到期，今晚独自到桥边。" * 10


def measure() -> Iterator[tuple[str, float, str]]:
    """The longest time a key was not on disk, and commits of a draft with its outbox row."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "zhang.db"
        yield "key_to_durable_ms_max", asyncio.run(_typing(path)), "ms"
        taken = _commits(Path(folder) / "commits.db")
    yield "commit_ms_p50", percentile(taken, 50), "ms"
    yield "commit_ms_p99", percentile(taken, 99), "ms"


async def _typing(path: Path) -> float:
    clock, db = SystemClock(), DbThread[Storage]()
    unsaved: list[float] = []
    waits: list[float] = []
    await db.open(lambda: open_storage(path, secrets.token_bytes(32), "zhang", clock))

    async def perform(operations: Sequence[Operation]) -> None:
        await db.run(lambda storage: storage.perform(operations))

    journal = Journal(perform, Problems(clock), lambda: None)
    writing = asyncio.create_task(journal.run())
    me = Identity(Operator("zhang", "张", "", "beijing", (Role.OPERATOR,)), "1001", "", b"", False)
    notes = NotesService(journal, clock, asyncio.get_running_loop().call_later, me, ("full", 1))
    notes.open_for("call")

    def saved(desk: object) -> None:
        if getattr(desk, "saved_at", None):
            waits.extend(clock.monotonic() - at for at in unsaved)
            unsaved.clear()

    notes.desk.watch(saved)
    for n in range(KEYS):
        unsaved.append(clock.monotonic())
        notes.edit("complaint", TEXT[: n % len(TEXT)])
        await wait_for(asyncio.Event(), PAUSE_SECONDS)
    notes.leave()
    await journal.flush()
    writing.cancel()
    db.stop(lambda storage: storage.close())
    return max(waits) * 1000


def _commits(path: Path) -> list[float]:
    clock = SystemClock()
    storage = open_storage(path, secrets.token_bytes(32), "zhang", clock)
    note, taken = new_id(), list[float]()
    opened: dict[str, object] = {"call": "c", "site": "beijing", "form": "full", "form_version": 1}
    opened["opened_at"] = clock.now().isoformat()
    storage.perform([Operation(new_id(), "note.open", note, "zhang", clock.now(), opened)])
    for n in range(COMMITS):
        body = to_document(NoteBody("C3", {"complaint": TEXT[:n]}))
        before = clock.monotonic()
        storage.perform([Operation(new_id(), "note.draft.put", note, "zhang", clock.now(), body)])
        taken.append((clock.monotonic() - before) * 1000)
    storage.close()
    return taken
