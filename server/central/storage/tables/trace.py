"""The trace: the chains of entries that devices send, receipts and checkpoints."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Table, Text

from server.central.storage.tables.base import metadata

# The chains of workstations and, under `server:<hour>`, those of the server itself. The last receipt stands
# beside the head it was given for.
trace_chain = Table(
    "trace_chain",
    metadata,
    Column("epoch", String(64), primary_key=True),
    Column("operator", String(64), nullable=False),
    Column("workstation", String(64), nullable=False),
    Column("n", Integer, nullable=False),
    Column("head", String(64), nullable=False),
    Column("receipt_at", String(40), nullable=False),
    Column("receipt_signature", String(128), nullable=False),
)

# What does not fit its chain is kept beside it, so the hash is part of the key.
trace_entry = Table(
    "trace_entry",
    metadata,
    Column("epoch", String(64), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("hash", String(64), primary_key=True),
    Column("fits", Boolean, nullable=False),
    Column("actor", Text, nullable=False),
    Column("act", Text, nullable=False),
    Column("entity_id", Text, nullable=False),
    Column("at", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("received_at", String(40), nullable=False),
    Index("trace_entry_of_entity", "entity_id"),
)

trace_alarm = Table(
    "trace_alarm",
    metadata,
    Column("epoch", String(64), primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("why", String(16), primary_key=True),
    Column("account", String(64), nullable=False),
    Column("workstation", String(64), nullable=False),
    Column("at", String(40), nullable=False),
)

# `heads` are [epoch, n, head] of the chains that moved since the checkpoint `before`.
trace_checkpoint = Table(
    "trace_checkpoint",
    metadata,
    Column("hour", String(13), primary_key=True),
    Column("before", String(64), nullable=False, unique=True),
    Column("heads", JSON, nullable=False),
    Column("at", String(40), nullable=False),
    Column("key", String(64), nullable=False),
    Column("signature", String(128), nullable=False),
    Column("digest", String(64), nullable=False),
)

# How far each chain had come at the last checkpoint that names it.
trace_checked = Table(
    "trace_checked",
    metadata,
    Column("epoch", String(64), primary_key=True),
    Column("n", Integer, nullable=False),
)
