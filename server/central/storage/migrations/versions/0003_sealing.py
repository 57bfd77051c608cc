"""Seal what was readable: documents of records, bodies of operations, the secret of caller cards."""

from collections.abc import Iterator
from typing import Any

from alembic import context, op
from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    column,
    select,
    table,
    text,
    update,
)

from server.central.sealing.coded import coded_of, is_view
from server.central.sealing.sealing import OPEN, Sealing
from server.central.storage import ledger, records

revision = "0003"
down_revision = "0002"
_MANY = 500
_OPEN_SUFFIX = "_open"


def upgrade() -> None:
    """Make the tables anew, sealed, and fill them from those that were readable."""
    sealing: Sealing = context.config.attributes["sealing"]
    for name in ("operation", "record", "feed_entry"):
        op.rename_table(name, name + _OPEN_SUFFIX)
    _make()
    seals = _seal_records(sealing)
    _seal_operations(sealing, seals)
    op.execute(
        "INSERT INTO feed_entry (type, id, feed, seq, ver, gone)"
        " SELECT type, id, feed, seq, ver, gone FROM feed_entry_open"
    )
    for name in ("operation", "record", "feed_entry"):
        op.drop_table(name + _OPEN_SUFFIX)
    _index()
    _seal_meta(sealing)


def _make() -> None:
    op.create_table(
        "operation",
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
        UniqueConstraint("epoch", "seq"),
    )
    op.create_table(
        "record",
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
    )
    op.create_table(
        "feed_entry",
        Column("type", String(32), primary_key=True),
        Column("id", String(64), primary_key=True),
        Column("feed", String(80), primary_key=True),
        Column("seq", Integer, nullable=False),
        Column("ver", Integer, nullable=False),
        Column("gone", Boolean, nullable=False),
    )
    if op.get_bind().dialect.name == "postgresql":
        # Sealed text does not get smaller by packing.
        op.execute("ALTER TABLE operation ALTER content SET STORAGE EXTERNAL")
        op.execute("ALTER TABLE record ALTER content SET STORAGE EXTERNAL")


def _index() -> None:
    op.create_index("operation_of_entity", "operation", ["entity", "entity_id"])
    for name, what in (("record_of_call", "call"), ("record_of_caller", "caller")):
        there = text(f"{what} <> ''")
        op.create_index(name, "record", [what], postgresql_where=there, sqlite_where=there)
    op.create_index("feed_entry_in_order", "feed_entry", ["feed", "seq"], unique=True)


def _seal_records(sealing: Sealing) -> dict[tuple[str, str], int]:
    """Seal the records; returns the key of each."""
    seals: dict[tuple[str, str], int] = {}
    of_call: dict[tuple[str, str], int] = {}
    target = _table("record")
    for rows in _rows("record"):
        for row in rows:
            doc = row.pop("doc")
            row |= {"seal": OPEN, "content": None, "coded": coded_of(row["type"], doc)}
            if not is_view(row["type"]):
                seal = of_call.get((row["call"], row["site"])) or sealing.new_keys(1)[0]
                of_call[row["call"], row["site"]] = seals[row["type"], row["id"]] = row["seal"] = seal
                name = records.sealed_name(row["type"], row["id"], row["ver"])
                row["content"] = sealing.seal(seal, name, records.encoded(doc))
        op.bulk_insert(target, rows)
    return seals


def _seal_operations(sealing: Sealing, seals: dict[tuple[str, str], int]) -> None:
    target = _table("operation")
    for rows in _rows("operation"):
        for row in rows:
            body = records.encoded(row.pop("body"))
            row["seal"] = seals.get((row["entity"], row["entity_id"])) or sealing.new_keys(1)[0]
            row["content"] = sealing.seal(row["seal"], ledger.sealed_name(row["op_id"]), body)
            row["h"] = sealing.mark(row["h"])
            row["why"] = row["why"] if not row["why"].startswith("malformed") else "malformed"
        op.bulk_insert(target, rows)


def _seal_meta(sealing: Sealing) -> None:
    meta = table("meta", column("key"), column("value"))
    secret = meta.c.key == "caller_secret"
    connection = op.get_bind()
    value = connection.execute(select(meta.c.value).where(secret)).scalar()
    if value is not None:
        wrapped = sealing.wrap("caller_secret", bytes.fromhex(value))
        connection.execute(update(meta).where(secret).values(value=wrapped))
        op.bulk_insert(meta, [{"key": "keys", "value": sealing.id}])


def _rows(name: str) -> Iterator[list[dict[str, Any]]]:
    """The rows of a table as it was, many at a time."""
    source = _table(name + _OPEN_SUFFIX)
    found = op.get_bind().execute(select(source), execution_options={"yield_per": _MANY})
    for part in found.mappings().partitions(_MANY):
        yield [dict(row) for row in part]


def _table(name: str) -> Table:
    return Table(name, MetaData(), autoload_with=op.get_bind())
