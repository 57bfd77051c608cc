"""What the local database knows of itself, and what sync keeps: records, outbox, feeds."""

from sqlalchemy import Column, Index, Integer, Table, Text, text

from console.storage.tables.base import metadata

meta = Table("meta", metadata, Column("key", Text, primary_key=True), Column("value", Text, nullable=False))

record = Table(
    "record",
    metadata,
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
    # How many texts of a note wait for a decision.
    Column("conflicts", Integer, nullable=False, server_default="0"),
    Index("record_at", "type", "at"),
    Index("record_call", "call"),
    Index("record_tail", "tail", sqlite_where=text("tail <> ''")),
    Index("record_draft", "author", "at", sqlite_where=text("type = 'note' AND state = 'draft'")),
    Index("record_conflict", "at", sqlite_where=text("conflicts > 0")),
)

outbox = Table(
    "outbox",
    metadata,
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

refused = Table(
    "refused",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("op_id", Text, nullable=False, unique=True),
    Column("entity", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("doc", Text, nullable=False),
    Column("outcome", Text, nullable=False),
    Column("why", Text, nullable=False),
    # How a lead settled a held act (waiting, released, dismissed), and whether its author has seen that.
    Column("state", Text, nullable=False, server_default="waiting"),
    Column("reason", Text, nullable=False, server_default=""),
    Column("seen", Integer, nullable=False, server_default="0"),
    Index("refused_entity", "entity", "entity_id"),
)

acked_ops = Table(
    "acked_ops",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("op_id", Text, nullable=False, unique=True),
    Column("doc", Text, nullable=False),
    Column("acked_at", Text, nullable=False, index=True),
)

cursor = Table(
    "cursor",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("sum", Text, nullable=False),
)

record_feed = Table(
    "record_feed",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("type", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("ver", Integer, nullable=False),
    Index("record_feed_record", "type", "id"),
)
