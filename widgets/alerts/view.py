"""What the strip of alerts shows, as values."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class WaitingAlert:
    """One alert that nobody has seen yet; ``level`` is "" where none was known, ``help``: the operator asked.

    ``second``: a second person's word about a lower level is wanted.
    ``note`` is the record that can be opened, "" for none.
    """

    id: str
    note: str
    operator: str
    seat: str
    at: datetime
    level: str = ""
    help: bool = False
    second: bool = False
