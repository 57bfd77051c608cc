"""The console as it starts on a workstation where somebody signed in before; tells when it can be used."""

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from console.presenters.lean import lean

if TYPE_CHECKING:
    from PySide6.QtCore import QTimer

    from console.app import App


def main(folder: str) -> None:
    """Sign in off line, tell the moment at which the desk with its list was painted, end."""
    lean()
    from PySide6.QtCore import QTimer

    from console.session.endpoint import Endpoints
    from tests.bench.desk import make_app

    app = make_app(Path(folder), Endpoints("http://127.0.0.1:9", "ws://127.0.0.1:9"))
    looking = QTimer()
    looking.timeout.connect(lambda: _look(app, looking))
    looking.start(5)
    app.run()


def _look(app: "App", looking: "QTimer") -> None:
    from models.clock import SystemClock
    from widgets.main_window import Page

    station = app.station
    if app.window.page is Page.SIGN_IN or station is None or not station.records.records.value:
        return
    looking.stop()
    app.window.repaint()
    told = {"at": SystemClock().monotonic(), "rss_mb": _resident_kilobytes() / 1024}
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()
    app.window.let_close()
    app.qt.quit()


def _resident_kilobytes() -> int:
    status = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


if __name__ == "__main__":
    main(sys.argv[1])
