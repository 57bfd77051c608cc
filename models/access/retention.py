"""How long records are kept, and what stands against erasing one."""

from dataclasses import dataclass
from datetime import UTC, datetime

LEAST_YEARS = 3


@dataclass(frozen=True, slots=True)
class Kept:
    """What the server knows of a call's records when somebody wants them erased.

    `last_at`: the server's moment of the youngest record.
    """

    last_at: datetime
    held: bool = False
    open_case: bool = False
    open_task: bool = False


def keep_until(taken: datetime, years: int) -> datetime:
    """The first moment at which a record may be erased; of a 29 February, the 1 March."""
    at = taken.astimezone(UTC)
    year = at.year + years
    try:
        return at.replace(year=year)
    except ValueError:
        return at.replace(year=year, month=3, day=1)


def why_not_erase(kept: Kept, years: int, now: datetime) -> str:
    """What stands against erasing: `legal_hold`, `open_task`, `open_case`, `too_young`, or "" for nothing."""
    if kept.held:
        return "legal_hold"
    if kept.open_task:
        return "open_task"
    if kept.open_case:
        return "open_case"
    if now < keep_until(kept.last_at, max(years, LEAST_YEARS)):
        return "too_young"
    return ""
