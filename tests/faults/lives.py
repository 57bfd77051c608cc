"""A central server that lives, dies and lives again at the same address."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.faults.dying_server import LAST_WORD, WORD
from tests.support.processes import ended
from tests.support.said import heard

_ROOT = Path(__file__).resolve().parents[2]


class Lives:
    """The server's lives; each is a process of its own."""

    def __init__(self, folder: Path, process: subprocess.Popen[str]) -> None:
        self._word, self._last_word = folder / WORD, folder / LAST_WORD
        self._process = process
        self._pid = 0

    def begin(self) -> None:
        """Start the server and wait until it can be used."""
        self._word.unlink(missing_ok=True)
        if self._pid:
            self._await_end()
        assert self._process.stdin
        self._process.stdin.write("\n")
        self._process.stdin.flush()
        told = {**self._told(), **self._told()}
        self._pid = int(told["pid"])
        assert told["ready"] == "server"

    def die_at(self, step: int) -> None:
        """Let the next push die at this step."""
        self._word.write_text(str(step))

    def died_at(self) -> str:
        """The step at which the last push died."""
        return self._last_word.read_text()

    def kill(self) -> None:
        """Kill it from outside, now."""
        os.kill(self._pid, signal.SIGKILL)

    def stop(self) -> None:
        """End it as an administrator would, and wait until it is gone."""
        os.kill(self._pid, signal.SIGTERM)
        self._await_end()

    def _await_end(self) -> None:
        assert self._told() == {"died": self._pid}
        self._pid = 0

    def _told(self) -> dict[str, Any]:
        assert self._process.stdout
        told: dict[str, Any] = json.loads(self._process.stdout.readline())
        return told


@contextmanager
def lives(folder: Path) -> Iterator[Lives]:
    """The program of which a server is forked for each life."""
    command = [sys.executable, "-m", "tests.faults.dying_server", str(folder)]
    pipe = subprocess.PIPE
    with heard() as said:
        program = subprocess.Popen(command, cwd=_ROOT, stdin=pipe, stdout=pipe, stderr=said, text=True)
        with ended(program) as process:
            yield Lives(folder, process)
