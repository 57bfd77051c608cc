"""Tables as the migrations make them, made by the migrations once for each kind of database."""

from typing import Any

import pytest
from sqlalchemy import Connection, event

from server.central.storage import migrating, schema

_ASKS = ("SELECT", "PRAGMA", "SHOW")
_made: dict[str, tuple[str, ...]] = {}


def make_quickly(connection: Connection, version: int) -> None:
    """Do to an empty database what the migrations did to the first one of its kind; else migrate."""
    if version:
        migrating.migrate(connection, version)
    elif connection.dialect.name not in _made:
        _made[connection.dialect.name] = _heard(connection)
    elif connection.dialect.name == "postgresql":
        # all at once: one way there and back
        connection.exec_driver_sql(";".join(_made["postgresql"]))
    else:
        for statement in _made[connection.dialect.name]:
            connection.exec_driver_sql(statement)


def _heard(connection: Connection) -> tuple[str, ...]:
    """Migrate; what the database was told to do."""
    told: list[str] = []

    def hear(_connection: Connection, _cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        if not statement.lstrip().upper().startswith(_ASKS):
            assert not parameters, "an empty database has nothing that a migration would write anew"
            told.append(statement)

    event.listen(connection, "before_cursor_execute", hear)
    try:
        migrating.migrate(connection, 0)
    finally:
        event.remove(connection, "before_cursor_execute", hear)
    return tuple(told)


@pytest.fixture
def quick_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a new database of a server be made without walking through all schemas there ever were."""
    monkeypatch.setattr(schema, "migrate", make_quickly)
