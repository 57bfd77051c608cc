"""How long records are kept, and what stands against erasing one."""

from dataclasses import dataclass
from datetime import UTC, datetime

LEAST_YEARS = 3


@dataclass(frozen=True, slots=True)
class Retained:
    """What the server knows of a call's records when somebody wants them erased.

    `last_at` is when it took the youngest of them. `held`: a legal hold lies on them; `open_task`: a rescue
    or another referral is not at its end; `open_case`: a note is not finished, or the call
    belongs to a case that is not closed.
    """

    last_at: datetime
    held: bool = False
    open_task: bool = False
    open_case: bool = False


def keep_until(taken: datetime, years: int) -> datetime:
    """The first moment at which a record may be erased; of a 29 February, the 1 March."""
    at = taken.astimezone(UTC)
    year = at.year + max(years, LEAST_YEARS)
    try:
        return at.replace(year=year)
    except ValueError:
        return at.replace(year=year, month=3, day=1)


def taken_before(now: datetime, years: int) -> datetime:
    """What was taken at or before this moment need not be kept any longer."""
    at = now.astimezone(UTC)
    year = at.year - max(years, LEAST_YEARS)
    try:
        return at.replace(year=year)
    except ValueError:
        return at.replace(year=year, day=28)


def why_not_erase(retained: Retained, years: int, now: datetime) -> str:
    """What stands against erasing: `legal_hold`, `open_task`, `open_case`, `too_young`, or "" for nothing."""
    if retained.held:
        return "legal_hold"
    if retained.open_task:
        return "open_task"
    if retained.open_case:
        return "open_case"
    return "too_young" if now < keep_until(retained.last_at, years) else ""
