"""people: workstations, second factor, refresh tokens, and who may work no more."""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, String, Text

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add the tables, and what an account has more."""
    op.add_column("account", Column("state", String(16), nullable=False, server_default="active"))
    op.add_column("account", Column("second_factor", Text, nullable=False, server_default=""))
    op.add_column("account", Column("second_factor_step", BigInteger, nullable=False, server_default="0"))
    op.create_table(
        "workstation",
        Column("id", String(64), primary_key=True),
        Column("name", Text, nullable=False),
        Column("key", Text, nullable=False),
        Column("jkt", String(64), nullable=False),
        Column("certificate", Text, nullable=False),
        Column("state", String(16), nullable=False),
        Column("enrolled_at", Float, nullable=False),
        Index("workstation_of_key", "jkt", unique=True),
    )
    op.create_table(
        "enrolment_code",
        Column("hash", String(64), primary_key=True),
        Column("name", Text, nullable=False),
        Column("expires_at", Float, nullable=False),
        Column("workstation", String(64), nullable=False),
    )
    op.create_table(
        "signed_in",
        Column("account", String(64), primary_key=True),
        Column("workstation", String(64), primary_key=True),
        Column("at", Float, nullable=False),
    )
    op.create_table(
        "refresh_family",
        Column("id", String(64), primary_key=True),
        Column("account", String(64), nullable=False),
        Column("workstation", String(64), nullable=False),
        Column("seat", String(32), nullable=False),
        Column("generation", Integer, nullable=False),
        Column("former", String(64), nullable=False),
        Column("rotated_at", Float, nullable=False),
        Column("expires_at", Float, nullable=False),
        Column("revoked", Boolean, nullable=False),
        Index("refresh_family_of_account", "account"),
        Index("refresh_family_by_end", "expires_at"),
    )
    op.create_table(
        "refresh_token",
        Column("hash", String(64), primary_key=True),
        Column("family", String(64), nullable=False),
        Column("generation", Integer, nullable=False),
        Index("refresh_token_of_family", "family"),
    )
