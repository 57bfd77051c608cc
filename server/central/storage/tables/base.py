"""The one collection of tables, and the version of the schema."""

from sqlalchemy import MetaData

SCHEMA_VERSION = 7
"""The number of the last migration."""

metadata = MetaData()
