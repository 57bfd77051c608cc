"""What held acts need of the push that is being taken, and where such an act belongs."""

from typing import Protocol

from models.codec import Document
from models.operation import Operation, Reduced
from models.sync.witness import TELL
from server.central.storage.records import Kept, Key


class Desk(Protocol):
    """What a push does with records while it is taken."""

    def at(self, key: Key) -> Kept | None:
        """A record as it stands now."""
        ...

    def put(self, kept: Kept) -> None:
        """Let a record stand so."""
        ...

    def carry_out(self, operation: Operation) -> Reduced[None]:
        """Apply an act to its record without asking for rights; a poisonous one is held."""
        ...

    def may_as_colleague(self, operation: Operation) -> bool:
        """True where who pushes might do this on a colleague's record of the site."""
        ...

    def restore(self, key: Key, version: int, document: Document) -> Reduced[None]:
        """Let a record stand as somebody has kept it."""
        ...

    def seal_of(self, call: str, site: str) -> int:
        """The key of what belongs to a call at a site."""
        ...


def place_of(operation: Operation, target: Kept | None, site: str) -> tuple[str, str, str]:
    """Call, note and site of a held act: those of its record, or what the act itself names."""
    if target is not None:
        note = target.id if target.type == "note" else target.note
        return target.call, note, target.site
    body = operation.body.get("doc") if operation.type == TELL else operation.body
    named = body if isinstance(body, dict) else {}
    call, note = (value if isinstance(value := named.get(name, ""), str) else "" for name in ("call", "note"))
    call = operation.id if operation.entity == "call" else call
    return call, operation.id if operation.entity == "note" else note, site
