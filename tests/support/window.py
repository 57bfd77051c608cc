"""The console as a process of its own on a virtual display, worked by the robot that types and looks."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from tests.support.display import Display
from tests.support.processes import ended, program

_ROOT = Path(__file__).resolve().parents[2]
_LOOKS = 600
_BETWEEN_LOOKS = threading.Event()
_LOOK_SECONDS = 0.1
_NAMES = {"Ctrl": "ctrl", "Space": "space"}
_GRAB = """
import sys
from PySide6.QtGui import QGuiApplication
application = QGuiApplication([])
sys.exit(not application.primaryScreen().grabWindow(0).save(sys.argv[1]))
"""


def until(condition: Callable[[], object]) -> None:
    """Look again and again, a minute at most, until something is so that only looking can tell."""
    for _ in range(_LOOKS):
        if condition():
            return
        _BETWEEN_LOOKS.wait(_LOOK_SECONDS)
    raise AssertionError("what the test waits for did not come")


class RobotKeyboard:
    """Types into the window of a display that has the focus; words come by the clipboard."""

    def __init__(self, display: Display) -> None:
        self._display = display

    def press(self, *keys: str) -> None:
        """Press keys one after another, each as `Ctrl+T` is written."""
        self._robot("key", "--clearmodifiers", *(_robot_name(key) for key in keys))

    def write(self, text: str) -> None:
        """Write words in the place of what stands there."""
        self.copy(text)
        self.press("Ctrl+A", "Ctrl+V")

    def copy(self, text: str) -> None:
        """Put words on the clipboard, as another program does."""
        command = (program("xclip"), "-selection", "clipboard", "-in")
        # it stays behind to hand the words out: a pipe of ours would stay open with it
        subprocess.run(
            command,
            env=self._display.environment(),
            input=text,
            text=True,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def offered(self) -> str:
        """The kinds of what is on the clipboard: the robot offers plain UTF-8 alone, the window more."""
        command = (program("xclip"), "-selection", "clipboard", "-out", "-target", "TARGETS")
        environment = self._display.environment()
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=60, check=False
        )
        return done.stdout

    def focus(self, process: subprocess.Popen[str]) -> None:
        """Wait for the window of a process and give it the keyboard."""
        self._robot("search", "--sync", "--onlyvisible", "--pid", str(process.pid), "--name", "12356")
        found = self._robot("search", "--onlyvisible", "--pid", str(process.pid), "--name", "12356")
        self._robot("windowfocus", "--sync", found.split()[0])

    def picture(self, path: Path) -> None:
        """Leave a picture of the whole display."""
        path.parent.mkdir(parents=True, exist_ok=True)
        command = [sys.executable, "-c", _GRAB, str(path)]
        subprocess.run(command, env=self._display.environment(), check=True, timeout=60)

    def _robot(self, *order: str) -> str:
        done = subprocess.run(
            [program("xdotool"), *order],
            env=self._display.environment(),
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        return done.stdout


@contextmanager
def running_console(
    display: Display, settings: Mapping[str, str], operator: str
) -> Iterator[subprocess.Popen[str]]:
    """Run a console for a block with these settings, in the environment of the test."""
    data = Path(settings["data"])
    data.mkdir(parents=True, exist_ok=True)
    config = data / "console.toml"
    config.write_text("".join(f'{name} = "{value}"\n' for name, value in settings.items()))
    command = [sys.executable, "-m", "console", "console", "--config", str(config), "--operator", operator]
    process = subprocess.Popen(command, cwd=_ROOT, env=display.environment(), text=True)
    with ended(process):
        yield process


def _robot_name(key: str) -> str:
    parts = [_NAMES.get(part, part) for part in key.split("+")]
    last = parts[-1]
    return "+".join([*parts[:-1], last.lower() if len(last) == 1 else last])
