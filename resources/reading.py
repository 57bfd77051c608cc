"""Reading a hotline's own data files: a broken one is named with file, line and field."""

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")
V = TypeVar("V")
Loader = Callable[[Path], T]


class ResourceError(Exception):
    """A data file that cannot be used."""

    def __init__(self, file: Path, line: int, field: str, cause: str) -> None:
        super().__init__(f"{file}:{line}: {field}: {cause}")
        self.file, self.line, self.field, self.cause = file, line, field, cause


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a data file; every look-up names the place where it went wrong.

    `name` leads to it in a message (`section[2].`), `header` in the file (`section.`), from `start` on.
    """

    file: Path
    source: str
    content: Mapping[str, Any]
    name: str = ""
    header: str = ""
    start: int = 0

    def text(self, field: str, default: str | None = None) -> str:
        """A text. Raises ResourceError."""
        return self._value(field, str, default)

    def number(self, field: str, default: int | None = None) -> int:
        """A whole number. Raises ResourceError."""
        return self._value(field, int, default)

    def flag(self, field: str, default: bool | None = None) -> bool:
        """Yes or no. Raises ResourceError."""
        return self._value(field, bool, default)

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts, empty where there is none. Raises ResourceError."""
        values: list[Any] = self._value(field, list, [])
        if not all(isinstance(value, str) for value in values):
            raise self.error(field, "a list of texts expected")
        return tuple(values)

    def tables(self, field: str) -> tuple["Table", ...]:
        """A list of tables. Raises ResourceError."""
        values: list[Any] = self._value(field, list, None)
        if not all(isinstance(value, dict) for value in values):
            raise self.error(field, "a list of tables expected")
        header = f"{self.header}{field}"
        heads = re.finditer(rf"(?m)^\[\[{re.escape(header)}\]\]", self.source)
        starts = [head.start() for head in heads if head.start() >= self.start]
        starts += [self.start] * len(values)
        return tuple(
            Table(self.file, self.source, value, f"{self.name}{field}[{place}].", f"{header}.", start)
            for place, (value, start) in enumerate(zip(values, starts, strict=False), 1)
        )

    def choice(self, field: str, allowed: type[T], default: str | None = None) -> T:
        """A member of an enumeration. Raises ResourceError."""
        value = self.text(field, default)
        try:
            return allowed(value)  # type: ignore[call-arg]  # an enumeration is made from its value
        except ValueError as cause:
            raise self.error(field, f"{value!r} is not one of those allowed") from cause

    def error(self, field: str, cause: str) -> ResourceError:
        """The trouble with one field, with the line where it stands."""
        return ResourceError(self.file, self._line_of(field), f"{self.name}{field}", cause)

    def _line_of(self, field: str) -> int:
        """The line that sets the field, else the one where its table begins."""
        following = re.compile(r"(?m)^\[").search(self.source, self.start + 1)
        end = following.start() if following and self.header else len(self.source)
        found = re.compile(rf"(?m)^\s*(?:{re.escape(field)}\s*=|\[+{re.escape(field)}\b)").search(
            self.source, self.start, end
        )
        at = found.end() if found else self.start
        return self.source.count("\n", 0, at) + 1

    def _value(self, field: str, kind: type[V], default: V | None) -> V:
        value = self.content.get(field, default)
        if value is None:
            raise self.error(field, "missing")
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise self.error(field, f"{kind.__name__} expected")
        return value


def read_table(path: Path) -> Table:
    """The whole of a TOML file. Raises ResourceError."""
    try:
        source = path.read_text(encoding="utf-8")
        return Table(path, source, tomllib.loads(source))
    except tomllib.TOMLDecodeError as cause:
        at = re.search(r"line (\d+)", str(cause))
        raise ResourceError(path, int(at[1]) if at else 1, "", str(cause)) from cause
    except UnicodeDecodeError as cause:
        raise ResourceError(path, 1, "", "not UTF-8") from cause
    except OSError as cause:
        raise ResourceError(path, 1, "", cause.strerror or "cannot be read") from cause


def unique(tables: Iterable[Table], field: str) -> None:
    """Raise ResourceError if the field has the same text in two of the tables."""
    seen: set[str] = set()
    for table in tables:
        if table.text(field) in seen:
            raise table.error(field, f"{table.text(field)!r} stands twice")
        seen.add(table.text(field))
