"""Programs that a test starts: found, started, waited for and ended by their own process id."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import cycle, islice
from random import SystemRandom

import pytest

_END_SECONDS = 30.0
_LOOPBACK = "127.0.0.1"
# Above the exchange's voices, below what the system gives to connections that go out.
_PORTS = range(20_400, 32_700)
_WORKERS = 16


def _own() -> Iterator[int]:
    """The ports of this test run, again and again: one that was given comes back after all the others."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    own = _PORTS[worker % _WORKERS :: _WORKERS]
    # not `random`: it starts anew with each test, and would begin with the ports of the one before
    return cycle(SystemRandom().sample(own, len(own)))


_NEXT = _own()


def program(name: str) -> str:
    """Return the path of a program; skip the test, naming the Debian set-up, where there is none."""
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"no {name} on this machine (`make test` installs it on Debian)")
    return found


@contextmanager
def ended(process: subprocess.Popen[str]) -> Iterator[subprocess.Popen[str]]:
    """Give a started process to a block and end it afterwards, by force if it does not obey."""
    with process:
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(_END_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def free_port(kind: socket.SocketKind = socket.SOCK_STREAM) -> int:
    """Return a loopback port that was free a moment ago, and that nobody else is given.

    Not by a run of tests beside this one, and not by this one before some hundred others: whoever was given
    a port may begin to listen late, or come back to it.
    """
    for port in islice(_NEXT, len(_PORTS) // _WORKERS):
        with socket.socket(socket.AF_INET, kind) as probe, suppress(OSError):
            probe.bind((_LOOPBACK, port))
            return port
    raise RuntimeError(f"no free port between {_PORTS[0]} and {_PORTS[-1]}")
