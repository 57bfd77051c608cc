"""Moments as a person at this workstation reads them."""

from datetime import datetime


def local(at: datetime) -> datetime:
    """The same moment in the time zone of the workstation."""
    return at.astimezone()


def local_or_none(at: datetime | None) -> datetime | None:
    """The same moment in the time zone of the workstation; None stays None."""
    return at.astimezone() if at else None
