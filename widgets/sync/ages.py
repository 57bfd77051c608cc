"""How old an act is, in words that are still true after days."""

from datetime import datetime

from widgets.base.durations import ago_text

_HOUR_SECONDS = 3600


def age_text(at: datetime, now: datetime) -> str:
    """Return how long ago it was, after an hour the day and the time."""
    if (now - at).total_seconds() < _HOUR_SECONDS:
        return ago_text(at, now)
    return f"{at:%m-%d %H:%M}"
