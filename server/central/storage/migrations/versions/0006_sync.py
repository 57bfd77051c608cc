"""sync: acts that wait for a lead in their order; drafts between two stops."""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, false

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table, and let what is held already wait in the order in which it came."""
    op.create_table(
        "held",
        Column("n", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
        Column("op_id", String(64), nullable=False, unique=True),
        Column("entity", String(64), nullable=False),
        Column("entity_id", String(64), nullable=False),
        Column("actor", String(64), nullable=False),
        Index("held_of_entity", "entity_id", "entity"),
    )
    # What was pushed by earlier programs says nothing of stops: all of it is kept.
    op.add_column("operation", Column("passing", Boolean, nullable=False, server_default=false()))
