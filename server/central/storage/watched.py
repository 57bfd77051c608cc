"""What somebody who watches over the server wants to know of its database."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, QueuePool, func, select

from server.central.storage.backup import last_backup
from server.central.storage.engine import Database, reading
from server.central.storage.tables import held
from server.central.storage.tables.trace import trace_alarm, trace_checkpoint


@dataclass(frozen=True, slots=True)
class Watched:
    """Acts that wait, breaks of the trace, last checkpoint and backup, connections of this process."""

    held: int
    breaks: int
    checkpoint: datetime | None
    backup: datetime | None
    in_use: int
    idle: int


def watch(database: Database) -> Watched:
    """How it stands now."""
    pool = database.pool
    in_use, idle = (pool.checkedout(), pool.checkedin()) if isinstance(pool, QueuePool) else (0, 0)
    with reading(database) as connection:
        return Watched(
            connection.scalar(select(func.count()).select_from(held)) or 0,
            connection.scalar(select(func.count()).select_from(trace_alarm)) or 0,
            last_checkpoint_at(connection),
            last_backup(connection),
            in_use,
            idle,
        )


def last_checkpoint_at(connection: Connection) -> datetime | None:
    """When the last checkpoint of the trace was made; None before the first."""
    # The hour is what they are found by: the greatest time would be looked for among all there are.
    at = connection.scalar(select(trace_checkpoint.c.at).order_by(trace_checkpoint.c.hour.desc()).limit(1))
    return datetime.fromisoformat(at) if at else None
