"""By what persons, their cases and plans are found without reading them all."""

from typing import Any

from sqlalchemy import Column, Connection, Index, Table, Text, event

from console.storage.tables.base import metadata

# `kind` says what `value` is: the keyed hash of a number, a call, the other one of two that are the same, a
# name, or the person (or number) that a case or plan is of.
person_link = Table(
    "person_link",
    metadata,
    Column("kind", Text, primary_key=True),
    Column("value", Text, primary_key=True),
    Column("type", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Index("person_link_of", "type", "id"),
)

GONE = """CREATE TRIGGER person_link_gone AFTER DELETE ON record BEGIN
    DELETE FROM person_link WHERE type = old.type AND id = old.id;
END"""


@event.listens_for(person_link, "after_create")
def _make(_target: object, connection: Connection, **_given: Any) -> None:
    connection.exec_driver_sql(GONE)
