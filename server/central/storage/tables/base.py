"""The one collection of tables, and the version of the schema."""

from sqlalchemy import MetaData

SCHEMA_VERSION = 8
"""The number of the last migration."""

metadata = MetaData()
