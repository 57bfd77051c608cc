"""A signed-in operator with a journal that remembers, for the tests of the services."""

from collections.abc import Callable
from typing import Any

from console.session.identity import Identity
from models.clock import ManualClock
from models.codec import Document
from models.operation import Operation, Outcome
from models.people.operator import Operator, Role
from models.sync.reduce import reduce_document

IDENTITY = Identity(
    Operator("zhang", "张医生", "psychiatrist", "beijing", (Role.OPERATOR,)), "1001", "", b"secret", True
)


class Written:
    """Durable at once or when told."""

    def __init__(self) -> None:
        self.heard: list[Callable[[Any], object]] = []

    def add_done_callback(self, heard: Callable[[Any], object], /) -> None:
        self.heard.append(heard)


class MemoryJournal:
    """Keeps what was written, as records too."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []
        self.urgent: list[Operation] = []
        self.pending: list[Written] = []

    def write(self, *operations: Operation, urgent: bool = False) -> Written:
        self.operations.extend(operations)
        if urgent:
            self.urgent.extend(operations)
        self.pending.append(Written())
        return self.pending[-1]

    def all_durable(self) -> None:
        for written in self.pending:
            for heard in written.heard:
                heard(None)
        self.pending.clear()

    def records(self) -> dict[str, Document]:
        """What a storage would hold; every act must have been applied."""
        records: dict[str, Document] = {}
        versions: dict[str, int] = {}
        for operation in self.operations:
            version = versions.get(operation.id, 0)
            placed = Operation(**{**_fields(operation), "base": version})
            reduced = reduce_document(records.get(operation.id), placed, version)
            assert reduced.outcome is Outcome.APPLIED, reduced.why
            assert reduced.entity
            records[operation.id] = reduced.entity
            versions[operation.id] = version + 1
        return records


def _fields(operation: Operation) -> dict[str, Any]:
    return {name: getattr(operation, name) for name in Operation.__dataclass_fields__}


class NoTimer:
    def cancel(self) -> None:
        pass


def never(_seconds: float, _fire: Callable[[], None]) -> NoTimer:
    return NoTimer()


def clock() -> ManualClock:
    return ManualClock()
