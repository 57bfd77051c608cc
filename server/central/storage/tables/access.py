"""Grants of full text, what was delivered and done by such rights, legal holds, erasures.

Times are the server's, in seconds since 1970, UTC; 0 where something has not happened yet. `seals` are the
keys that an erasure destroys, so that it can be gone on with.
"""

from sqlalchemy import JSON, Column, Float, Index, Integer, String, Table, Text

from server.central.storage.tables.base import metadata

access_grant = Table(
    "access_grant",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("account", String(64), nullable=False),
    Column("note", String(64), nullable=False),
    Column("call", String(64), nullable=False),
    Column("site", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("granted_by", String(64), nullable=False),
    Column("at", Float, nullable=False),
    Column("until", Float, nullable=False),
    Column("ended", Float, nullable=False),
    Index("access_grant_by_end", "ended", "until"),
    Index("access_grant_of_call", "call"),
)

access_log = Table(
    "access_log",
    metadata,
    Column("n", Integer, primary_key=True),
    Column("at", Float, nullable=False),
    Column("actor", String(64), nullable=False),
    Column("act", String(32), nullable=False),
    Column("type", String(32), nullable=False),
    Column("record", String(64), nullable=False),
    Column("feed", String(80), nullable=False),
    Column("reason", Text, nullable=False),
    Index("access_log_of_record", "type", "record"),
)

legal_hold = Table(
    "legal_hold",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("call", String(64), nullable=False),
    Column("site", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("set_by", String(64), nullable=False),
    Column("set_at", Float, nullable=False),
    Column("confirmed_by", String(64), nullable=False),
    Column("confirmed_at", Float, nullable=False),
    Column("lift_reason", Text, nullable=False),
    Column("lift_by", String(64), nullable=False),
    Column("lift_at", Float, nullable=False),
    Column("lifted_by", String(64), nullable=False),
    Column("lifted_at", Float, nullable=False),
    Index("legal_hold_of_call", "call"),
)

erasure = Table(
    "erasure",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("call", String(64), nullable=False),
    Column("site", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("asked_by", String(64), nullable=False),
    Column("asked_at", Float, nullable=False),
    Column("confirmed_by", String(64), nullable=False),
    Column("confirmed_at", Float, nullable=False),
    Column("seals", JSON, nullable=False),
    Column("done_at", Float, nullable=False),
    Index("erasure_of_call", "call"),
)
