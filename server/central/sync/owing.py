"""The call-backs that the server makes by itself of the calls that the gateway tells of."""

from dataclasses import replace

from models.calls.call import Call
from models.codec import from_document, to_document
from models.followups.callback import Why
from models.followups.owed import callback_id, owed_after
from models.followups.reduce import ADD, ENTITY
from models.ids import event_id
from models.operation import Operation
from server.central.storage.records import Kept, Key

_NOT_IN_BODY = ("id", "author")


def key_of(call: str) -> Key:
    """Where the call-back of a call stands, if there is one."""
    return ENTITY, callback_id(call, Why.ABANDONED)


def act_of(kept: Kept) -> Operation | None:
    """The act that makes the call-back which the call leaves owed; None where it leaves none.

    Told again, it is the same act; it has no author.
    """
    owed = owed_after(from_document(Call, kept.doc)) if kept.type == "call" and kept.doc else None
    if owed is None:
        return None
    document = to_document(replace(owed, site=kept.site))
    body = {name: value for name, value in document.items() if name not in _NOT_IN_BODY}
    return Operation(event_id(owed.id, "add"), ADD, owed.id, "", owed.made_at, body)
