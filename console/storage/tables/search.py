"""What the search reads: an index of pairs of signs without the texts, which stand in the records alone."""

from typing import Any

from sqlalchemy import Connection, event

from console.storage.tables.base import metadata

# Not in the collection of tables: a rebuilt database makes the index anew from its records.
STATEMENTS = (
    # A row is numbered by the second in which its record began, so that newest first needs no sorting.
    """CREATE TABLE search_row (
        n INTEGER PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL, call TEXT NOT NULL,
        author TEXT NOT NULL, category TEXT NOT NULL, level TEXT NOT NULL, city TEXT NOT NULL,
        digest INTEGER NOT NULL, UNIQUE (type, id)
    )""",
    "CREATE INDEX search_row_call ON search_row (call)",
    # Signs and beginnings of words; pairs of neighbours; author, category, level, city, kind and number.
    """CREATE VIRTUAL TABLE search_text USING fts5(
        singles, pairs, codes, content='', contentless_delete=1, tokenize='ascii'
    )""",
    # Records that are not in the index yet, in the order in which they come into it.
    "CREATE TABLE search_pending (n INTEGER PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL)",
    """CREATE TRIGGER search_gone AFTER DELETE ON record BEGIN
        DELETE FROM search_text WHERE rowid = (
            SELECT n FROM search_row WHERE type = old.type AND id = old.id
        );
        DELETE FROM search_row WHERE type = old.type AND id = old.id;
    END""",
    # A person's names apart from their calls: to show a name, hundreds of calls are not read.
    "CREATE TABLE search_person (id TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TRIGGER search_person_gone AFTER DELETE ON record WHEN old.type = 'person' BEGIN
        DELETE FROM search_person WHERE id = old.id;
    END""",
)


def make(connection: Connection) -> None:
    """Make the index, an empty one."""
    for statement in STATEMENTS:
        connection.exec_driver_sql(statement)


@event.listens_for(metadata, "after_create")
def _make(_target: object, connection: Connection, **_given: Any) -> None:
    make(connection)
