"""Programs that a test starts: found, started, waited for and ended by their own process id."""

import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_END_SECONDS = 10.0


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


def free_port() -> int:
    """Return a loopback port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
