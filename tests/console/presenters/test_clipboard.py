"""On a real display: what this program copied is gone, what others copied stays."""

import subprocess
import sys

import pytest

from tests.support.display import Display
from tests.support.processes import ended, program
from tests.support.window import RobotKeyboard, until

pytestmark = pytest.mark.display

NUMBER = "13834400000"
# Copies a line by the keys a person presses; forgets what it copied at each line of its input.
_COPIES = f"""
import sys
from PySide6.QtCore import QSocketNotifier, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from console.presenters.clipboard import forget_copied

application = QApplication([])
line = QLineEdit("{NUMBER}")
line.show()
line.selectAll()
QTest.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)

def told():
    # A key comes behind the loss of the clipboard; what is told here comes by another way.
    others = sys.stdin.readline().strip() == "others"
    while others and application.clipboard().ownsClipboard():
        application.processEvents()
    forget_copied()
    print("forgot", flush=True)

listening = QSocketNotifier(0, QSocketNotifier.Type.Read)
listening.activated.connect(told)
print("copied", flush=True)
application.exec()
"""


def _pasted(display: Display, place: str) -> str:
    command = (program("xclip"), "-selection", place, "-out")
    told = subprocess.run(
        command, env=display.environment(), capture_output=True, text=True, timeout=60, check=False
    )
    return told.stdout


def test_what_this_program_copied_is_forgotten_and_what_others_copied_is_not(display: Display) -> None:
    copying = subprocess.Popen(
        [sys.executable, "-c", _COPIES],
        env=display.environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with ended(copying):
        assert copying.stdin
        assert copying.stdout
        assert copying.stdout.readline() == "copied\n"
        until(lambda: _pasted(display, "clipboard") == NUMBER)
        for others in ("", "words of another program"):
            if others:
                RobotKeyboard(display).copy(others)
            copying.stdin.write("others\n" if others else "own\n")
            copying.stdin.flush()
            assert copying.stdout.readline() == "forgot\n"
            assert _pasted(display, "clipboard") == others
            assert NUMBER not in _pasted(display, "primary")
