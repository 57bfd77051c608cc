"""search: an index; the records that are there come into it behind the work, the newest first."""

from alembic import op

revision = "0002"
down_revision = "0001"

_STATEMENTS = (
    """CREATE TABLE search_row (
        n INTEGER PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL, call TEXT NOT NULL,
        author TEXT NOT NULL, category TEXT NOT NULL, level TEXT NOT NULL, city TEXT NOT NULL,
        digest INTEGER NOT NULL, UNIQUE (type, id)
    )""",
    "CREATE INDEX search_row_call ON search_row (call)",
    """CREATE VIRTUAL TABLE search_text USING fts5(
        singles, pairs, codes, content='', contentless_delete=1, tokenize='ascii'
    )""",
    "CREATE TABLE search_pending (n INTEGER PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL)",
    """CREATE TRIGGER search_gone AFTER DELETE ON record BEGIN
        DELETE FROM search_text WHERE rowid = (
            SELECT n FROM search_row WHERE type = old.type AND id = old.id
        );
        DELETE FROM search_row WHERE type = old.type AND id = old.id;
    END""",
    """INSERT INTO search_pending (type, id)
        SELECT type, id FROM record WHERE type IN ('note', 'referral', 'call') ORDER BY at DESC""",
)


def upgrade() -> None:
    """Make the index and remember what belongs into it; to read it all here would keep people waiting."""
    for statement in _STATEMENTS:
        op.execute(statement)
