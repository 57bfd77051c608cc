"""Practice that comes to a real server is refused with all that belongs to it: nothing of it counts."""

from collections.abc import Callable, Collection, Sequence

from models.calls.events import Origin
from models.operation import Operation
from server.central.storage.engine import Transaction
from server.central.storage.ledger import refused_as_practice
from server.central.storage.records import Key

PRACTICE = "practice"
"""Why such an act is refused."""


class Practised:
    """The calls and records that are known to be practice, in this push or before it."""

    def __init__(self, transaction: Transaction, call_of: Callable[[Operation], str]) -> None:
        self._transaction = transaction
        self._call_of = call_of
        self._ids: set[str] = set()

    def look_up(self, operations: Sequence[Operation], known: Collection[Key]) -> None:
        """Read which of the acts are about what was refused before; asks only about what nobody knows."""
        made = {(one.entity, one.id) for one in operations if one.type == "call.add"}
        asked = {self._about(one) for one in operations}.difference(made, known)
        self._ids |= refused_as_practice(self._transaction, asked)

    def refuse(self, operation: Operation) -> bool:
        """Whether it is practice; what follows it then is too."""
        practice = operation.body.get("origin") == Origin.PRACTICE
        if self._ids and operation.type != "call.add":
            practice = practice or not self._ids.isdisjoint((operation.id, self._call_of(operation)))
        if practice:
            self._ids.add(operation.id)
        return practice

    def _about(self, operation: Operation) -> Key:
        call = self._call_of(operation)
        return ("call", call) if call else (operation.entity, operation.id)
