"""trace: chains of entries and their receipts."""

from alembic import op
from sqlalchemy import Column, Index, Integer, Text, text

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables; the trace of what was done before does not exist and is not invented."""
    op.create_table(
        "trace_chain",
        Column("place", Integer, primary_key=True),
        Column("epoch", Text, nullable=False, unique=True),
        Column("operator", Text, nullable=False),
        Column("workstation", Text, nullable=False),
        Column("device_epoch", Text, nullable=False),
        Column("n", Integer, nullable=False),
        Column("head", Text, nullable=False),
        Column("kept_n", Integer, nullable=False),
        Column("kept_head", Text, nullable=False),
        Column("told_n", Integer, nullable=False),
        Column("receipt_n", Integer, nullable=False),
        Column("receipt_head", Text, nullable=False),
        Column("receipt_at", Text, nullable=False),
        Column("receipt_key", Text, nullable=False),
        Column("receipt_signature", Text, nullable=False),
        Column("fault", Text, nullable=False),
        Column("fault_n", Integer, nullable=False),
        Column("fault_at", Text, nullable=False),
    )

    op.create_table(
        "trace_entry",
        Column("epoch", Text, primary_key=True),
        Column("n", Integer, primary_key=True),
        Column("text", Text, nullable=False),
        Column("hash", Text, nullable=False),
        Column("op_id", Text, nullable=False),
        Column("receipted_at", Text),
        Index("trace_entry_op", "op_id", sqlite_where=text("op_id <> ''")),
    )
