"""The project's files as the rules see them: source lines, syntax trees, and what a rule finds wrong."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("console", "widgets", "models", "resources", "server")
_FOLDERS = (*PRODUCT, "packaging", "tests")


@dataclass(frozen=True, order=True)
class Breach:
    """One place where a rule is broken; `path` is relative to the project, lines count from 1."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        """Write it the way editors and terminals can jump to."""
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


@dataclass(frozen=True)
class Source:
    """One Python file of the project."""

    root: Path
    path: str

    @cached_property
    def text(self) -> str:
        """The file as it is written."""
        return (self.root / self.path).read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        """The file as Python reads it."""
        return ast.parse(self.text, self.path)

    @property
    def is_test(self) -> bool:
        """Whether the file belongs to the tests."""
        return self.path.startswith("tests/")

    def breach(self, line: int, rule: str, message: str) -> Breach:
        """Name a place in this file."""
        return Breach(self.path, line, rule, message)


def sources(root: Path = ROOT) -> Iterator[Source]:
    """Yield every Python file of the project, in order of path; database migrations are free of all rules."""
    for folder in _FOLDERS:
        for path in sorted((root / folder).rglob("*.py")):
            if "migrations" not in path.parts:
                yield Source(root, path.relative_to(root).as_posix())
