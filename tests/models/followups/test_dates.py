"""When the calls of a follow-up are due: time zones, month ends, safe times, hours of service."""

from datetime import UTC, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.followups.dates import again, allowed, dates, is_safe
from models.followups.followup import Window
from models.people.site import CHINA, Hours

BJ, GZ = (1, 7, 30, 90, 365), (1, 7, 15, 30)
ZONES = st.sampled_from([CHINA, ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York"), UTC])
FIRST = datetime(2024, 1, 1, tzinfo=UTC)
MOMENTS = st.integers(0, 7 * 525_600).map(lambda minutes: FIRST + timedelta(minutes=minutes))
DAYS = st.lists(st.integers(1, 400), min_size=1, max_size=6, unique=True).map(sorted).map(tuple)
MINUTES = st.integers(0, 1439)
WINDOWS = st.lists(st.builds(Window, MINUTES, MINUTES), max_size=3).map(tuple)
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
HOURS = st.none() | st.builds(Hours, TIMES, TIMES)
DAY_SHIFT = Hours(time(6), time(0))


def local(*parts: int, zone: tzinfo = CHINA) -> datetime:
    year, month, day, hour, minute = parts
    return datetime(year, month, day, hour, minute, tzinfo=zone)


def days_between(since: datetime, due: tuple[datetime, ...], zone: tzinfo) -> tuple[int, ...]:
    first = since.astimezone(zone).date()
    return tuple((one.astimezone(zone).date() - first).days for one in due)


@pytest.mark.parametrize("days", [BJ, GZ])
@pytest.mark.parametrize(
    "since",
    [
        local(2026, 1, 31, 20, 15),
        local(2028, 2, 28, 23, 59),
        local(2026, 12, 31, 0, 0),
        local(2027, 6, 15, 9, 5),
    ],
)
def test_a_template_counts_local_days_over_month_ends_and_leap_years(
    days: tuple[int, ...], since: datetime
) -> None:
    due = dates(since, days, CHINA, (), None)
    assert days_between(since, due, CHINA) == days
    assert {(one.astimezone(CHINA).hour, one.astimezone(CHINA).minute) for one in due} == {
        (since.hour, since.minute)
    }


def test_the_same_time_of_the_day_is_kept_over_summer_time() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    since = local(2026, 3, 20, 18, 30, zone=berlin)
    (before, after) = dates(since, (1, 30), berlin, (), None)
    assert [one.astimezone(berlin).hour for one in (before, after)] == [18, 18]
    assert after - before == timedelta(days=29) - timedelta(hours=1)


def test_a_time_that_the_clock_skips_lies_just_after_it() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    (due,) = dates(local(2026, 3, 28, 2, 30, zone=berlin), (1,), berlin, (), None)
    assert due.astimezone(berlin) == local(2026, 3, 29, 3, 30, zone=berlin)


def test_a_call_at_night_is_followed_up_at_the_safe_time_before_or_else_after() -> None:
    since = local(2026, 5, 1, 23, 30)
    evening, morning = Window(19 * 60, 21 * 60), Window(9 * 60, 11 * 60)
    (due,) = dates(since, (1,), CHINA, (morning, evening), None)
    assert due.astimezone(CHINA) == local(2026, 5, 2, 19, 0)
    (due,) = dates(local(2026, 5, 1, 7, 0), (1,), CHINA, (morning, evening), None)
    assert due.astimezone(CHINA) == local(2026, 5, 2, 9, 0)


def test_the_hours_of_the_hotline_count_and_the_safe_times_before_them() -> None:
    since = local(2026, 5, 1, 3, 0)
    assert dates(since, (1,), CHINA, (), DAY_SHIFT)[0].astimezone(CHINA) == local(2026, 5, 2, 6, 0)
    at_night = (Window(2 * 60, 4 * 60),)
    assert dates(since, (1,), CHINA, at_night, DAY_SHIFT)[0].astimezone(CHINA) == local(2026, 5, 2, 3, 0)
    assert allowed((), DAY_SHIFT) == [(360, 1440)]
    assert allowed((Window(22 * 60, 60),), None) == [(0, 60), (1320, 1440)]


def test_who_was_not_reached_is_called_hours_later_when_it_is_safe_again() -> None:
    evening = (Window(19 * 60, 21 * 60),)
    soon = again(local(2026, 5, 1, 15, 30), 4, CHINA, evening, None)
    assert soon.astimezone(CHINA) == local(2026, 5, 1, 19, 30)
    tomorrow = again(local(2026, 5, 1, 19, 0), 4, CHINA, evening, None)
    assert tomorrow.astimezone(CHINA) == local(2026, 5, 2, 19, 0)


@given(MOMENTS, DAYS, ZONES, WINDOWS, HOURS)
def test_every_date_is_allowed_in_order_and_on_its_own_day(
    since: datetime, days: tuple[int, ...], zone: tzinfo, windows: tuple[Window, ...], hours: Hours | None
) -> None:
    due = dates(since, days, zone, windows, hours)
    assert len(due) == len(days)
    assert list(due) == sorted(due)
    assert all(one > since - timedelta(minutes=1) for one in due)
    # An hour that a clock skips may carry a date of just before midnight over it.
    gaps = [abs(a - b) for a, b in zip(days_between(since, due, zone), days, strict=True)]
    assert max(gaps) <= (0 if zone in (CHINA, UTC) else 1)
    if zone in (CHINA, UTC):
        minutes = [one.astimezone(zone).hour * 60 + one.astimezone(zone).minute for one in due]
        spans = allowed(windows, hours)
        assert all(any(start <= minute < end for start, end in spans) for minute in minutes)
        assert all(is_safe(one, zone, windows) for one in due)


@given(MOMENTS, st.integers(1, 168), ZONES, WINDOWS, HOURS)
def test_a_later_try_is_never_sooner_and_never_over_a_day_after_it(
    tried: datetime, later: int, zone: tzinfo, windows: tuple[Window, ...], hours: Hours | None
) -> None:
    found = again(tried, later, zone, windows, hours)
    wanted = tried + timedelta(hours=later)
    assert wanted <= found <= wanted + timedelta(hours=25)
    if found != wanted and zone in (CHINA, UTC):
        minute = found.astimezone(zone).hour * 60 + found.astimezone(zone).minute
        assert minute in {start for start, _ in allowed(windows, hours)}


@given(WINDOWS, HOURS)
def test_there_is_always_some_time_at_which_a_call_may_be_made(
    windows: tuple[Window, ...], hours: Hours | None
) -> None:
    spans = allowed(windows, hours)
    assert spans
    assert all(0 <= start < end <= 1440 for start, end in spans)
