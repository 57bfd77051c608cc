"""What the database knows of itself: operator, device epoch, next number, server epoch."""

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from console.storage.tables import meta


def get(connection: Connection, key: str, default: str = "") -> str:
    """A value, or the default where it was never put."""
    value = connection.scalar(select(meta.c.value).where(meta.c.key == key))
    return default if value is None else str(value)


def put(connection: Connection, **values: str) -> None:
    """Set values."""
    for key, value in values.items():
        statement = insert(meta).values(key=key, value=value)
        connection.execute(statement.on_conflict_do_update(index_elements=["key"], set_={"value": value}))


def take_seq(connection: Connection) -> int:
    """The next number of the outbox; one that was given is never given again in this epoch."""
    seq = int(get(connection, "next_seq", "1"))
    put(connection, next_seq=str(seq + 1))
    return seq
