from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.access.retention import Retained, keep_until, taken_before, why_not_erase

TAKEN = datetime(2026, 11, 22, 8, 30, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_a_record_of_two_years_and_364_days_stays_until_the_last_second() -> None:
    end = datetime(2029, 11, 22, 8, 30, tzinfo=UTC)
    assert why_not_erase(Retained(TAKEN), 3, end - timedelta(days=1)) == "too_young"
    assert why_not_erase(Retained(TAKEN), 3, end - SECOND) == "too_young"
    assert why_not_erase(Retained(TAKEN), 3, end) == ""


def test_a_hotline_keeps_longer_and_never_shorter() -> None:
    end = datetime(2029, 11, 22, 8, 30, tzinfo=UTC)
    assert why_not_erase(Retained(TAKEN), 15, end) == "too_young"
    assert why_not_erase(Retained(TAKEN), 1, end - SECOND) == "too_young"


def test_a_leap_day_is_kept_to_the_full() -> None:
    assert keep_until(datetime(2028, 2, 29, tzinfo=UTC), 3) == datetime(2031, 3, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("kept", "why"),
    [
        (Retained(TAKEN, held=True), "legal_hold"),
        (Retained(TAKEN, open_task=True), "open_task"),
        (Retained(TAKEN, open_case=True), "open_case"),
    ],
)
def test_what_stands_against_erasing_does_so_for_ever(kept: Retained, why: str) -> None:
    assert why_not_erase(kept, 3, TAKEN + timedelta(days=36500)) == why


@given(
    st.integers(0, 36500).map(lambda days: TAKEN + timedelta(days=days)),
    st.integers(1, 30),
    st.timedeltas(timedelta(0), timedelta(days=12000)),
)
def test_nothing_goes_before_three_years_and_all_may_at_its_date(
    taken: datetime, years: int, age: timedelta
) -> None:
    why = why_not_erase(Retained(taken), years, taken + age)
    assert (why == "") is (taken + age >= keep_until(taken, years))
    if age < timedelta(days=3 * 365):
        assert why == "too_young"


@given(st.integers(0, 36500).map(lambda days: TAKEN + timedelta(days=days)), st.integers(3, 30))
def test_what_is_listed_as_old_enough_is_so(now: datetime, years: int) -> None:
    assert keep_until(taken_before(now, years), years) <= now
