"""The rows of a damaged database: in the order of its tables where that stands, by their shape where not."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import Table

from console.storage.salvage.pages import read_pages
from console.storage.salvage.trees import Row, free_pages, is_leaf, rows, walk
from console.storage.tables import metadata

Named = dict[str, Any]
"""A row as values by column."""


@dataclass(slots=True)
class Salvaged:
    """What could be read: rows by table, pages that could not, and whether anything was there at all."""

    tables: dict[str, list[Named]] = field(default_factory=dict)
    lost_pages: int = 0
    any: bool = False

    def of(self, table: str) -> list[Named]:
        """The rows of a table."""
        return self.tables.get(table, [])


@dataclass(frozen=True, slots=True)
class _Layout:
    root: int
    columns: tuple[str, ...]
    number: str


def salvage(path: Path, key: bytes) -> Salvaged:
    """Read a damaged file and its log; changes nothing; blocks. Raises OSError."""
    pages = read_pages(path, key)
    found = Salvaged(lost_pages=pages.lost)
    layouts = _layouts(pages.known)
    # Where the list of tables is on several pages, one that is lost takes only some of them.
    reached, broken = set(free_pages(pages.known)), not layouts or walk(pages.known, 1).broken
    for name, layout in layouts.items():
        walked = walk(pages.known, layout.root)
        reached |= walked.reached
        broken = broken or walked.broken
        for leaf in walked.leaves:
            found.tables.setdefault(name, []).extend(
                _named(layout, row) for row in rows(pages.known, leaf) if len(row[1]) <= len(layout.columns)
            )
    if broken:
        stray = [n for n, page in pages.known.items() if n not in reached and is_leaf(n, page)]
        _by_shape(found, (row for leaf in stray for row in rows(pages.known, leaf)), layouts)
    found.any = any(found.tables.values())
    return found


def _layouts(pages: Mapping[int, bytes]) -> dict[str, _Layout]:
    """Root page and columns of each table, as the file itself says."""
    if 1 not in pages:
        return {}
    layouts = {}
    for leaf in walk(pages, 1).leaves:
        for _, values in rows(pages, leaf):
            match values:
                case ["table", str(name), _, int(root), str(sql)] if root and name in metadata.tables:
                    layouts[name] = _described(name, root, sql)
    return layouts


def _described(name: str, root: int, sql: str) -> _Layout:
    import sqlcipher3

    declared = metadata.tables[name]
    number = _number_column(declared)
    memory = sqlcipher3.connect(":memory:")
    try:
        memory.execute(sql)
        told = memory.execute("SELECT name FROM pragma_table_info(?)", (name,)).fetchall()
    except sqlcipher3.DatabaseError:
        return _Layout(root, tuple(declared.columns.keys()), number)
    finally:
        memory.close()
    return _Layout(root, tuple(str(row[0]) for row in told), number)


def _number_column(table: Table) -> str:
    """The column that is the number of the row itself, "" where none is."""
    keys = list(table.primary_key.columns)
    return str(keys[0].name) if len(keys) == 1 and keys[0].type.python_type is int else ""


def _named(layout: _Layout, row: Row) -> Named:
    number, values = row
    named = dict(zip(layout.columns, values, strict=False))
    if layout.number:
        named[layout.number] = number
    return named


def _by_shape(found: Salvaged, stray: Iterable[Row], layouts: Mapping[str, _Layout]) -> None:
    """Give rows that no tree leads to any more to the table whose columns they fit."""
    for row in stray:
        fitting = [table for table in metadata.tables.values() if _fits(table, row[1])]
        if len(fitting) == 1:
            table = fitting[0]
            layout = layouts.get(table.name) or _Layout(0, tuple(table.columns.keys()), _number_column(table))
            found.tables.setdefault(table.name, []).append(_named(layout, row))


def _fits(table: Table, values: list[Any]) -> bool:
    columns, number = list(table.columns), _number_column(table)
    # A row that was written before the last columns came has their defaults.
    if len(columns) < len(values) or any(one.server_default is None for one in columns[len(values) :]):
        return False
    for column, value in zip(columns, values, strict=False):
        if column.name == number:
            right = value is None
        elif value is None:
            right = bool(column.nullable)
        else:
            right = isinstance(value, column.type.python_type)
        if not right:
            return False
    return True
