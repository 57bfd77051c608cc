"""Grants, legal holds, erasures; and since when the server has each record."""

from datetime import datetime

from alembic import op
from sqlalchemy import JSON, Column, Float, Index, Integer, String, Text, column, func, select, table, update

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add the tables; of what is there, count the age from its first operation."""
    op.add_column("record", Column("taken", Float, nullable=False, server_default="0"))
    op.create_index("record_by_age", "record", ["type", "taken", "id"])
    _date_what_is_there()
    op.create_table(
        "access_grant",
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
    op.create_table(
        "access_log",
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
    op.create_table(
        "legal_hold",
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
    op.create_table(
        "erasure",
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


def _date_what_is_there() -> None:
    connection = op.get_bind()
    operation = table("operation", column("entity"), column("entity_id"), column("received_at"))
    record = table("record", column("type"), column("id"), column("taken"))
    first = select(
        operation.c.entity, operation.c.entity_id, func.min(operation.c.received_at).label("at")
    ).group_by(operation.c.entity, operation.c.entity_id)
    for row in connection.execute(first).all():
        taken = datetime.fromisoformat(row.at).timestamp()
        here = (record.c.type == row.entity) & (record.c.id == row.entity_id)
        connection.execute(update(record).where(here).values(taken=taken))
