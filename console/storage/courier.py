"""The outbox as a courier sees it: read without marking, and marked where a courier has left with it."""

import hashlib
from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select, update

from console.storage import meta
from console.storage.documents import load_operation, moment
from console.storage.tables import outbox
from console.storage.values import Batch
from models.clock import Clock


class CourierRows:
    """What waits to be sent, for the couriers of this operator."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]], clock: Clock) -> None:
        self._transaction = transaction
        self._clock = clock

    def stamp(self) -> str:
        """Changes whenever other acts wait than before; the same text: nothing changed."""
        with self._transaction() as connection:
            digest = hashlib.sha256(meta.get(connection, "epoch").encode())
            for seq, op in connection.execute(select(outbox.c.seq, outbox.c.op_id).order_by(outbox.c.seq)):
                digest.update(f"{seq} {op}\n".encode())
        return digest.hexdigest()

    def waiting(self) -> Batch:
        """All that waits, in order, under the numbers it has; nothing is marked by that."""
        with self._transaction() as connection:
            rows = connection.execute(select(outbox.c.seq, outbox.c.doc).order_by(outbox.c.seq))
            acts = tuple((int(seq), load_operation(doc)) for seq, doc in rows)
            return Batch(meta.get(connection, "epoch"), acts)

    def left(self, epoch: str, last: int) -> None:
        """A courier may have reached the server with the acts up to a number: they are never altered now.

        Of another epoch than the present one nothing is known by its number.
        """
        with self._transaction() as connection:
            if meta.get(connection, "epoch") != epoch:
                return
            statement = update(outbox).where(outbox.c.seq <= last, outbox.c.sent_at.is_(None))
            connection.execute(statement.values(sent_at=moment(self._clock.now())))
