"""An operator's act as a value that travels and is applied at most once."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from typing import Any, Generic, TypeVar

from models.schema import SCHEMA

T = TypeVar("T")


@lru_cache(maxsize=256)
def entity_of(kind: str) -> str:
    """The entity that a type of act is about."""
    return kind.partition(".")[0]


class Outcome(StrEnum):
    """What became of an operation (sync.md)."""

    APPLIED = "applied"
    SUPERSEDED = "superseded"
    REJECTED = "rejected"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Operation:
    """One act on one entity: `id` is the entity's, `base` the version its author saw, `v` its schema."""

    op: str
    type: str
    id: str
    actor: str
    at: datetime
    body: Mapping[str, Any]
    base: int = 0
    v: int = SCHEMA

    @property
    def entity(self) -> str:
        """The entity type, the first word of the act: `note.draft.put` → `note`."""
        return entity_of(self.type)

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of all its fields, to notice the same id with other content."""
        content = {
            "op": self.op,
            "type": self.type,
            "id": self.id,
            "actor": self.actor,
            "at": self.at.isoformat(),
            "body": self.body,
            "base": self.base,
            "v": self.v,
        }
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Reduced(Generic[T]):
    """The entity after an operation, what became of the operation, and why it was not applied."""

    entity: T | None
    outcome: Outcome
    why: str = ""
