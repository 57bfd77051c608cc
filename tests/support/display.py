"""A virtual display with real windows."""

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import pytest

from tests.support.processes import ended, program


@dataclass(frozen=True)
class Display:
    """A running X display, size in pixels."""

    name: str
    width: int
    height: int

    def environment(self) -> dict[str, str]:
        """Return the environment of a program that is to open its windows there."""
        return {**os.environ, "DISPLAY": self.name, "QT_QPA_PLATFORM": "xcb"}


@contextmanager
def running_display(width: int = 1366, height: int = 768) -> Iterator[Display]:
    """Run a display on a free number for a block; skips the test where there is no Xvfb."""
    screen = ("-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-displayfd", "1")
    server = subprocess.Popen(
        [program("Xvfb"), *screen], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    with ended(server):
        assert server.stdout is not None
        # it tells its number once it can be used
        number = server.stdout.readline().strip()
        assert number, "Xvfb ended before it was ready"
        yield Display(f":{number}", width, height)


@pytest.fixture(scope="session")
def display() -> Iterator[Display]:
    """The display all tests share: 1366×768, the smallest the console has to fit."""
    with running_display() as running:
        yield running


@pytest.fixture
def open_display() -> Iterator[Callable[[int, int], Display]]:
    """Open displays of any size for one test: `open_display(1920, 1080)`."""
    with ExitStack() as opened:
        yield lambda width, height: opened.enter_context(running_display(width, height))
