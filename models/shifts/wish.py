"""Somebody who wants a seat that another console holds."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class SeatWish:
    """Who asks for which seat since when; `holder` and `holder_name` are who sits there now."""

    id: str
    seat: str
    operator: str
    name: str
    holder: str
    holder_name: str
    at: datetime
