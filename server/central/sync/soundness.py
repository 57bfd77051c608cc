"""What an operation must be before anybody looks at what it says."""

import json
import math
from typing import Any

from models.wire.sync import PushedOperation
from server.central.storage.records import Kept

MOST_OPERATION_BYTES = 2 * 1024 * 1024
DEEPEST = 32
_LARGEST = 2**31
_LONGEST = 64


def fault_of(one: PushedOperation) -> str:
    """Why an operation cannot even be stored as it is, "" where it can."""
    if one.at.tzinfo is None:
        return "malformed: at"
    if not (0 <= one.base < _LARGEST and 0 <= one.v < _LARGEST):
        return "malformed: base"
    return "" if _is_plain(one.body) else "malformed: body"


def is_too_large(one: PushedOperation) -> bool:
    """True where the body of an operation is over the limit; only for one without a fault."""
    return len(json.dumps(one.body, ensure_ascii=False).encode()) > MOST_OPERATION_BYTES


def record_fault(kept: Kept) -> str:
    """Why a record cannot be kept, "" where it can: it must belong to a call, and be found by its columns."""
    columns = (kept.author, kept.call, kept.note, kept.site)
    if not kept.call or any(len(column) > _LONGEST for column in columns):
        return "malformed: columns"
    return ""


def _is_plain(body: dict[str, Any]) -> bool:
    """True for JSON that every database and every reader takes: not deep, and without NaN or infinity."""
    level: list[Any] = [body]
    for _ in range(DEEPEST):
        below: list[Any] = []
        for value in level:
            if isinstance(value, dict):
                below += value.values()
            elif isinstance(value, list):
                below += value
            elif isinstance(value, float) and not math.isfinite(value):
                return False
        if not below:
            return True
        level = below
    return False
