"""Before the first window nothing heavy is imported: that is what makes the program start in a second."""

import os
import subprocess
import sys
from pathlib import Path

from tests.structure.project import ROOT

_HEAVY = (
    "sqlalchemy",
    "sqlcipher3",
    "alembic",
    "pydantic",
    "pyqtgraph",
    "phonenumbers",
    "matplotlib",
    "httpx2",
    "html",
    "difflib",
)
_WINDOW = """
import sys
from pathlib import Path
from console.app import App, Given
from console.session.endpoint import Endpoints
from console.session.secret_store import NoSecretStore
from console.settings import Settings
from models.clock import SystemClock

places = lambda: Endpoints("http://127.0.0.1:1", "ws://127.0.0.1:1")
app = App(Settings(data=sys.argv[1]), places, NoSecretStore(), SystemClock(), Given())
app.start()
app.qt.processEvents()
print(*sorted({name.partition(".")[0] for name in sys.modules}))
app.window.let_close()
app.stop()
"""


def test_the_first_window_needs_nothing_heavy(tmp_path: Path) -> None:
    shown = subprocess.run(
        [sys.executable, "-c", _WINDOW, str(tmp_path)],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    imported = set(shown.stdout.split())
    assert "PySide6" in imported
    assert not imported & set(_HEAVY)
