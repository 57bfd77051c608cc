"""What an operation must be before anybody looks at what it says."""

import math
import re
from typing import Any

from models.wire.sync import PushedOperation
from server.central.storage.records import Kept

MOST_OPERATION_BYTES = 2 * 1024 * 1024
DEEPEST = 32
_LARGEST = 2**31
_LONGEST = 64
_HUGE = 2**63
_CAUSE = re.compile(r"malformed(?:: (?:[A-Za-z]+\.[a-z_]+|at|base|body|columns)\b)?")


def fault_of(one: PushedOperation) -> str:
    """Why an operation cannot even be stored as it is, "" where it can."""
    if one.at.tzinfo is None:
        return "malformed: at"
    if not (0 <= one.base < _LARGEST and 0 <= one.v < _LARGEST):
        return "malformed: base"
    return "" if _is_plain(one.body) else "malformed: body"


def is_too_large(content: bytes) -> bool:
    """True where the body of an operation, as JSON, is over the limit."""
    return len(content) > MOST_OPERATION_BYTES


def without_words(why: str) -> str:
    """Why an act was not applied, without what it said: an error quotes the value that it complains of."""
    return why if not why.startswith("malformed") else _CAUSE.findall(why)[0]


def record_fault(kept: Kept) -> str:
    """Why a record cannot be kept, "" where it can: it must belong to a call, and be found by its columns."""
    columns = (kept.author, kept.call, kept.note, kept.site)
    if not kept.call or any(len(column) > _LONGEST for column in columns):
        return "malformed: columns"
    return ""


def _is_plain(body: dict[str, Any]) -> bool:
    """True for JSON that every reader takes: not deep, no NaN or infinity, whole numbers of 64 bits."""
    level: list[Any] = [body]
    for _ in range(DEEPEST):
        below: list[Any] = []
        for value in level:
            kind = type(value)
            if kind is dict:
                below += value.values()
            elif kind is list:
                below += value
            elif kind is not str and not _is_plain_number(value):
                return False
        if not below:
            return True
        level = below
    return False


def _is_plain_number(value: Any) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return not isinstance(value, int) or -_HUGE <= value < _HUGE
