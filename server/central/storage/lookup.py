"""Looking up what the tables have of many records with one statement."""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, Table, Text, bindparam, func, literal_column, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from server.central.storage.bulk import Values, is_postgresql, rows_of

_Key = tuple[str, str]
_STATEMENTS = 64


def rows_of_records(
    connection: Connection, table: Table, columns: tuple[str, ...], keys: Collection[_Key]
) -> Sequence[Values]:
    """What a table has of the records in these columns."""
    if not keys:
        return []
    if is_postgresql(connection):
        kinds, entities = zip(*set(keys), strict=True)
        these: Mapping[str, list[str]] = {"types": list(kinds), "ids": list(entities)}
        return rows_of(connection, _by_key(table, columns), these)
    ids: dict[str, list[str]] = {}
    for kind, entity in keys:
        ids.setdefault(kind, []).append(entity)
    these = {f"ids{n}": found for n, found in enumerate(ids.values())}
    return rows_of(connection, _by_type(table, columns, tuple(ids)), these)


# Statements are made once: to make one takes longer than to run it.
@lru_cache(_STATEMENTS)
def _by_key(table: Table, columns: tuple[str, ...]) -> Select[tuple[Any, ...]]:
    """One look at the primary key for each record, whatever the planner believes.

    Over a table that was still empty it would rather read all records of a type for every question; the
    offset of nought keeps it from trying.
    """
    named = [bindparam(name, type_=ARRAY(Text)) for name in ("types", "ids")]
    given = func.unnest(*named).table_valued("type", "id", name="given").render_derived()
    mine = (table.c.type == given.c.type) & (table.c.id == given.c.id)
    one = select(*(table.c[name] for name in columns)).where(mine).offset(literal_column("0"))
    found = one.lateral("found")
    return select(*(found.c[name] for name in columns)).select_from(given, found)


@lru_cache(_STATEMENTS)
def _by_type(table: Table, columns: tuple[str, ...], kinds: tuple[str, ...]) -> Select[tuple[Any, ...]]:
    wanted = (
        (table.c.type == kind) & table.c.id.in_(bindparam(f"ids{n}", expanding=True))
        for n, kind in enumerate(kinds)
    )
    return select(*(table.c[name] for name in columns)).where(or_(*wanted))
