"""The key database: pages of record keys, wrapped by the master key; never in the backups of the records."""

from sqlalchemy import BigInteger, Column, LargeBinary, MetaData, Table

key_metadata = MetaData()

# Page 0 holds no keys but the database's own secret, by which it is known again.
key_page = Table(
    "key_page",
    key_metadata,
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("wrapped", LargeBinary, nullable=False),
)
