"""One server in several processes: all answer at the same address, one that dies is replaced.

They share nothing but the socket and the database. For systems that can fork.
"""

import asyncio
import logging
import os
import signal
import socket
import sys
from types import FrameType
from typing import NoReturn

from models.clock import SystemClock
from server.central.config import Config
from server.central.serving import bind_alone, open_made_database, serve, tell_ready
from server.central.trouble import CommandTrouble, ExitCode

_LOG = logging.getLogger(__name__)
_SIGNALS = (signal.SIGTERM, signal.SIGINT)
_FAULT = 70


def serve_in_many(config: Config, listening: socket.socket, count: int) -> int:
    """Serve until SIGTERM or SIGINT; the exit code. Raises CommandTrouble where a process cannot fork."""
    if not hasattr(os, "fork"):
        raise CommandTrouble(ExitCode.USAGE, "no_processes")
    return _Family(config, listening, count).run()


class _Family:
    """The process that was started, which serves nobody itself, and its children."""

    def __init__(self, config: Config, listening: socket.socket, count: int) -> None:
        self._config = config
        self._listening = listening
        self._count = count
        self._children: dict[int, int] = {}
        self._ending = False

    def run(self) -> int:
        for number in _SIGNALS:
            signal.signal(number, self._end)
        url = ""
        for index in range(self._count):
            url = self._start(index)
            if not url:
                self._end()
        if url:
            tell_ready("server", url)
        return self._wait()

    def _start(self, index: int) -> str:
        """Where a new child serves; "" where it never came so far."""
        hears, says = os.pipe()
        # A signal between the fork and what belongs to it would be lost, or be taken by the child for ours.
        signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
        child = os.fork()
        if child == 0:
            os.close(hears)
            self._serve(says, index)
        os.close(says)
        self._children[child] = index
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        if self._ending:
            # Told before the child was there.
            self._end()
        with os.fdopen(hears) as heard:
            return heard.readline().strip()

    def _serve(self, says: int, index: int) -> NoReturn:
        def tell(url: str) -> None:
            os.write(says, f"{url}\n".encode())
            os.close(says)

        code = _FAULT
        try:
            for number in _SIGNALS:
                signal.signal(number, signal.SIG_DFL)
            signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
            at = [self._listening, *bind_alone(self._config, index)]
            engine = open_made_database(self._config)
            try:
                asyncio.run(serve(self._config, engine, SystemClock(), at, tell))
            finally:
                engine.dispose()
            code = int(ExitCode.DONE)
        except CommandTrouble as trouble:
            sys.stderr.write(f"{trouble.sentence}\n")
            code = trouble.exit_code
        finally:
            # Whatever happens, a child never goes on with the work of its parent.
            if code == _FAULT:
                _LOG.critical("a process ended by a fault", exc_info=True)
            sys.stderr.flush()
            os._exit(code)

    def _wait(self) -> int:
        """Wait for the children; one that ends unasked is replaced, one that cannot start ends all."""
        worst = 0
        while self._children:
            child, status = os.wait()
            index = self._children.pop(child)
            code = os.waitstatus_to_exitcode(status)
            if self._ending:
                # One that was still starting has nothing to bring to an end: the signal alone ends it.
                worst = worst or (0 if -code in _SIGNALS else abs(code))
                continue
            _LOG.error("a process ended unasked (%d) and is replaced", code)
            if not self._start(index) and not self._ending:
                worst = worst or _FAULT
                self._end()
        return worst

    def _end(self, _number: int = 0, _frame: FrameType | None = None) -> None:
        self._ending = True
        for child in list(self._children):
            try:
                os.kill(child, signal.SIGTERM)
            except ProcessLookupError:
                continue
