"""Many rows with one statement, each database in its own quickest way."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from itertools import chain, islice
from typing import Any

import psycopg
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Executable,
    Float,
    Integer,
    LargeBinary,
    Select,
    Table,
    any_,
    bindparam,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Dialect
from sqlalchemy.exc import DBAPIError

from server.central.storage.parameters import Texts

Values = tuple[Any, ...]
# From so many rows on, a copy costs less than a statement with arrays, and that less than one for each row.
_WORTH_A_COPY = 16
_WORTH_AN_ARRAY = 2
_STATEMENTS = 256
_POSTGRESQL_TYPES: tuple[tuple[type[Any], str], ...] = (
    (JSON, "json"),
    (LargeBinary, "bytea"),
    (BigInteger, "int8"),
    (Integer, "int4"),
    (Boolean, "bool"),
    (Float, "float8"),
)


def is_postgresql(connection: Connection) -> bool:
    """Which of the two kinds of database this is."""
    return connection.dialect.name == "postgresql"


def given(postgresql: bool, column: Column[str], name: str) -> ColumnElement[bool]:
    """The condition that a column holds one of the values that come with each use, under a name.

    On PostgreSQL they are one parameter, however many.
    """
    if postgresql:
        return column == any_(bindparam(name, type_=ARRAY(column.type)))
    return column.in_(bindparam(name, expanding=True))


def rows_of(
    connection: Connection, query: Select[tuple[Any, ...]], these: Mapping[str, Any]
) -> Sequence[Values]:
    """The rows of a query that is made once; on PostgreSQL by the driver, to which it is known already."""
    if not is_postgresql(connection):
        return [tuple(row) for row in connection.execute(query, these)]
    text, constants = _written(query, connection.dialect)
    listed = {name: Texts(value) if type(value) is list else value for name, value in these.items()}
    with _driver_cursor(connection) as cursor:
        return cursor.execute(text, {**constants, **listed}, prepare=True).fetchall()


def run(connection: Connection, statement: Executable, these: Mapping[str, Any]) -> None:
    """Carry out a statement that is made once, in the same way."""
    if not is_postgresql(connection):
        connection.execute(statement, these)
        return
    text, constants = _written(statement, connection.dialect)
    with _driver_cursor(connection) as cursor:
        cursor.execute(text, {**constants, **these}, prepare=True)


@lru_cache(_STATEMENTS)
def _written(statement: Any, dialect: Dialect) -> tuple[bytes, dict[str, Any]]:
    """A statement as PostgreSQL reads it, and the values that stand in it."""
    compiled = statement.compile(dialect=dialect)
    constants = {name: value for name, value in compiled.params.items() if value is not None}
    return str(compiled).encode(), constants


def insert_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Values]) -> None:
    """Write new rows; one that is there already is an IntegrityError. JSON is given as its text in UTF-8.

    What makes the rows one by one goes on while the database takes the first of them.
    """
    coming = iter(rows)
    first = list(islice(coming, _WORTH_A_COPY))
    if is_postgresql(connection) and len(first) == _WORTH_A_COPY:
        _copy(connection, table, columns, chain(first, coming))
    elif first:
        _execute(connection, table, columns, [*first, *coming], "")


def put_rows(connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Values]) -> None:
    """Write rows by primary key; in one that is there, these columns are replaced. JSON as above."""
    if rows:
        _execute(connection, table, columns, rows, _replacing(table, tuple(columns)))


@lru_cache(_STATEMENTS)
def _replacing(table: Table, columns: tuple[str, ...]) -> str:
    keys = [column.name for column in table.primary_key]
    changes = ", ".join(f"{_quoted(name)} = excluded.{_quoted(name)}" for name in columns if name not in keys)
    return f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {changes}"


@lru_cache(_STATEMENTS)
def _inserting(table: Table, columns: tuple[str, ...]) -> tuple[str, list[str], list[int]]:
    """The beginning of an INSERT, the kind of each column, and the places of those that are JSON."""
    kinds = [_kind(table.c[name]) for name in columns]
    into = " ".join(("INSERT INTO", _quoted(table.name), f"({', '.join(map(_quoted, columns))})"))
    return into, kinds, [n for n, kind in enumerate(kinds) if kind == "json"]


def _execute(
    connection: Connection, table: Table, columns: Sequence[str], rows: Sequence[Values], conflict: str
) -> None:
    into, kinds, documents = _inserting(table, tuple(columns))
    if is_postgresql(connection) and len(rows) < _WORTH_AN_ARRAY:
        with _driver_cursor(connection) as cursor:
            one = f"{into} VALUES ({', '.join(['%s'] * len(columns))}){conflict}".encode()
            for row in rows:
                cursor.execute(one, _changed(row, documents), prepare=True)
    elif is_postgresql(connection):
        names = [f"c{n}" for n in range(len(columns))]
        arrays = ", ".join(f"%b::{_carried(kind)}[]" for kind in kinds)
        chosen = ", ".join(f"{name}::{kind}" for name, kind in zip(names, kinds, strict=True))
        source = " ".join(("SELECT", chosen, f"FROM unnest({arrays}) AS given({', '.join(names)})"))
        listed = [_listed(kind, values) for kind, values in zip(kinds, zip(*rows, strict=True), strict=True)]
        with _driver_cursor(connection) as cursor:
            cursor.execute(f"{into} {source}{conflict}".encode(), listed, prepare=True)
    else:
        each = f"{into} VALUES ({', '.join('?' * len(columns))}){conflict}"
        connection.exec_driver_sql(each, [_changed(row, documents) for row in rows])


def _copy(connection: Connection, table: Table, columns: Sequence[str], rows: Iterable[Values]) -> None:
    kinds = [_kind(table.c[name]) for name in columns]
    names = ", ".join(map(_quoted, columns))
    statement = f"COPY {_quoted(table.name)} ({names}) FROM STDIN (FORMAT BINARY)".encode()
    with _driver_cursor(connection) as cursor, cursor.copy(statement) as copy:
        # JSON travels as the bytes of its text.
        copy.set_types(["bytea" if kind == "json" else kind for kind in kinds])
        write = copy.write_row
        for row in rows:
            write(row)


@contextmanager
def _driver_cursor(connection: Connection) -> "Iterator[psycopg.Cursor[Any]]":
    """A cursor of the driver itself, in the transaction of the connection; errors are SQLAlchemy's."""
    driver: Any = connection.connection.driver_connection
    try:
        with driver.cursor() as cursor:
            yield cursor
    except psycopg.Error as error:
        raise DBAPIError.instance(None, None, error, psycopg.Error) from error


def _kind(column: Column[Any]) -> str:
    return next((kind for types, kind in _POSTGRESQL_TYPES if isinstance(column.type, types)), "text")


def _carried(kind: str) -> str:
    return "text" if kind == "json" else kind


def _listed(kind: str, values: Sequence[Any]) -> list[Any]:
    return [value.decode() for value in values] if kind == "json" else list(values)


def _changed(row: Values, documents: Sequence[int]) -> Values:
    """The row with JSON as text."""
    if not documents:
        return row
    changed = list(row)
    for place in documents:
        changed[place] = row[place].decode()
    return tuple(changed)


def _quoted(name: str) -> str:
    return f'"{name}"'
