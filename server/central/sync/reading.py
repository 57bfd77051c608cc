"""A push as it came over the wire: read at once where it is written as this program writes it.

The model in models/wire says what a push is, and reads whatever is written in any other way.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import chain
from operator import itemgetter
from typing import Any

import orjson

from models.operation import Operation
from models.wire.sync import MOST_OPERATIONS, Push
from models.wire.trace import Stretch

_LONGEST = 64
_SHORTEST_EPOCH = 8
_TIME = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{6})?(Z|[+-][0-9]{2}:[0-9]{2})"
)
_HEAD = {"proto": int, "schema_version": int, "app": str, "epoch": str, "ops": list}
_fields = itemgetter("seq", "op", "type", "id", "actor", "at", "v", "base", "body", "h")
_KINDS = (int, str, str, str, str, str, int, int, dict, str)


@dataclass(slots=True)
class Handed:
    """One operation with its place in the device's outbox and its digest."""

    seq: int
    operation: Operation
    h: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a device hands in with one push."""

    proto: int
    schema_version: int
    epoch: str
    acts: Sequence[Handed]
    audit: Stretch | None

    @classmethod
    def of(cls, message: Push) -> "Delivery":
        """What a message brings."""
        acts = [Handed(one.seq, one.value(), one.h) for one in message.ops]
        return cls(message.proto, message.schema_version, message.epoch, acts, message.audit)


def read_delivery(body: bytes) -> Delivery:
    """What JSON brings. Raises ValueError where it is no push."""
    try:
        return _read_plainly(body)
    except (ValueError, LookupError, TypeError):
        return Delivery.of(Push.model_validate_json(body))


def _read_plainly(body: bytes) -> Delivery:
    """The same, for JSON as this program writes it; raises for any other, be it sound or not."""
    read = orjson.loads(body)
    # What is the same text when it is written again was read as it is: no number too long, no name twice.
    if type(read) is not dict or orjson.dumps(read) != body:
        raise ValueError
    ops, epoch, audit = read["ops"], read["epoch"], read["audit"]
    if any(type(read[name]) is not kind for name, kind in _HEAD.items()):
        raise TypeError
    if len(ops) > MOST_OPERATIONS or not _SHORTEST_EPOCH <= len(epoch) <= _LONGEST:
        raise ValueError
    acts = _handed(ops) if ops else []
    stretch = None if audit is None else Stretch.model_validate_json(orjson.dumps(audit))
    return Delivery(read["proto"], read["schema_version"], epoch, acts, stretch)


def _handed(ops: Sequence[dict[str, Any]]) -> list[Handed]:
    """What the acts say, looked at field by field: of many at once that takes half as long as one by one."""
    columns = list(zip(*map(_fields, ops), strict=True))
    if any(set(map(type, column)) != {kind} for column, kind in zip(columns, _KINDS, strict=True)):
        raise TypeError
    numbers, names, kinds, entities, actors, times, schemas, bases, bodies, digests = columns
    if min(numbers) < 1 or not all(names) or not all(entities):
        raise TypeError
    if max(map(len, chain(names, kinds, entities, actors))) > _LONGEST or not all(
        map(_TIME.fullmatch, times)
    ):
        raise ValueError
    moments = map(datetime.fromisoformat, times)
    acts = map(Operation, names, kinds, entities, actors, moments, bodies, bases, schemas)
    return list(map(Handed, numbers, acts, digests))
