"""Marks on numbers, known by their keyed hash."""

from sqlalchemy import Column, Float, Index, String, Table, Text

from server.central.storage.tables.base import metadata

# Approved misuse: the number comes after others until then. Times are in seconds since 1970, UTC; `ended`
# is 0 while nobody has ended it before its time.
lowered_caller = Table(
    "lowered_caller",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("site", String(64), nullable=False),
    Column("caller", String(64), nullable=False),
    Column("call", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("by", String(64), nullable=False),
    Column("at", Float, nullable=False),
    Column("until", Float, nullable=False),
    Column("ended", Float, nullable=False),
    Index("lowered_caller_by_end", "ended", "until"),
)
