"""The trace: a chain of entries, one for each change and each read of clinical content."""

from sqlalchemy import Column, Index, Integer, Table, Text, text

from console.storage.tables.base import metadata

trace_chain = Table(
    "trace_chain",
    metadata,
    Column("place", Integer, primary_key=True),
    Column("epoch", Text, nullable=False, unique=True),
    Column("operator", Text, nullable=False),
    Column("workstation", Text, nullable=False),
    # The epoch of the device in which it grows; with another one begins another chain.
    Column("device_epoch", Text, nullable=False),
    Column("n", Integer, nullable=False),
    Column("head", Text, nullable=False),
    # Entries up to here were folded away.
    Column("kept_n", Integer, nullable=False),
    Column("kept_head", Text, nullable=False),
    # Entries up to here are at the server, or were handed to it and did not fit.
    Column("told_n", Integer, nullable=False),
    # The last receipt.
    Column("receipt_n", Integer, nullable=False),
    Column("receipt_head", Text, nullable=False),
    Column("receipt_at", Text, nullable=False),
    Column("receipt_key", Text, nullable=False),
    Column("receipt_signature", Text, nullable=False),
    # What was found wrong with it, at which entry, and when.
    Column("fault", Text, nullable=False),
    Column("fault_n", Integer, nullable=False),
    Column("fault_at", Text, nullable=False),
)

trace_entry = Table(
    "trace_entry",
    metadata,
    Column("epoch", Text, primary_key=True),
    Column("n", Integer, primary_key=True),
    Column("text", Text, nullable=False),
    Column("hash", Text, nullable=False),
    Column("op_id", Text, nullable=False),
    Column("receipted_at", Text),
    Index("trace_entry_op", "op_id", sqlite_where=text("op_id <> ''")),
)
