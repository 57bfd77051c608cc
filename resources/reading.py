"""Reading a hotline's own data files: a broken one is named with file, line and field."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from resources.parsing import UnreadableError, parse
from resources.texts import t

T = TypeVar("T")
V = TypeVar("V")
E = TypeVar("E", bound=Enum)
Loader = Callable[[Path], T]


_MOST = 2**31
_BLANK = "[ \t]*"
_HEAD = re.compile(r"(?m)^[ \t]*\[{1,2}[ \t]*[\w\"'][^\[\],]*\]{1,2}[ \t]*(?:#.*)?$")
_KINDS = {str: "text", int: "number", bool: "flag", list: "list", dict: "table"}


class ResourceError(Exception):
    """A data file that cannot be used; the cause is a sentence in the language in use."""

    def __init__(self, file: Path, line: int, field: str, cause: str) -> None:
        super().__init__(f"{file}:{line}: {field}: {cause}")
        self.file, self.line, self.field, self.cause = file, line, field, cause


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a data file; every look-up names the place where it went wrong.

    `name` leads to it in a message (`section[2].`), `header` in the file (`section.`), from `start` on.
    Where `found` is a list, what is wrong is put there and reading goes on with something empty; else it is
    raised.
    """

    file: Path
    source: str
    content: Mapping[str, Any]
    name: str = ""
    header: str = ""
    start: int = 0
    found: list[ResourceError] | None = field(default=None, compare=False)

    def text(self, field: str, default: str | None = None) -> str:
        """A text. Raises ResourceError."""
        return self._value(field, str, default)

    def worded(self, field: str) -> str:
        """A text with something in it. Raises ResourceError."""
        text = self.text(field)
        if isinstance(self.content.get(field), str) and not text.strip():
            self.wrong(field, t("forms.cause_missing"))
        return text

    def number(self, field: str, default: int | None = None) -> int:
        """A whole number of at most ten digits. Raises ResourceError."""
        value = self._value(field, int, default)
        if -_MOST < value < _MOST:
            return value
        self.wrong(field, t("forms.cause_number_large"))
        return 0

    def flag(self, field: str, default: bool | None = None) -> bool:
        """Yes or no. Raises ResourceError."""
        return self._value(field, bool, default)

    def texts(self, field: str) -> tuple[str, ...]:
        """A list of texts, empty where there is none. Raises ResourceError."""
        values: list[Any] = self._value(field, list, [])
        if not all(isinstance(value, str) for value in values):
            self.wrong(field, t("forms.cause_texts"))
        return tuple(value for value in values if isinstance(value, str))

    def tables(self, field: str) -> tuple["Table", ...]:
        """A list of tables. Raises ResourceError."""
        values: list[Any] = self._value(field, list, None)
        if not all(isinstance(value, dict) for value in values):
            self.wrong(field, t("forms.cause_tables"))
            return ()
        header = f"{self.header}{field}"
        heads = re.compile(rf"(?m)^{_BLANK}\[\[{_named(header)}\]\]").finditer(self.source, self.start)
        starts = [head.start() for head in islice(heads, len(values))]
        starts += [self._place_of(field)] * (len(values) - len(starts))
        return tuple(
            self._inside(value, f"{field}[{place}].", f"{header}.", start)
            for place, (value, start) in enumerate(zip(values, starts, strict=False), 1)
        )

    def table(self, field: str) -> "Table":
        """A table within this one. Raises ResourceError."""
        value: dict[str, Any] = self._value(field, dict, None)
        header = f"{self.header}{field}"
        head = re.compile(rf"(?m)^{_BLANK}\[{_named(header)}\]").search(self.source, self.start)
        start = head.start() if head else self._place_of(field)
        return self._inside(value, f"{field}.", f"{header}.", start)

    def choice(self, field: str, allowed: type[E], default: str | None = None) -> E:
        """A member of an enumeration. Raises ResourceError."""
        value = self.text(field, default)
        members = list(allowed)
        for member in members:
            if member.value == value:
                return member
        if value:
            known = ", ".join(str(member.value) for member in members)
            self.wrong(field, t("forms.cause_choice", value=value, allowed=known))
        return members[0]

    def only(self, *fields: str) -> None:
        """Nothing but these fields stands here: others are slips of the pen. Raises ResourceError."""
        for name in self.content:
            if name not in fields:
                self.wrong(name, t("forms.cause_unknown"))

    def wrong(self, field: str, cause: str) -> None:
        """Tell the trouble with one field. Raises ResourceError, unless what is wrong is collected."""
        error = self.error(field, cause)
        if self.found is None:
            raise error
        self.found.append(error)

    def error(self, field: str, cause: str) -> ResourceError:
        """The trouble with one field, with the line where it stands."""
        return ResourceError(self.file, self._line_of(field), f"{self.name}{field}", cause)

    def _inside(self, content: Mapping[str, Any], name: str, header: str, start: int) -> "Table":
        return Table(self.file, self.source, content, f"{self.name}{name}", header, start, self.found)

    def _line_of(self, field: str) -> int:
        """The line that sets the field, else the one where its table begins."""
        return self.source.count("\n", 0, self._place_of(field)) + 1

    def _place_of(self, field: str) -> int:
        """Where the field is set, else where its table begins."""
        following = _HEAD.search(self.source, self.start + bool(self.header))
        end = following.start() if following else len(self.source)
        word = rf"[\"']?{re.escape(field)}[\"']?"
        found = re.compile(rf"(?m)^\s*{word}\s*=").search(self.source, self.start, end)
        if found is None:
            part = re.compile(rf"(?m)^{_BLANK}\[+{_named(self.header + field)}[\].]")
            found = part.search(self.source, self.start, self._end())
        return found.end() - 1 if found else self.start

    def _end(self) -> int:
        """Where the next table of the same list begins, else the end of the file."""
        if not self.header:
            return len(self.source)
        own = re.compile(rf"(?m)^{_BLANK}\[+{_named(self.header[:-1])}\]")
        following = own.search(self.source, self.start + 1)
        return following.start() if following else len(self.source)

    def _value(self, field: str, kind: type[V], default: V | None) -> V:
        value = self.content.get(field, default)
        if value is None:
            self.wrong(field, t("forms.cause_missing"))
            return kind()
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            self.wrong(field, t(f"forms.cause_no_{_KINDS[kind]}"))
            return kind()
        return value


def read_table(path: Path, found: list[ResourceError] | None = None) -> Table:
    """The whole of a TOML file; `found` collects what is wrong inside. Raises ResourceError."""
    try:
        source, content = parse(path)
    except UnreadableError as cause:
        raise ResourceError(path, cause.line, "", cause.cause) from cause
    return Table(path, source, content, found=found)


def said(tables: Iterable[Table], field: str) -> set[str]:
    """The texts that the tables have in a field."""
    values = (table.content.get(field) for table in tables)
    return {value for value in values if isinstance(value, str)}


def unique(tables: Iterable[Table], field: str) -> None:
    """Tell where the field has the same text in two of the tables. Raises ResourceError."""
    seen: set[str] = set()
    for table in tables:
        value = table.content.get(field)
        if isinstance(value, str) and value in seen:
            table.wrong(field, t("forms.cause_twice", value=value))
        seen.add(str(value))


def _named(header: str) -> str:
    """A pattern for the name of a table as it may be written: with quotation marks, with blanks."""
    parts = (rf"[\"']?{re.escape(part)}[\"']?" for part in header.split("."))
    return _BLANK + rf"{_BLANK}\.{_BLANK}".join(parts) + _BLANK
