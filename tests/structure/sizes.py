"""Rule: files and classes stay small enough to be read at one sitting."""

import ast
from collections.abc import Iterator

from tests.structure.project import Breach, Source

FILE_LINES = 300
TEST_FILE_LINES = 400
PUBLIC_METHODS = 15


def find_breaches(source: Source) -> Iterator[Breach]:
    """Yield the file if it is too long, and each class with too many public methods, tests not counted."""
    lines = source.text.count("\n")
    limit = TEST_FILE_LINES if source.is_test else FILE_LINES
    if lines > limit:
        yield source.breach(1, "file-length", f"{lines} lines, {limit} at most")
    for node in ast.walk(source.tree):
        if isinstance(node, ast.ClassDef):
            count = len(set(_public_methods(node)))
            if count > PUBLIC_METHODS:
                message = f"{node.name} has {count} public methods, {PUBLIC_METHODS} at most"
                yield source.breach(node.lineno, "class-size", message)


def _public_methods(node: ast.ClassDef) -> Iterator[str]:
    for item in node.body:
        if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef) and not item.name.startswith(
            ("_", "test_")
        ):
            yield item.name
