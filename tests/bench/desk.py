"""The real console, in this process, signed in at a stand."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer

from console.app import App, Given
from console.session.endpoint import Endpoints
from console.session.secret_store import NoSecretStore
from console.settings import Settings
from console.workstation import Workstation
from models.clock import SystemClock
from models.shifts.duty import DutyState
from tests.bench.stand import OPERATOR, PASSWORD, SEAT, Stand

T = TypeVar("T")
PATIENCE_MS = 30_000
LOOK_MS = 10


@contextmanager
def console(stand: Stand) -> Iterator[tuple[App, Workstation]]:
    """A console whose seat is ready for calls."""
    app = make_app(stand.folder / "workstation", stand.endpoints)
    app.start()
    try:
        station = until(app, lambda: app.station)
        until(app, lambda: station.reach.value.up)
        app.bridge.wish(lambda: station.spawn(station.set_duty(DutyState.READY, None)))
        until(app, lambda: station.shifts.view.value.mine)
        yield app, station
    finally:
        app.window.let_close()
        app.stop()


def make_app(data: Path, endpoints: Endpoints) -> App:
    """A console that signs in by itself."""
    settings = Settings(seat=SEAT, data=str(data))
    given = Given(operator=OPERATOR, password=lambda: PASSWORD)
    return App(settings, lambda: endpoints, NoSecretStore(), SystemClock(), given)


def until(app: App, condition: Callable[[], T | None]) -> T:
    """Run the window until something is so."""
    deadline, looking = QDeadlineTimer(PATIENCE_MS), QTimer()
    # The thread sleeps between looks: a busy one would take the interpreter away from the io thread.
    looking.start(LOOK_MS)
    while not deadline.hasExpired():
        found = condition()
        if found:
            return found
        app.qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    raise TimeoutError("what is measured did not happen")
