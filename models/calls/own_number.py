"""Under which number the caller of a call can be called: 110 and 120 hand callers over under their own."""

from models.calls.call import Call
from models.calls.queueing import Rank
from models.calls.reach import is_emergency
from models.people.number import NumberKind, kind_of


def own_number(call: Call) -> str:
    """The number of who called, "" where none is known.

    None is known of whoever was handed over under the number of an emergency service: a short one, or one of
    a control centre, which the site knows. A mobile that such a service passed on is the caller's.
    """
    passed_on = call.ranking is not None and call.ranking.rank is Rank.EMERGENCY
    if is_emergency(call.number) or (passed_on and kind_of(call.number) is not NumberKind.MOBILE):
        return ""
    return call.number
