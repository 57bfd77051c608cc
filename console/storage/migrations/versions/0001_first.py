"""The first schema."""

from alembic import op
from sqlalchemy import Column, Index, Integer, Text, text

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make all tables."""
    op.create_table("meta", Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

    op.create_table(
        "record",
        Column("type", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        Column("ver", Integer, nullable=False),
        Column("doc", Text),
        Column("base_ver", Integer, nullable=False),
        Column("base_doc", Text),
        Column("pending_n", Integer, nullable=False),
        # Was it ever in a feed; has it left them all while acts of it are unsent.
        Column("covered", Integer, nullable=False),
        Column("gone", Integer, nullable=False),
        Column("at", Text, nullable=False),
        Column("call", Text, nullable=False),
        Column("author", Text, nullable=False),
        Column("state", Text, nullable=False),
        # The number reversed, so that a search by its last digits uses the index.
        Column("tail", Text, nullable=False),
        Index("record_at", "type", "at"),
        Index("record_call", "call"),
        Index("record_tail", "tail", sqlite_where=text("tail <> ''")),
        Index("record_draft", "author", "at", sqlite_where=text("type = 'note' AND state = 'draft'")),
    )

    op.create_table(
        "outbox",
        Column("seq", Integer, primary_key=True),
        Column("op_id", Text, nullable=False, unique=True),
        Column("type", Text, nullable=False),
        Column("entity", Text, nullable=False),
        Column("entity_id", Text, nullable=False),
        Column("doc", Text, nullable=False),
        Column("at", Text, nullable=False),
        Column("sent_at", Text),
        Column("tries", Integer, nullable=False),
        # Confirmed once already and offered again to a restored server: part of no pending view.
        Column("again", Integer, nullable=False),
        Index("outbox_entity", "entity", "entity_id", "seq"),
    )

    op.create_table(
        "refused",
        Column("n", Integer, primary_key=True),
        Column("op_id", Text, nullable=False, unique=True),
        Column("entity", Text, nullable=False),
        Column("entity_id", Text, nullable=False),
        Column("doc", Text, nullable=False),
        Column("outcome", Text, nullable=False),
        Column("why", Text, nullable=False),
        Index("refused_entity", "entity", "entity_id"),
    )

    op.create_table(
        "acked_ops",
        Column("n", Integer, primary_key=True),
        Column("op_id", Text, nullable=False, unique=True),
        Column("doc", Text, nullable=False),
        Column("acked_at", Text, nullable=False, index=True),
    )

    op.create_table(
        "cursor",
        Column("feed", Text, primary_key=True),
        Column("seq", Integer, nullable=False),
        Column("n", Integer, nullable=False),
        Column("sum", Text, nullable=False),
    )

    op.create_table(
        "record_feed",
        Column("feed", Text, primary_key=True),
        Column("type", Text, primary_key=True),
        Column("id", Text, primary_key=True),
        Column("ver", Integer, nullable=False),
        Index("record_feed_record", "type", "id"),
    )
