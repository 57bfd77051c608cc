"""What the line may know of a number without reading any record."""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class CallerCard:
    """How often a number called and the peak level of its last assessed call ("" where there is none)."""

    id: str
    site: str
    calls: int
    last_level: str = ""
    last_at: datetime | None = None


def caller_key(secret: bytes, number: str) -> str:
    """The id of a normalised number, a keyed hash, so that the card names nobody."""
    return hmac.new(secret, number.encode(), hashlib.sha256).hexdigest()
