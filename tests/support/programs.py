"""Programs of the server side as they are started: own processes, a ready line, an orderly end."""

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from tests.support.processes import ended
from tests.support.said import heard, say_again

SECONDS = 60.0
_ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Program:
    """A running program; `ready` is what it said when it could be used."""

    process: subprocess.Popen[str]
    said: IO[str]
    ready: dict[str, object] = field(default_factory=dict)

    @property
    def url(self) -> str:
        return str(self.ready["url"])

    def stop(self, number: signal.Signals = signal.SIGTERM) -> int:
        """Tell it to end; its exit code."""
        self.process.send_signal(number)
        return self.process.wait(SECONDS)

    def log(self) -> str:
        """All that it has written on standard error until now."""
        self.said.seek(0)
        return self.said.read()


@contextmanager
def program(*arguments: object) -> Iterator[Program]:
    """Run `python -m server …` for a block, from when it is ready."""
    command = [sys.executable, "-W", "error", "-m", "server", *map(str, arguments)]
    with heard() as said:
        started = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=said, text=True)
        with ended(started) as process:
            one = Program(process, said)
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, one.log()
            one.ready = json.loads(line)
            yield one


def run(*arguments: object, said: str = "") -> str:
    """Run `python -m server …` to its good end; gives what it printed."""
    command = [sys.executable, "-m", "server", *map(str, arguments)]
    done = subprocess.run(
        command, cwd=_ROOT, input=said, text=True, check=True, timeout=SECONDS, capture_output=True
    )
    say_again(done.stderr)
    return done.stdout
