"""Coming back from a backup: all tables anew, and a new epoch, in one transaction."""

from sqlalchemy import Connection, Engine, MetaData, delete, func, inspect, select, update

from models.ids import new_id
from server.central.storage.backup import copy_table
from server.central.storage.engine import Database, reading, writing
from server.central.storage.migrating import migrate
from server.central.storage.tables import meta, metadata


def begin_epoch(connection: Connection) -> str:
    """Give the database a new epoch, so that every workstation offers again what it may have lost."""
    epoch = new_id()
    connection.execute(update(meta).where(meta.c.key == "server_epoch").values(value=epoch))
    return epoch


def is_in_use(engine: Engine) -> bool:
    """True where this database holds a server's tables already."""
    return inspect(engine).has_table(meta.name)


def put_back(backup: Database, target: Database) -> str:
    """Replace all that is in a database by a backup of the present schema; gives the new epoch."""
    with reading(backup) as source, writing(target) as connection:
        old = MetaData()
        old.reflect(connection)
        old.drop_all(connection)
        migrate(connection, 0)
        for table in metadata.sorted_tables:
            connection.execute(delete(table))
            copy_table(source, connection, table)
        _go_on_counting(connection)
        return begin_epoch(connection)


def _go_on_counting(connection: Connection) -> None:
    """PostgreSQL counts apart from the rows; SQLite goes on from the greatest."""
    if connection.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None and column.autoincrement is True:
            last = select(func.max(column)).scalar_subquery()
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            connection.execute(select(func.setval(sequence, func.coalesce(last, 0) + 1, False)))
