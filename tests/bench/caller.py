"""A caller with 500 earlier calls is opened: from the wish to the painted page, the file freshly opened."""

import asyncio
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from typing import TypeVar

from PySide6.QtWidgets import QApplication

from console.cases.service import CasesService
from console.presenters.case_views import person_view
from console.session.identity import Identity
from console.storage.opening import open_storage
from console.storage.storage import Storage
from models.clock import ManualClock
from models.ids import new_id
from models.operation import Operation
from models.people.operator import Operator, Role
from resources.texts import use_language
from tests.bench.figures import percentile
from widgets.cases.page import PersonPage
from widgets.theme import PALETTES, apply_theme

CALLS, OTHERS, ROUNDS = 500, 2000, 12
KEY = bytes(range(32))
ME = Operator("zhang", "张", "psychiatrist", "jinzhong", (Role.OPERATOR,))
WORDS = "练习：来电者说这几天睡不着，担心家里人；约好明天再打来。" * 8
T = TypeVar("T")


class _Disk:
    """The storage as the service asks it, without a thread between."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    def write(self, *operations: Operation, urgent: bool = False) -> None:
        self._storage.perform(operations)

    async def flush(self) -> None:
        """All of it is on disk already."""

    async def run(self, work: Callable[[Storage], T], /) -> T:
        return work(self._storage)


def measure() -> Iterator[tuple[str, float, str]]:
    """The slowest of some openings, each on a file that was just opened, in ms."""
    app = QApplication.instance() or QApplication([])
    assert isinstance(app, QApplication)
    use_language("zh_CN")
    apply_theme(app, PALETTES["light"])
    with tempfile.TemporaryDirectory() as folder:
        path, clock = Path(folder) / "zhang.db", ManualClock()
        storage = open_storage(path, KEY, ME.id, clock)
        person = _fill(storage, clock)
        storage.close()
        taken = [_opened(app, path, clock, person) for _ in range(ROUNDS)]
    yield "caller_500_ms", percentile(taken, 100), "ms"


def _opened(app: QApplication, path: Path, clock: ManualClock, person: str) -> float:
    storage = open_storage(path, KEY, ME.id, clock)
    disk, identity = _Disk(storage), Identity(ME, "1001", "", b"s" * 32, practice=True)
    cases = CasesService(disk, clock, identity, disk.run, lambda _: None)
    page = PersonPage()
    page.resize(1040, 700)
    page.show()
    app.processEvents()
    before = perf_counter()
    asyncio.run(cases.open(person))
    opened = cases.opened.value
    assert opened is not None
    page.show_person(person_view(opened, ME, clock.now()))
    page.repaint()
    app.processEvents()
    seconds = perf_counter() - before
    assert len(opened.happened) >= CALLS
    assert all(one.note for one in opened.happened if one.part)
    page.close()
    page.deleteLater()
    storage.close()
    return seconds * 1000


def _fill(storage: Storage, clock: ManualClock) -> str:
    person = new_id()
    storage.perform([_act(clock, "person.add", person, site="jinzhong", alias="练习者", code_word="海棠")])
    storage.perform([_act(clock, "person.tie", person, caller="a" * 64)])
    for _ in range(CALLS):
        clock.forward(timedelta(hours=20).total_seconds())
        storage.perform(list(_call(clock, person)))
    others = [
        _act(clock, "person.add", new_id(), site="jinzhong", alias=f"练习者 {n}") for n in range(OTHERS)
    ]
    storage.perform(others)
    return person


def _call(clock: ManualClock, person: str) -> Iterator[Operation]:
    """A call with its note and assessment, and what everybody may know of it."""
    call, note, now = new_id(), new_id(), clock.now().isoformat()
    place = {"call": call, "site": "jinzhong"}
    yield _act(
        clock, "call.add", call, site="jinzhong", number="13800138000", entered_at=now, ended_at=now, end="E1"
    )
    yield _act(clock, "note.open", note, **place, form="full", form_version=1, opened_at=now)
    body = {"category": "C1", "values": {"complaint": WORDS}, "log": []}
    yield _act(clock, "note.draft.put", note, **body)
    yield _act(clock, "risk.answer", note, **place, note=note, n=1, item="ideation_2w", state="yes")
    yield _act(clock, "person.meet", person, call=call, part="self", call_at=now)
    told = {"call": call, "assessment": note, "seconds": 900, "level": "R2", "peak": "R2", "seen": []}
    yield _act(clock, "person.tell", person, **told)


def _act(clock: ManualClock, kind: str, target: str, **body: object) -> Operation:
    return Operation(new_id(), kind, target, ME.id, clock.now(), body)
