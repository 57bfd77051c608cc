"""Rule: nothing waits for milliseconds; what ruff cannot see by its import is found here by its name."""

import ast
from collections.abc import Iterator

from tests.structure.project import Breach, Source

_WAITS = {
    "qWait",
    "qSleep",
    "msleep",
    "usleep",
    "currentDateTime",
    "currentDateTimeUtc",
    "currentSecsSinceEpoch",
}
_TEST_WAITS = {"qtbot"}


def find_breaches(source: Source) -> Iterator[Breach]:
    """Yield each call that waits for a time instead of a condition, or reads Qt's clock."""
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            called = node.func
            owner = called.value.id if isinstance(called.value, ast.Name) else ""
            if called.attr in _WAITS or (called.attr == "wait" and owner in _TEST_WAITS):
                yield source.breach(
                    node.lineno, "clock", f"{called.attr}(): wait for a condition, ask the clock"
                )
