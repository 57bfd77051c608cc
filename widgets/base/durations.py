"""Times as they are read on the screen; pure formatting of values that are given."""

from datetime import datetime

from resources.texts import t


def elapsed_seconds(since: datetime, now: datetime) -> int:
    """Return whole seconds passed, never below 0: two machines' clocks may differ a little."""
    return max(0, int((now - since).total_seconds()))


def clock_text(seconds: int) -> str:
    """Return h:mm:ss as ``00:08:21``, for the timer of a call."""
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"


def short_text(seconds: int) -> str:
    """Return ``01:12`` below an hour, ``1:01:12`` above, for waiting times."""
    hours, rest = divmod(seconds, 3600)
    tail = f"{rest // 60:02d}:{rest % 60:02d}"
    return f"{hours}:{tail}" if hours else tail


def ago_text(since: datetime, now: datetime) -> str:
    """Return how long ago something was, in the coarsest words that are still true."""
    seconds = max(0.0, (now - since).total_seconds())
    if seconds < 10:
        return t("base.ago_seconds", n=f"{seconds:.1f}")
    if seconds < 60:
        return t("base.ago_seconds", n=int(seconds))
    if seconds < 3600:
        return t("base.ago_minutes", n=int(seconds // 60))
    return t("base.since", time=f"{since:%H:%M}")
