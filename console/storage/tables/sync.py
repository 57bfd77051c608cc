"""What is kept while a restored server learns again what it has lost."""

from sqlalchemy import Column, Integer, Table, Text

from console.storage.tables.base import metadata

# The records that were pulled before the server was restored, with the versions they had.
restored = Table(
    "restored",
    metadata,
    Column("type", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("ver", Integer, nullable=False),
)
