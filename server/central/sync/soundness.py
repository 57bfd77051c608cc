"""What an operation must be before anybody looks at what it says."""

import math
import re
from collections.abc import Mapping
from typing import Any

import orjson

from models.operation import Operation
from server.central.storage.records import Kept, encoded
from server.central.sync.columns import PERSONAL

MOST_OPERATION_BYTES = 2 * 1024 * 1024
DEEPEST = 32
_LARGEST = 2**31
_LONGEST = 64
_HUGE = 2**63
_NOTHING = b"{}"
_CAUSE = re.compile(r"malformed(?:: (?:[A-Za-z]+\.[a-z_]+|at|base|body|columns)\b)?")


def checked(one: Operation) -> tuple[bytes, str]:
    """The body of an operation as JSON, and why it cannot even be stored as it is, "" where it can."""
    if one.at.tzinfo is None:
        return _NOTHING, "malformed: at"
    if not (0 <= one.base < _LARGEST and 0 <= one.v < _LARGEST):
        return _NOTHING, "malformed: base"
    try:
        content = orjson.dumps(one.body, option=orjson.OPT_STRICT_INTEGER)
    except TypeError:
        content = _NOTHING
    if content is not _NOTHING and _is_surely_plain(content):
        return content, ""
    return (encoded(one.body), "") if _is_plain(one.body) else (_NOTHING, "malformed: body")


def is_too_large(content: bytes) -> bool:
    """True where the body of an operation, as JSON, is over the limit."""
    return len(content) > MOST_OPERATION_BYTES


def without_words(why: str) -> str:
    """Why an act was not applied, without what it said: an error quotes the value that it complains of."""
    return why if not why.startswith("malformed") else _CAUSE.findall(why)[0]


def record_fault(kept: Kept) -> str:
    """Why a record cannot be kept, "" where it can: it must be found by its columns.

    All but what belongs to a person over many calls must belong to a call.
    """
    longest = max(len(kept.author), len(kept.call), len(kept.note), len(kept.site))
    if not (kept.call or kept.type in PERSONAL) or longest > _LONGEST:
        return "malformed: columns"
    return ""


def _is_surely_plain(content: bytes) -> bool:
    """True for JSON without large numbers that is plain whatever it says: this costs next to nothing.

    It has no more brackets than levels are allowed, and no `null`, which infinity and NaN become.
    """
    return content.count(b"{") + content.count(b"[") <= DEEPEST and b"null" not in content


def _is_plain(body: Mapping[str, Any]) -> bool:
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
