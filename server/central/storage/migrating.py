"""Bringing a database from an earlier schema to the one of this program."""

from pathlib import Path

from sqlalchemy import Connection

from server.central.storage.engine import sealing_of
from server.central.storage.tables import SCHEMA_VERSION, metadata


def migrate(connection: Connection, version: int) -> None:
    """Run the migrations after the given one, in the caller's transaction; 0 makes everything anew."""
    # Alembic takes long to import and is needed once after a new release.
    from alembic import command
    from alembic.config import Config

    sealing = sealing_of(connection)
    config = Config(attributes={"connection": connection, "metadata": metadata, "sealing": sealing})
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    if version:
        command.stamp(config, _revision(version))
    command.upgrade(config, _revision(SCHEMA_VERSION))


def _revision(version: int) -> str:
    return f"{version:04d}"
