"""Rule: what all tests of a process share, none of them can move.

Tests run in any order: a clock that one of them moves stands elsewhere for those that come after it.
"""

import ast
from collections.abc import Iterator

from tests.structure.project import Breach, Source

_MOVING = {
    "ManualClock",
    "TrustedTime",
    "Random",
    "count",
    "cycle",
    "iter",
    "Counter",
    "deque",
    "defaultdict",
}


def find_breaches(source: Source) -> Iterator[Breach]:
    """Yield each clock, counter or collector a module of tests keeps; one known as a `Clock` stands still."""
    if not source.is_test:
        return
    for node in source.tree.body:
        value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
        if not isinstance(value, ast.Call):
            continue
        made = ast.unparse(value.func).rpartition(".")[2]
        still = isinstance(node, ast.AnnAssign) and ast.unparse(node.annotation) == "Clock"
        if made in _MOVING and not still:
            yield source.breach(
                node.lineno, "shared", f"{made}: each test makes its own, or knows it as a Clock"
            )
