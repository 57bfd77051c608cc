"""A console that somebody types into until it is killed; it tells which words the screen called saved."""

import json
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QPlainTextEdit, QWidget

from console.app import App, Given
from console.session.endpoint import Endpoints
from console.session.secret_store import NoSecretStore
from console.settings import Settings
from models.clock import SystemClock
from resources.texts import t
from tests.support.hotline import PASSWORD, SITE
from tests.support.keyboard import QtKeyboard

PATIENCE_MS = 60_000
PIECE = "又说了一句。"


class Typist:
    """Signs in, answers, and writes the complaint without end."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._keys = QtKeyboard(app.window)

    def work(self) -> None:
        """Type until killed."""
        app, keys = self._app, self._keys
        app.window.activateWindow()
        self._until(app.window.isActiveWindow)
        keys.write(PASSWORD)
        keys.press("Return")
        self._until(lambda: app.station and app.station.shifts.view.value.mine)
        keys.press("F6")
        tell(ready=True)
        self._until(lambda: "138****0000" in shown(self._app.window))
        keys.press("F2")
        self._until(lambda: app.parts.note.note)
        keys.press("Ctrl+J", "Home", "Down", "Down", "Down")
        self._until(lambda: t("notes.category_first") not in shown(self._app.window))
        keys.press("Ctrl+2", "Ctrl+J")
        self._write()

    def _write(self) -> None:
        """Each time words are called saved, some more are on their way at once."""
        note = self._app.parts.note
        while True:
            self._keys.add(PIECE)
            self._until(lambda: t("notes.save_waiting") in shown(note))
            self._until(lambda: t("notes.save_saved", detail="") in shown(note))
            field = QApplication.focusWidget()
            assert isinstance(field, QPlainTextEdit)
            tell(saved=field.toPlainText())

    def _until(self, condition: Callable[[], object]) -> None:
        deadline, looking = QDeadlineTimer(PATIENCE_MS), QTimer()
        looking.start(10)
        while not condition():
            if deadline.hasExpired():
                raise TimeoutError(f"stuck: {shown(self._app.window)}")
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def shown(part: QWidget) -> str:
    """The words in a part of the window."""
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())


def tell(**told: str | bool) -> None:
    """One line for whoever is going to kill this program."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def main() -> None:
    """Run: server, gateway, folder of the workstation, operator."""
    server, gateway, data, operator = sys.argv[1:]
    settings = Settings(seat="1001", site=SITE, data=data)
    Path(data).mkdir(parents=True, exist_ok=True)
    app = App(settings, lambda: Endpoints(server, gateway), NoSecretStore(), SystemClock(), Given(operator))
    app.start()
    try:
        Typist(app).work()
    finally:
        app.stop()


if __name__ == "__main__":
    main()
