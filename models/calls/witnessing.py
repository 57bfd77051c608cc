"""What a gateway writes of the calls it sees: pure, from what was written before and what is known now."""

import hashlib
import hmac
import json
from dataclasses import dataclass
from datetime import datetime

from models.calls.advance import advance, join
from models.calls.call import Call
from models.calls.events import CallEvent
from models.codec import to_document
from models.ids import event_id
from models.operation import Operation


@dataclass(frozen=True, slots=True)
class Seen:
    """A call as it stands at a moment, after `event` where one was heard."""

    call: Call
    at: datetime
    event: CallEvent | None = None


def acts_of(written: Call | None, seen: Seen, actor: str, secret: bytes) -> tuple[list[Operation], Call]:
    """The acts that tell what `written` lacks, and the call as written after them.

    The first word of a call tells all of it; then each event is an act under the event's own id, so that two
    witnesses write one. What events alone do not tell, as who sits at a seat, is told by the whole call. Its
    act has the same id whenever this gateway tells the same, keyed with `secret`: ids are kept in clear, and
    a number could be guessed from a bare hash of what it stands in.
    """
    acts: list[Operation] = []
    event = seen.event
    if written is not None and event is not None:
        acts.append(Operation(event.id, "call.event", event.call, actor, event.at, to_document(event)))
        written = advance(written, event)
    whole = seen.call if written is None else join(written, seen.call)
    if whole != written:
        acts.append(_add(whole, seen.at, actor, secret))
    return acts, whole


def _add(call: Call, at: datetime, actor: str, secret: bytes) -> Operation:
    body = to_document(call)
    text = json.dumps(body, sort_keys=True, separators=(",", ":"))
    name = event_id(call.id, "add", hmac.new(secret, text.encode(), hashlib.sha256).hexdigest())
    return Operation(name, "call.add", call.id, actor, at, body)
