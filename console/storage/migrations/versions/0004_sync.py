"""sync: how held acts were settled, which notes have texts to decide between, a restored server; persons."""

from alembic import op
from sqlalchemy import Column, Index, Integer, Text, text

revision = "0004"
down_revision = "0003"

_CONFLICTS = """
    UPDATE record SET conflicts = (
        SELECT count(*) FROM json_each(record.doc, '$.versions') AS version
        WHERE coalesce(json_extract(version.value, '$.settled'), '') = ''
    ) WHERE type = 'note' AND doc IS NOT NULL
"""
_GONE = """CREATE TRIGGER person_link_gone AFTER DELETE ON record BEGIN
    DELETE FROM person_link WHERE type = old.type AND id = old.id;
END"""

_PERSONS = (
    "CREATE TABLE search_person (id TEXT PRIMARY KEY, doc TEXT NOT NULL) WITHOUT ROWID",
    """CREATE TRIGGER search_person_gone AFTER DELETE ON record WHEN old.type = 'person' BEGIN
        DELETE FROM search_person WHERE id = old.id;
    END""",
)


def upgrade() -> None:
    """Add the columns; texts that were set beside others before are decided between like new ones."""
    op.add_column("refused", Column("state", Text, nullable=False, server_default="waiting"))
    op.add_column("refused", Column("reason", Text, nullable=False, server_default=""))
    op.add_column("refused", Column("seen", Integer, nullable=False, server_default="0"))
    op.add_column("record", Column("conflicts", Integer, nullable=False, server_default="0"))
    op.execute(_CONFLICTS)
    op.create_index("record_conflict", "record", ["at"], sqlite_where=text("conflicts > 0"))
    op.create_table(
        "restored",
        Column("type", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        Column("ver", Integer, nullable=False),
    )
    op.create_table(
        "person_link",
        Column("kind", Text, primary_key=True),
        Column("value", Text, primary_key=True),
        Column("type", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        Index("person_link_of", "type", "id"),
    )
    op.execute(_GONE)
    for statement in _PERSONS:
        op.execute(statement)
