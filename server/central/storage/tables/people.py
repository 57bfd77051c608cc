"""Who may sign in: accounts, and the failures that make somebody wait."""

from sqlalchemy import JSON, Column, Float, Integer, String, Table, Text

from server.central.storage.tables.base import metadata

account = Table(
    "account",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", Text, nullable=False),
    Column("title", String(64), nullable=False),
    Column("site", String(64), nullable=False),
    Column("roles", JSON, nullable=False),
    Column("password_hash", Text, nullable=False),
)

sign_in_failure = Table(
    "sign_in_failure",
    metadata,
    Column("name", String(64), primary_key=True),
    Column("device", String(64), primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("wait_until", Float, nullable=False, index=True),  # seconds since 1970, UTC
)
