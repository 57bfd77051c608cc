"""What a restored server has lost and a workstation still holds: told to a lead, never applied by itself."""

import hashlib
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from models.operation import Operation, Outcome, Reduced

ENTITY = "witness"
TELL = "witness.tell"
WHY = "witness"


@dataclass(frozen=True, slots=True)
class Witness:
    """A document as it was pulled once: its record's type and id, and the version it had."""

    type: str
    id: str
    ver: int
    doc: Mapping[str, Any]


def witness_id(secret: bytes, kind: str, entity: str, version: int, document: Mapping[str, Any]) -> str:
    """The id under which every workstation that holds this document tells of it.

    Keyed with a secret of the site: ids are kept in clear, and a number could be guessed from a bare hash.
    """
    text = json.dumps(document, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    told = f"{kind}/{entity}/{version}/{text}".encode()
    return hmac.new(secret, told, hashlib.sha256).hexdigest()[:32]


def reduce(_witness: Witness | None, operation: Operation, _version: int) -> Reduced[Witness]:
    """A witness changes nothing: it is held until a lead has looked at it."""
    if operation.type != TELL:
        return Reduced(None, Outcome.REJECTED, "unknown_type")
    return Reduced(None, Outcome.HELD, WHY)
