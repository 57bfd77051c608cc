"""How a record's version grows and what its checksum in a feed is: the same on both sides."""

import hashlib
from dataclasses import dataclass

from models.codec import Document
from models.operation import Operation, Reduced
from models.sync.reduce import reduce_document


@dataclass(frozen=True, slots=True)
class Versioned:
    """A record's document and how many acts changed it; no document and 0 where there is none."""

    document: Document | None = None
    version: int = 0


def apply(record: Versioned, operation: Operation) -> tuple[Versioned, Reduced[Document]]:
    """The record after one act; its version grows by one exactly when its document changed."""
    reduced = reduce_document(record.document, operation, record.version)
    if reduced.entity == record.document:
        return record, reduced
    return Versioned(reduced.entity, record.version + 1), reduced


def checksum(kind: str, entity: str, version: int) -> int:
    """64 bits that name one version of one record; a feed's sum is the XOR over its records."""
    return int.from_bytes(hashlib.sha256(f"{kind}/{entity}/{version}".encode()).digest()[:8])
