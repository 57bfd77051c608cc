"""Rule: an exception to a rule is one line with a reason, and the whole project has five at most."""

import re
import tokenize
from collections.abc import Iterable, Iterator
from io import StringIO
from pathlib import Path

from tests.structure.project import Breach, Source

AT_MOST = 5
LISTED = "tests/structure/exceptions.txt"
_MARK = re.compile(r"#\s*(noqa|type:\s*ignore|ruff:|mypy:|pragma:|fmt:)")
_WITH_REASON = re.compile(r"#\s*(noqa: [A-Z]+\d+|type: ignore\[[a-z-]+\])(,\s*[A-Z]+\d+)*\s+(#|-)\s*\S.{9,}")


def read_listed(root: Path) -> dict[tuple[str, str], tuple[int, str]]:
    """Return (rule, path) → (line, reason) of the exceptions listed as `rule path reason`."""
    listed = {}
    lines = (root / LISTED).read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, start=1):
        if line.strip() and not line.startswith("#"):
            rule, path, reason = (*line.split(maxsplit=2), "", "")[:3]
            listed[rule, path] = (number, reason)
    return listed


def find_marks(source: Source) -> Iterator[tuple[int, str]]:
    """Yield (line, comment) for each comment that silences a tool."""
    for token in tokenize.generate_tokens(StringIO(source.text).readline):
        if token.type == tokenize.COMMENT and _MARK.match(token.string):
            yield token.start[0], token.string


def find_breaches(root: Path, project: Iterable[Source]) -> Iterator[Breach]:
    """Yield each exception without a reason, and one breach if there are too many in all."""
    listed = read_listed(root)
    total = len(listed)
    for (rule, path), (line, reason) in listed.items():
        if not reason:
            yield Breach(LISTED, line, "exception", f"{rule} {path} gives no reason")
    for source in project:
        for line, comment in find_marks(source):
            total += 1
            if not _WITH_REASON.match(comment):
                yield source.breach(line, "exception", f"{comment!r} names no single rule with its reason")
    if total > AT_MOST:
        yield Breach(LISTED, 1, "exception", f"{total} exceptions in the project, {AT_MOST} at most")
