"""How long the window stands still at most while 10,000 records come from the server behind it."""

import asyncio
import secrets
import sys
import tempfile
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

from PySide6.QtCore import Qt, QTimer

from console.session.endpoint import endpoint
from console.session.keys import open_vault
from console.session.secret_store import NoSecretStore
from console.storage.connecting import connect_reading
from console.storage.opening import open_storage
from console.storage.storage import Storage
from console.sync.accounts import Accounts, Session, Wish
from console.sync.api import ServerApi
from console.sync.pump import Pump
from models.clock import SystemClock
from models.ids import new_id
from models.operation import Operation
from tests.bench.desk import console, until
from tests.bench.figures import percentile
from tests.bench.stand import OPERATOR, PASSWORD, SEAT, Stand, stand

T = TypeVar("T")
RECORDS = 10_000
AT_ONCE = 500
BEAT_MS = 5
TEXT = "（练习）失业三个月，网贷到期，今晚独自到桥边，愿意继续通话。" * 8


class Heart:
    """Beats in the window's thread and keeps how late each beat was, in milliseconds."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self._clock = SystemClock()
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._beat)

    def start(self) -> None:
        """Beat from now on."""
        self._last = self._clock.monotonic()
        self._timer.start(BEAT_MS)

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def _beat(self) -> None:
        now = self._clock.monotonic()
        self.late.append((now - self._last) * 1000 - BEAT_MS)
        self._last = now


def measure() -> Iterator[tuple[str, float, str]]:
    """The latest beat while everything comes, from the first page to the last, and the 99th percentile."""
    with tempfile.TemporaryDirectory() as folder, stand(Path(folder)) as here:
        asyncio.run(_fill(here))
        heart = Heart()
        with console(here) as (app, station):
            vault = open_vault(here.folder / "workstation", OPERATOR, PASSWORD, NoSecretStore())
            connection = connect_reading(vault.database, vault.key)
            begun = _count(connection)
            heart.start()
            until(app, lambda: station.reach.value.up and _count(connection) >= RECORDS)
            heart.stop()
            connection.close()
    sys.stderr.write(f"{RECORDS - begun} of {RECORDS} records came in {len(heart.late)} beats\n")
    yield "gui_stall_ms_max", max(heart.late), "ms"
    yield "gui_stall_ms_p99", percentile(heart.late, 99), "ms"


def _count(connection: Any) -> int:
    """The records that are here and can be searched."""
    return int(connection.execute("SELECT count(*) FROM search_row").fetchone()[0])


async def _fill(here: Stand) -> None:
    """The operator wrote them at another workstation."""
    clock, api = SystemClock(), ServerApi(endpoint(here.endpoints.server), "xinqiao")
    session = await Accounts(api).sign_in(Wish(OPERATOR, PASSWORD, SEAT))
    if not isinstance(session, Session):
        raise RuntimeError("the server let nobody in")
    storage = open_storage(here.folder / "other.db", secrets.token_bytes(32), OPERATOR, clock)

    async def run(work: Callable[[Storage], T]) -> T:
        return work(storage)

    pump = Pump(api, run, lambda: session.ticket, clock)
    for first in range(0, RECORDS // 2, AT_ONCE):
        storage.perform([one for n in range(first, first + AT_ONCE) for one in _written(clock, n)])
    await pump.round()
    left = storage.unsent().count
    storage.close()
    await api.close()
    if left:
        raise RuntimeError(f"the server did not take {left} of the acts")


def _written(clock: SystemClock, n: int) -> Iterator[Operation]:
    """A call with its note, each some minutes before the last one."""
    call, at = new_id(), clock.now() - timedelta(minutes=7 * n)
    note = {"call": call, "site": "beijing", "form": "full", "form_version": 1, "opened_at": at.isoformat()}
    body = {"category": "C3", "values": {"complaint": TEXT}, "log": []}
    came = {"site": "beijing", "number": "13800138000", "entered_at": at.isoformat()}
    yield Operation(new_id(), "call.add", call, OPERATOR, at, came)
    yield Operation(new_id(), "note.open", call, OPERATOR, at, {**note, "body": body})
