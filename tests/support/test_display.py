"""The virtual display has the size asked for, and shows real windows that others can see."""

import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.support.display import Display
from tests.support.processes import ended, program

pytestmark = pytest.mark.display

_WINDOW = """
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
window = QLabel("心桥")
window.setWindowTitle("xinqiao-window")
window.show()
application.exec()
"""


def test_a_window_can_be_found_from_outside(display: Display) -> None:
    with ended(
        subprocess.Popen([sys.executable, "-c", _WINDOW], env=display.environment(), text=True)
    ) as process:
        search = (program("xdotool"), "search", "--sync", "--onlyvisible", "--name", "^xinqiao-window$")
        found = subprocess.run(
            search, env=display.environment(), capture_output=True, text=True, check=True, timeout=60
        )
        assert found.stdout.strip().isdigit()
        assert process.poll() is None


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
def test_a_display_has_the_size_asked_for(
    open_display: Callable[[int, int], Display], width: int, height: int
) -> None:
    opened = open_display(width, height)
    size = subprocess.run(
        [program("xdotool"), "getdisplaygeometry"],
        env=opened.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    assert size.stdout.split() == [str(width), str(height)]
