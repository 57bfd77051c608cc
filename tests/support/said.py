"""What a program says on standard error while a test runs it, said again in the test's own log."""

import json
import logging
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO


@contextmanager
def heard() -> Iterator[IO[str]]:
    """A file to be a program's standard error: a trouble in it fails the test like one of its own.

    A file, not a pipe: nobody reads while the program runs.
    """
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        try:
            yield said
        finally:
            said.seek(0)
            say_again(said.read())


def say_again(said: str) -> None:
    """Log what a program of the server logged; what is no such line is an error: nothing else is said."""
    # For whoever looks at a test that failed.
    sys.stderr.write(said)
    for line in said.splitlines():
        try:
            told = json.loads(line)
        except ValueError:
            logging.getLogger("said").error("%s", line)
        else:
            level = logging.getLevelNamesMapping()[told["level"].upper()]
            logging.getLogger(told["logger"]).log(level, "%s", told["event"])
