"""Programs that a measurement starts, and ends by their own id."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def process(*arguments: str, bytecode: str = "") -> "Iterator[subprocess.Popen[str]]":
    """A Python program that is ended, by its own id, when the block is left.

    `bytecode` is the folder where it keeps its compiled modules, as an installed program does. What it says
    on standard error goes into a file, and is shown where the program ended in trouble.
    """
    around = dict(os.environ)
    if bytecode:
        around.pop("PYTHONDONTWRITEBYTECODE", None)
        around["PYTHONPYCACHEPREFIX"] = bytecode
    pipe = subprocess.PIPE
    with tempfile.TemporaryFile("w+") as said:
        started = subprocess.Popen(
            [sys.executable, *arguments], stdin=pipe, stdout=pipe, stderr=said, text=True, env=around
        )
        try:
            yield started
        finally:
            started.terminate()
            started.communicate()
            if started.returncode not in (0, -signal.SIGTERM):
                said.seek(0)
                sys.stderr.write(said.read())


def ready(program: "subprocess.Popen[str]") -> str:
    """The address that a program tells when it is ready."""
    for line in program.stdout or ():
        try:
            return str(json.loads(line)["url"])
        except (ValueError, KeyError):
            continue
    raise RuntimeError("the program ended before it was ready")
