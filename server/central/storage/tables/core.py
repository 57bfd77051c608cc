"""What the database says of itself, and what sync keeps: devices, operations, records, feeds."""

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    false,
    text,
)

from server.central.storage.tables.base import metadata


def _where(condition: str) -> dict[str, Any]:
    """An index over the rows that have something there; who looks must name the same condition."""
    return {"postgresql_where": text(condition), "sqlite_where": text(condition)}


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
# epoch is known by its id. `content` is the body, sealed with the key that `seal` names; `h` is a keyed mark.
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
    Column("seal", BigInteger, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("outcome", String(16), nullable=False),
    Column("why", Text, nullable=False),
    Column("ver", Integer, nullable=False),
    # A draft that was pushed between two stops: at the next one its words are dropped.
    Column("passing", Boolean, nullable=False, server_default=false()),
    UniqueConstraint("epoch", "seq"),
    Index("operation_of_entity", "entity", "entity_id"),
    # Few or none: every push asks whether what it is about was refused so.
    Index("operation_practised", "entity_id", **_where("why = 'practice'")),
)

# `content` is the document, sealed with the key that `seal` names; `coded` is what of it stays readable for
# figures. A view has codes only: it stands in `coded` in full, and `seal` is 0.
record = Table(
    "record",
    metadata,
    Column("type", String(32), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("ver", Integer, nullable=False),
    Column("seal", BigInteger, nullable=False),
    Column("content", LargeBinary),
    Column("coded", JSON, nullable=False),
    Column("site", String(64), nullable=False),
    Column("author", String(64), nullable=False),
    Column("call", String(64), nullable=False),
    Column("note", String(64), nullable=False),
    Column("level", String(2), nullable=False),
    Column("caller", String(64), nullable=False),
    Column("at", String(40), nullable=False),
    # when this server first took it, in seconds since 1970, UTC
    Column("taken", Float, nullable=False, server_default="0"),
    Index("record_of_call", "call", **_where("call <> ''")),
    Index("record_of_caller", "caller", **_where("caller <> ''")),
    # Few at any time, asked for by every gateway twice a minute.
    Index("record_open_mark", "site", "taken", **_where("type = 'mark' AND level = ''")),
    Index("record_open_case", "site", **_where("type = 'case' AND level = ''")),
    Index("record_open_plan", "site", **_where("type = 'caller_plan' AND level = ''")),
    Index("record_merged", "site", **_where("type = 'person' AND level = 'M'")),
    Index("record_draft", "site", **_where("type = 'note' AND level = 'D'")),
    Index("record_alarming", "site", "taken", **_where("type = 'risk' AND level IN ('R3', 'R4')")),
    # Views have no age. Where an index over all records begins with their type, a planner that has met an
    # empty table looks for ids in that one.
    Index("record_by_age", "type", "taken", "id", **_where("call <> ''")),
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
    Column("type", String(32), primary_key=True),
    Column("id", String(64), primary_key=True),
    Column("feed", String(80), primary_key=True),
    Column("seq", Integer, nullable=False),
    Column("ver", Integer, nullable=False),
    Column("gone", Boolean, nullable=False),
    Index("feed_entry_in_order", "feed", "seq", unique=True),
)
