"""Programs that a measurement starts, and ends by their own id."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def process(*arguments: str, bytecode: str = "") -> "Iterator[subprocess.Popen[str]]":
    """A Python program that is ended, by its own id, when the block is left.

    `bytecode` is the folder where it keeps its compiled modules, as an installed program does.
    """
    around = dict(os.environ)
    if bytecode:
        around.pop("PYTHONDONTWRITEBYTECODE", None)
        around["PYTHONPYCACHEPREFIX"] = bytecode
    started = subprocess.Popen(
        [sys.executable, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=around
    )
    try:
        yield started
    finally:
        started.terminate()
        started.communicate()


def ready(program: "subprocess.Popen[str]") -> str:
    """The address that a program tells when it is ready."""
    for line in program.stdout or ():
        try:
            return str(json.loads(line)["url"])
        except (ValueError, KeyError):
            continue
    raise RuntimeError("the program ended before it was ready")
