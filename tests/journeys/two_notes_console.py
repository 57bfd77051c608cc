"""A console at which two people's notes are written side by side until it is killed."""

import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from console.app import App, Given
from console.session.endpoint import Endpoints
from console.session.secret_store import NoSecretStore
from console.settings import Settings
from models.calls.call import CallState
from models.clock import SystemClock
from tests.journeys.two_notes import DAUGHTER, MOTHER, Side
from tests.journeys.typing_console import PATIENCE_MS, shown, tell
from tests.support.hotline import PASSWORD, SITE


def work(app: App) -> None:
    """Sign in, write both notes as far as the kill, and go on waiting."""

    def until(condition: Callable[[], object]) -> None:
        deadline, looking = QDeadlineTimer(PATIENCE_MS), QTimer()
        looking.start(10)
        while not condition():
            if deadline.hasExpired():
                raise TimeoutError(f"stuck: {shown(app.window)}")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    side = Side(app, until)
    app.window.activateWindow()
    until(app.window.isActiveWindow)
    side.keys.write(PASSWORD)
    side.keys.press("Return")
    until(lambda: app.station)
    side.ready()
    tell(rings=MOTHER)
    side.mother_calls()
    tell(hangs_up=MOTHER)
    until(lambda: side.state(MOTHER) is CallState.ENDED)
    side.ready()
    tell(rings=DAUGHTER)
    side.daughter_calls()
    side.back_and_forth()
    side.saved()
    tell(saved=True)
    until(lambda: False)


def main() -> None:
    """Run: server, gateway, folder of the workstation, operator."""
    server, gateway, data, operator = sys.argv[1:]
    Path(data).mkdir(parents=True, exist_ok=True)
    settings = Settings(seat="1001", site=SITE, data=data)
    app = App(settings, lambda: Endpoints(server, gateway), NoSecretStore(), SystemClock(), Given(operator))
    app.start()
    try:
        work(app)
    finally:
        app.stop()


if __name__ == "__main__":
    main()
