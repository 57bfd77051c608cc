"""Acts that the server holds: how they were settled, for their author; what waits, for a lead."""

from collections.abc import Callable
from contextlib import AbstractContextManager

from sqlalchemy import Connection, select, update

from console.storage.documents import load_operation
from console.storage.queries import one
from console.storage.records import Key, lay_over, read, records
from console.storage.tables import record, refused
from models.codec import Document, from_document
from models.operation import Operation, Outcome
from models.sync import held
from models.sync.held import HeldAct, HeldCard, HeldState


def settle(connection: Connection, document: Document) -> Key | None:
    """The server tells of an act that it holds; gives the record whose view is another one because of it.

    A released act is in the record now; a dismissed one will never be: neither is laid over it any more. One
    that waits again is: the server was put back, and with it the decision.
    """
    act = from_document(HeldAct, document)
    mine = (refused.c.op_id == act.id, refused.c.outcome == Outcome.HELD)
    row = connection.execute(select(refused).where(*mine)).first()
    if row is None:
        return None
    values = {"state": act.state.value, "why": act.why, "reason": act.reason}
    connection.execute(update(refused).where(*mine).values(values))
    if (act.state is HeldState.WAITING) == (row.state == HeldState.WAITING):
        return None
    key: Key = (row.entity, row.entity_id)
    lay_over(connection, read(connection, key))
    return key


class Held:
    """What a lead sees of held acts, and what an author has seen of their end."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def cards(self) -> tuple[HeldCard, ...]:
        """The held acts that wait for a lead of this site, oldest first."""
        query = select(record).where(record.c.type == held.CARD).order_by(record.c.at, record.c.id)
        with self._transaction() as connection:
            cards = [found.entity for found in records(connection, query)]
        return tuple(card for card in cards if card.state is HeldState.WAITING)

    def act(self, op: str) -> HeldAct | None:
        """A held act in full, where it may be read here."""
        with self._transaction() as connection:
            found = one(connection, held.ENTITY, op)
        return found.entity if found else None

    def text(self, op: str) -> Operation | None:
        """An own act that the server did not take, with its text; None where it is not known."""
        with self._transaction() as connection:
            document = connection.scalar(select(refused.c.doc).where(refused.c.op_id == op))
        return load_operation(document) if document else None

    def put_away(self, op: str) -> None:
        """The author has seen how it ended: it is listed no more; its text stays."""
        ended = (refused.c.state != HeldState.WAITING) | (refused.c.outcome == Outcome.REJECTED)
        with self._transaction() as connection:
            connection.execute(update(refused).where(refused.c.op_id == op, ended).values(seen=1))
