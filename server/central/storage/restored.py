"""What a database that came out of a backup is told before it serves again."""

from sqlalchemy import Connection, update

from models.ids import new_id
from server.central.storage.tables import meta


def begin_epoch(connection: Connection) -> str:
    """Give the database a new epoch, so that every workstation offers again what it may have lost."""
    epoch = new_id()
    connection.execute(update(meta).where(meta.c.key == "server_epoch").values(value=epoch))
    return epoch
