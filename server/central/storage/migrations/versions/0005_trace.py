"""trace: chains of entries, alarms and checkpoints."""

from alembic import op
from sqlalchemy import JSON, Boolean, Column, Index, Integer, String, Text

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Make the tables; what was done before has no trace, and none is invented."""
    op.create_table(
        "trace_chain",
        Column("epoch", String(64), primary_key=True),
        Column("operator", String(64), nullable=False),
        Column("workstation", String(64), nullable=False),
        Column("n", Integer, nullable=False),
        Column("head", String(64), nullable=False),
        Column("receipt_at", String(40), nullable=False),
        Column("receipt_signature", String(128), nullable=False),
    )

    op.create_table(
        "trace_entry",
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

    op.create_table(
        "trace_alarm",
        Column("epoch", String(64), primary_key=True),
        Column("n", Integer, primary_key=True),
        Column("why", String(16), primary_key=True),
        Column("account", String(64), nullable=False),
        Column("workstation", String(64), nullable=False),
        Column("at", String(40), nullable=False),
    )

    op.create_table(
        "trace_checkpoint",
        Column("hour", String(13), primary_key=True),
        Column("before", String(64), nullable=False, unique=True),
        Column("heads", JSON, nullable=False),
        Column("at", String(40), nullable=False),
        Column("key", String(64), nullable=False),
        Column("signature", String(128), nullable=False),
        Column("digest", String(64), nullable=False),
    )

    op.create_table(
        "trace_checked",
        Column("epoch", String(64), primary_key=True),
        Column("n", Integer, nullable=False),
    )
