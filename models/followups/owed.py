"""Which calls leave a call-back owed: pure, from what is known of a call."""

from datetime import datetime

from models.calls.call import Call
from models.calls.events import CallEnd, Direction
from models.calls.own_number import own_number
from models.calls.reach import is_emergency
from models.followups.callback import Callback, Why
from models.ids import event_id

ABANDONED_SECONDS = 5
"""Who hung up sooner was not waiting (domain.md 6: abandoned after ≥ 5 s)."""


def callback_id(call: str, why: Why) -> str:
    """The id of the call-back that comes of a call: told by several witnesses or pressed twice it is one."""
    return event_id(call, "callback", "asked" if why is Why.ASKED else "missed")


def owed_after(call: Call) -> Callback | None:
    """The call-back that the hotline owes after a call nobody answered; None for every other call.

    A wish outside the hours, or a caller who hung up after five seconds or more of waiting. Who hid the
    number and left none, or came through 110 or 120, cannot be called.
    """
    if call.direction is not Direction.IN or call.answered_at:
        return None
    if call.wish is not None:
        said = "" if is_emergency(call.wish.number) else call.wish.number
        return _owed(call, Why.AFTER_HOURS, said or own_number(call), call.wish.at)
    if call.ended_at is None or call.end in (None, CallEnd.TRANSFERRED) or call.diverting is not None:
        return None
    if call.entered_at is None or (call.ended_at - call.entered_at).total_seconds() < ABANDONED_SECONDS:
        return None
    return _owed(call, Why.ABANDONED, own_number(call), call.ended_at)


def _owed(call: Call, why: Why, number: str, at: datetime) -> Callback | None:
    if not number:
        return None
    name = callback_id(call.id, why)
    return Callback(name, call.id, call.site, "", why, number, at, at, line=call.dialled)
