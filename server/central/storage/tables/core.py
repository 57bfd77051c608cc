"""What the database says of itself, and what sync keeps: devices, operations, records, feeds."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from server.central.storage.tables.base import metadata

meta = Table(
    "meta",
    metadata,
    Column("key", String(32), primary_key=True),
    Column("value", Text, nullable=False),
)

device = Table(
    "device",
    metadata,
    Column("epoch", String(64), primary_key=True),
    Column("account", String(64), nullable=False),
    Column("last_seq", Integer, nullable=False),
)

# `epoch` and `seq` are those of the first delivery; an operation that comes again under another
# epoch is known by its id.
operation = Table(
    "operation",
    metadata,
    Column("op_id", String(64), primary_key=True),
    Column("epoch", String(64), nullable=False),
    Column("seq", Integer, nullable=False),
    Column("h", Text, nullable=False),
    Column("type", String(64), nullable=False),
    Column("entity", String(64), nullable=False),
    Column("entity_id", String(64), nullable=False),
    Column("actor", String(64), nullable=False),
    Column("at", Text, nullable=False),
    Column("received_at", Text, nullable=False),
    Column("base", BigInteger, nullable=False),
    Column("v", BigInteger, nullable=False),
    Column("body", JSON, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("why", Text, nullable=False),
    Column("ver", Integer, nullable=False),
    UniqueConstraint("epoch", "seq"),
    Index("operation_of_entity", "entity", "entity_id"),
)

record = Table(
    "record",
    metadata,
    Column("type", String(32), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("ver", Integer, nullable=False),
    Column("doc", JSON, nullable=False),
    Column("site", String(64), nullable=False),
    Column("author", String(64), nullable=False),
    Column("call", String(64), nullable=False),
    Column("note", String(64), nullable=False),
    Column("level", String(2), nullable=False),
    Column("caller", String(64), nullable=False),
    Column("at", String(40), nullable=False),
    # when this server first took it, in seconds since 1970, UTC
    Column("taken", Float, nullable=False, server_default="0"),
    Index("record_of_call", "call"),
    Index("record_of_caller", "caller"),
    Index("record_by_age", "type", "taken", "id"),
)

# `n` and `x` are the count and the XOR over the checksums of what the feed holds.
feed_head = Table(
    "feed_head",
    metadata,
    Column("feed", String(80), primary_key=True),
    Column("head", Integer, nullable=False),
    Column("n", Integer, nullable=False),
    Column("x", String(16), nullable=False),
)

feed_entry = Table(
    "feed_entry",
    metadata,
    Column("feed", String(80), primary_key=True),
    Column("type", String(32), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("ver", Integer, nullable=False),
    Column("gone", Boolean, nullable=False),
    Index("feed_entry_in_order", "feed", "seq", unique=True),
    Index("feed_entry_of_record", "type", "id"),
)
