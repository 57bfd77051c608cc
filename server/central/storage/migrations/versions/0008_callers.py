"""Numbers that come after others in the queue, as a lead approved."""

from alembic import op
from sqlalchemy import Column, Float, Index, String, Text

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "lowered_caller",
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
