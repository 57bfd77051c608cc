"""The full text of one record for a time: to whom, why, until when."""

from dataclasses import dataclass
from datetime import datetime

ENTITY = "grant"


@dataclass(frozen=True, slots=True)
class Grant:
    """Somebody may read a note with all that belongs to it until a moment of the server's time.

    `by` is who asked for it or gave it, `reason` what was said, in words.
    """

    id: str
    to: str
    note: str
    call: str
    site: str
    reason: str
    by: str
    at: datetime
    until: datetime
