"""What can be said of operations before anybody looks at the records, and so before anybody waits."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from models.codec import Document
from models.operation import Operation, Reduced
from models.sync.record import Versioned, apply
from models.wire.sync import PushedOperation
from server.central.sync.soundness import checked

POISON = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a reducer may raise over an act that nobody thought of."""
NOTHING_YET = Versioned()
"""Where there is no record."""
Made = tuple[Versioned, Reduced[Document]]


@dataclass(slots=True)
class Prepared:
    """An operation as it came, as a value, and its body as JSON; `fault`: why it cannot be stored.

    `mark` is the keyed mark of its digest. `made` is what it makes where there is no record yet: None where
    its author saw one, or where it is poisonous.
    """

    pushed: PushedOperation
    operation: Operation
    content: bytes
    fault: str
    mark: str
    made: Made | None


def prepare(ops: Sequence[PushedOperation], mark: Callable[[str], str]) -> list[Prepared]:
    """The operations of a push, ready to be taken."""
    return [_prepared(one, mark) for one in ops]


def _prepared(one: PushedOperation, mark: Callable[[str], str]) -> Prepared:
    operation = one.value()
    content, fault = checked(one)
    made = None if fault or one.base else _made(operation)
    return Prepared(one, operation, content, fault, mark(one.h), made)


def _made(operation: Operation) -> Made | None:
    try:
        return apply(NOTHING_YET, operation)
    except POISON:
        return None
