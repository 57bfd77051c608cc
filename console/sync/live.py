"""Hints that something is new, as server-sent events: losing all of them costs time, never data."""

import json
from collections.abc import AsyncIterator

HINT = "hint"


async def hints(lines: AsyncIterator[str]) -> AsyncIterator[tuple[str, ...]]:
    """The feeds that each hint names. What is no hint, or cannot be read, counts as one that names none.

    An event ends with an empty line; a line that begins with a colon keeps the connection open and says
    nothing.
    """
    kind, data = "", ""
    async for line in lines:
        if line.startswith("event:"):
            kind = line[6:].strip()
        elif line.startswith("data:"):
            data += line[5:].strip()
        elif not line and (kind or data):
            if kind in ("", HINT):
                yield _feeds(data)
            kind, data = "", ""


def _feeds(data: str) -> tuple[str, ...]:
    try:
        named = json.loads(data)["feeds"]
        return tuple(map(str, named))
    except (ValueError, KeyError, TypeError):
        return ()
