"""Insert-or-update, which the two databases spell alike but SQLAlchemy keeps apart."""

from typing import Any

from sqlalchemy import Connection, Row, Table
from sqlalchemy.dialects import postgresql, sqlite


def put(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Write rows by primary key; a row that is there is replaced."""
    if not rows:
        return
    statement = _insert(connection, table)
    keys = [column.name for column in table.primary_key]
    values = {name: statement.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=values), rows)


def put_missing(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> None:
    """Write the rows whose primary key is not there yet."""
    if rows:
        connection.execute(_insert(connection, table).on_conflict_do_nothing(), rows)


def lock_row(connection: Connection, table: Table, blank: dict[str, Any]) -> Row[Any]:
    """The row of a primary key, for this transaction alone; the blank one where there was none.

    With one statement: between two of them somebody else could take the row away.
    """
    statement = _insert(connection, table).values(blank)
    keys = [column.name for column in table.primary_key]
    # An update that changes nothing locks the row, a lock alone would find none that is being deleted.
    same = {keys[0]: table.c[keys[0]]}
    locked = statement.on_conflict_do_update(index_elements=keys, set_=same).returning(*table.columns)
    return connection.execute(locked).one()


def _insert(connection: Connection, table: Table) -> Any:
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table)
    return postgresql.insert(table)
