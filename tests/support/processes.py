"""Programs that a test starts: found, started, waited for and ended by their own process id."""

import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from random import SystemRandom

import pytest

_END_SECONDS = 30.0
_LOOPBACK = "127.0.0.1"
# Above the exchange's voices, below what the system gives to connections that go out.
_PORTS = range(20_400, 32_700)
_WORKERS = 16


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
    """Return a loopback port that was free a moment ago, and that no test run beside this one is given."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    own = _PORTS[worker % _WORKERS :: _WORKERS]
    # not `random`: it starts anew with each test, and would begin with the ports of the one before
    for port in SystemRandom().sample(own, len(own)):
        with socket.socket(socket.AF_INET, kind) as probe, suppress(OSError):
            probe.bind((_LOOPBACK, port))
            return port
    raise RuntimeError(f"no free port between {_PORTS[0]} and {_PORTS[-1]}")
