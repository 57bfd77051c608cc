"""The central server as it is started, but that a push may die of SIGKILL at one of its statements.

Run: the folder of the server. It lives as often as a line comes in; each life is a process of its own,
forked after all was imported, and tells its process id before the server tells that it is ready. While the
file `die` stands in the folder, the next push dies at the statement whose number is in it.
"""

import json
import os
import signal
import sys
import threading
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import Engine, event

from server import cli
from server.central.sync.push import PushDesk

WORD = "die"


class Death:
    """Counts the steps of a push: its beginning, each statement, each commit, and the answer."""

    def __init__(self, word: Path) -> None:
        self._word = word
        self._left = threading.local()

    def stand_by(self) -> None:
        """Count in every push from now on."""
        push = PushDesk.push

        def counted(desk: PushDesk, *asked: Any) -> Any:
            self._left.steps = int(self._word.read_text()) if self._word.exists() else 0
            self._step()
            answer = push(desk, *asked)
            self._step()
            self._left.steps = 0
            return answer

        patch.object(PushDesk, "push", counted).start()
        for moment in ("before_cursor_execute", "commit"):
            event.listen(Engine, moment, self._step)

    def _step(self, *_happened: Any) -> None:
        left = getattr(self._left, "steps", 0)
        if left == 1:
            os.kill(os.getpid(), signal.SIGKILL)
        self._left.steps = max(0, left - 1)


def tell(**told: int) -> None:
    """One line for whoever started this program."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def main() -> None:
    """One life after the other."""
    folder = Path(sys.argv[1])
    Death(folder / WORD).stand_by()
    # Each life begins with what it will need.
    import_module("server.central.serving")
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            os._exit(cli.main(["server", "--folder", str(folder)]))
        tell(pid=child)
        os.waitpid(child, 0)
        tell(died=child)


if __name__ == "__main__":
    main()
