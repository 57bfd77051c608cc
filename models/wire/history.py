"""The acts that made a note, as the server kept them."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from models.operation import Operation
from models.wire.base import Message


class PastAct(Message):
    """One act; `body` as its author wrote it, `name` is what its author is called."""

    op: str
    type: str
    actor: str
    name: str
    at: datetime
    v: int
    body: Mapping[str, Any]

    def value(self, note: str) -> Operation:
        """The act on a note."""
        return Operation(self.op, self.type, note, self.actor, self.at, self.body, v=self.v)


class History(Message):
    """The acts on a note whose words were kept, oldest first."""

    acts: tuple[PastAct, ...]
