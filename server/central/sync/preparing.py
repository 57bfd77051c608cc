"""What can be said of operations before anybody looks at the records, and so before anybody waits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.codec import Document
from models.operation import Operation, Reduced
from models.sync.record import Versioned, apply
from server.central.storage.records import Key
from server.central.sync.reading import Handed
from server.central.sync.soundness import checked

POISON = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a reducer may raise over an act that nobody thought of."""
NOTHING_YET = Versioned()
"""Where there is no record."""
Made = tuple[Versioned, Reduced[Document]]


@dataclass(slots=True)
class Prepared:
    """An operation with its number, and its body as JSON; `fault`: why it cannot be stored.

    `key` names the record that it is about, `mark` is the keyed mark of its digest. `made` is what it makes
    where there is no record yet: None where its author saw one, or where it is poisonous.
    """

    seq: int
    operation: Operation
    key: Key
    content: bytes
    fault: str
    mark: str
    made: Made | None


def prepare(acts: Sequence[Handed], mark: Callable[[str], str]) -> list[Prepared]:
    """The operations of a push, ready to be taken."""
    return [_prepared(one, mark) for one in acts]


def _prepared(one: Handed, mark: Callable[[str], str]) -> Prepared:
    operation = one.operation
    content, fault = checked(operation)
    made = None if fault or operation.base else _made(operation)
    key = (operation.entity, operation.id)
    return Prepared(one.seq, operation, key, content, fault, mark(one.h), made)


def _made(operation: Operation) -> Made | None:
    try:
        return apply(NOTHING_YET, operation)
    except POISON:
        return None
