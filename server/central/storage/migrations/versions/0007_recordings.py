"""Recordings that are kept, and who may listen to one."""

from alembic import op
from sqlalchemy import JSON, BigInteger, Column, Float, Index, String

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "recording",
        Column("id", String(64), primary_key=True),
        Column("recording", String(80), nullable=False),
        Column("call", String(64), nullable=False),
        Column("site", String(64), nullable=False),
        Column("ended_at", Float, nullable=False),
        Column("taken", Float, nullable=False),
        Column("label", JSON, nullable=False),
        Column("digest", String(64), nullable=False),
        Column("seal", BigInteger, nullable=False),
        Column("erased", Float, nullable=False),
        Index("recording_of_call", "call"),
    )
    op.create_table(
        "play",
        Column("id", String(64), primary_key=True),
        Column("account", String(64), nullable=False),
        Column("recording", String(64), nullable=False),
        Column("call", String(64), nullable=False),
        Column("reason", String(32), nullable=False),
        Column("at", Float, nullable=False),
        Column("until", Float, nullable=False),
        Index("play_of_recording", "recording"),
    )
