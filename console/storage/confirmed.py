"""How far the server confirmed what this device did: told with each pull, so that a loss is noticed there."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager

from sqlalchemy import Connection

from console.storage import meta
from console.storage.values import Answer, Confirmed

_KEY = "confirmed"


def note(connection: Connection, epoch: str, answers: Sequence[Answer]) -> None:
    """The server answered these numbers of the present epoch, so it has all up to the last of them."""
    known = _read(connection)
    last = max((answer.seq for answer in answers), default=0)
    if epoch == meta.get(connection, "epoch") and last > (known.last if known.epoch == epoch else 0):
        meta.put(connection, **{_KEY: f"{epoch} {last}"})


def forget(connection: Connection) -> None:
    """The server lost some of it, and is offered all again: until then nothing is confirmed."""
    meta.put(connection, **{_KEY: ""})


def _read(connection: Connection) -> Confirmed:
    epoch, _, last = meta.get(connection, _KEY).partition(" ")
    return Confirmed(epoch, int(last or "0"))


class Confirmations:
    """A part of the storage: what the server is asked about with a pull."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def last(self) -> Confirmed:
        """The last number that the server confirmed, and its epoch, which may be an earlier one."""
        with self._transaction() as connection:
            return _read(connection)
