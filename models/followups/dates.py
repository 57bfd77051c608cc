"""When the calls of a follow-up are due: in the site's own time, when it is safe, when the line is open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from models.followups.followup import Window
from models.people.site import CHINA, Hours

_DAY = 24 * 60
_LOOKED_AHEAD = 8
Spans = Sequence[tuple[int, int]]
"""Minutes after local midnight from which to which calls may be made; an end after midnight is over 1440."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The time of a site and when it serves; None where no source says so."""

    zone: tzinfo = CHINA
    hours: Hours | None = None

    def dates(self, since: datetime, days: Sequence[int], windows: Sequence[Window]) -> tuple[datetime, ...]:
        """See `dates`."""
        return dates(since, days, self.zone, windows, self.hours)

    def again(self, tried: datetime, hours_later: int, windows: Sequence[Window]) -> datetime:
        """See `again`."""
        return again(tried, hours_later, self.zone, windows, self.hours)


def dates(
    since: datetime, days: Sequence[int], zone: tzinfo, windows: Sequence[Window], hours: Hours | None
) -> tuple[datetime, ...]:
    """The moments, in UTC and in order, so many local days after `since` at its local time of the day.

    Where no call may be made at that time, it is the beginning of the last span of that day that is over by
    then, else of the first one after it: a date is rather kept early than put off. Safe times count before
    the hours of the hotline: where both never meet, the safe times alone do.
    """
    local, spans = since.astimezone(zone), allowed(windows, hours)
    at = local.hour * 60 + local.minute
    found = [_on(local.date() + timedelta(days=n), _fitting(spans, at), zone) for n in days]
    # The hour that a clock skips may bring two dates together, never one before the call.
    return tuple(sorted(max(one, since.astimezone(UTC)) for one in found))


def again(
    tried: datetime, hours_later: int, zone: tzinfo, windows: Sequence[Window], hours: Hours | None
) -> datetime:
    """When somebody who was not reached is called once more, UTC: so many hours later, as soon as allowed."""
    wanted = tried.astimezone(UTC) + timedelta(hours=hours_later)
    spans = allowed(windows, hours)
    day = wanted.astimezone(zone).date()
    return min(one for one in _openings(day, spans, zone, wanted) if one >= wanted)


def is_safe(at: datetime, zone: tzinfo, windows: Sequence[Window]) -> bool:
    """True where the person said that a call is safe at that time, or said nothing about it."""
    local = at.astimezone(zone)
    minute = local.hour * 60 + local.minute
    return not windows or any(_holds(one.start, _end(one), minute) for one in windows)


def allowed(windows: Sequence[Window], hours: Hours | None) -> Spans:
    """The spans in which calls may be made, within a day from midnight on; all of it without any rule."""
    safe = [part for one in windows for part in _split(one.start, _end(one))] or [(0, _DAY)]
    if hours is None or hours.whole_day:
        return sorted(safe)
    start, end = _minute(hours.start), _minute(hours.end)
    served = _split(start, end if end > start else end + _DAY)
    both = [(max(a, c), min(b, d)) for a, b in safe for c, d in served if max(a, c) < min(b, d)]
    return sorted(both or safe)


def _fitting(spans: Spans, at: int) -> int:
    if any(start <= at < end for start, end in spans):
        return at
    earlier = [start for start, end in spans if end <= at]
    return max(earlier) if earlier else min(start for start, _ in spans)


def _openings(day: date, spans: Spans, zone: tzinfo, wanted: datetime) -> Iterator[datetime]:
    """The moment itself where a call may be made then, and the beginnings of the spans of the next days."""
    local = wanted.astimezone(zone)
    if any(start <= local.hour * 60 + local.minute < end for start, end in spans):
        yield wanted
    for ahead in range(_LOOKED_AHEAD):
        for start, _ in spans:
            yield _on(day + timedelta(days=ahead), start, zone)


def _on(day: date, minute: int, zone: tzinfo) -> datetime:
    # A time that a clock skips is read with the offset before the change: it comes to lie just after it.
    return datetime.combine(day, time(minute // 60, minute % 60), zone).astimezone(UTC)


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute


def _end(window: Window) -> int:
    return window.end if window.end > window.start else window.end + _DAY


def _split(start: int, end: int) -> list[tuple[int, int]]:
    """A span cut at midnight, as it lies in every day."""
    return [(start, end)] if end <= _DAY else [(start, _DAY), (0, end - _DAY)]


def _holds(start: int, end: int, minute: int) -> bool:
    return start <= minute < end or start <= minute + _DAY < end
