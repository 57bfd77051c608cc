"""Acts that wait for a lead, in the order in which they came."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table

from server.central.storage.tables.base import metadata

# Settled ones are not in here any more: their record of type `held` says how they ended.
held = Table(
    "held",
    metadata,
    Column("n", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("op_id", String(64), nullable=False, unique=True),
    Column("entity", String(64), nullable=False),
    Column("entity_id", String(64), nullable=False),
    Column("actor", String(64), nullable=False),
    Index("held_of_entity", "entity_id", "entity"),
)
