"""The central server as it is started, but that a push may die of SIGKILL at one of its steps.

Run: the folder of the server. It lives as often as a line comes in; each life is a process of its own,
forked after all was imported, and tells its process id before the server tells that it is ready. While the
file `die` stands in the folder, the next push dies at the step whose number is in it, and says in the file
`died` which that was.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from pathlib import Path
from typing import Any
from unittest.mock import patch

import psycopg
from fastapi import FastAPI
from psycopg.sql import Composable
from sqlalchemy import Engine, event
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from server import cli
from server.central import app as applications
from server.central.sync.push import PushDesk

WORD, LAST_WORD = "die", "died"
ASKED, COPIED, TAKEN, ANSWERED = "asked", "copied", "taken", "answered"
_PUSH = "/sync/v1/push"


class Push:
    """The steps of one push: its beginning, each statement as the driver is given it, its end, its answer."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._left = 0
        self._said = ""

    def begin(self) -> None:
        """Count from here on, if it is to die at all."""
        word = self._folder / WORD
        self._left = int(word.read_text()) if word.exists() else 0
        self.step(ASKED)

    def said(self, statement: str) -> None:
        """One step for a statement, however many rows SQLite repeats it for."""
        beginning = statement.partition(" VALUES ")[0]
        if beginning != self._said:
            self._said = beginning
            self.step(_word(statement))

    def step(self, what: str) -> None:
        """One step; the last one if it is the one."""
        if self._left == 1:
            (self._folder / LAST_WORD).write_text(what)
            os.kill(os.getpid(), signal.SIGKILL)
        self._left = max(0, self._left - 1)


_PRESENT = ContextVar[Push | None]("push", default=None)


def _step(what: str) -> None:
    push = _PRESENT.get()
    # An empty statement but asks whether the connection is still there.
    if push is not None and what:
        push.step(what)


def _said(statement: str) -> None:
    push = _PRESENT.get()
    if push is not None:
        push.said(statement)


class CountedCursor(psycopg.Cursor[Any]):
    """A cursor of the driver that counts whatever is sent, by whichever way."""

    def execute(self, query: Any, *given: Any, **how: Any) -> "CountedCursor":
        """One statement."""
        _step(_word(query))
        return super().execute(query, *given, **how)

    def executemany(self, query: Any, *given: Any, **how: Any) -> None:
        """One statement, for many rows."""
        _step(_word(query))
        super().executemany(query, *given, **how)

    @contextmanager
    def copy(self, statement: Any, *given: Any, **how: Any) -> Iterator[psycopg.Copy]:
        """A copy: before it begins, and when all rows were sent but not its end."""
        _step(_word(statement))
        with super().copy(statement, *given, **how) as copy:
            yield copy
            _step(COPIED)


class Watched:
    """Begins the count of each push, and ends it when the answer is on its way."""

    def __init__(self, app: ASGIApp, folder: Path) -> None:
        self._app = app
        self._folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and the answer."""

        async def send_watched(message: Message) -> None:
            await send(message)
            if message["type"] == "http.response.body" and not message.get("more_body", False):
                _step(ANSWERED)

        if scope["type"] == "http" and scope["path"] == _PUSH:
            _PRESENT.set(Push(self._folder))
        await self._app(scope, receive, send_watched)


def _word(query: Any) -> str:
    """The first word of a statement, in capitals."""
    text = query.as_string() if isinstance(query, Composable) else query
    written = text.decode() if isinstance(text, bytes) else str(text)
    return written.strip("; \n").partition(" ")[0].upper()


def _count(driver: Any, _record: object) -> None:
    """Count what is asked of a new connection."""
    if isinstance(driver, psycopg.Connection):
        driver.cursor_factory = CountedCursor
    else:
        # SQLite says each statement before it runs, also BEGIN and COMMIT.
        driver.set_trace_callback(_said)


def stand_by(folder: Path) -> None:
    """Count in every push from now on."""
    take, describe, commit = PushDesk.take, applications.describe_app, psycopg.Connection.commit

    def counted(desk: PushDesk, *asked: Any) -> Any:
        present = _PRESENT.get()
        if present is not None:
            present.begin()
        answer = take(desk, *asked)
        _step(TAKEN)
        return answer

    def counted_commit(driver: "psycopg.Connection[Any]") -> None:
        _step("COMMIT")
        commit(driver)

    def described() -> FastAPI:
        app = describe()
        app.add_middleware(Watched, folder=folder)
        return app

    patch.object(PushDesk, "take", counted).start()
    patch.object(applications, "describe_app", described).start()
    patch.object(psycopg.Connection, "commit", counted_commit).start()
    event.listen(Engine, "connect", _count)


def tell(**told: int) -> None:
    """One line for whoever started this program."""
    sys.stdout.write(json.dumps(told) + "\n")
    sys.stdout.flush()


def main() -> None:
    """One life after the other."""
    folder = Path(sys.argv[1])
    stand_by(folder)
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
