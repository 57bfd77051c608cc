from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.people.site import Hours, Site


@pytest.mark.parametrize(
    ("hours", "open_at", "closed_at"),
    [
        (Hours(time(6), time(0)), [time(6), time(23, 59)], [time(0), time(5, 59)]),
        (Hours(time(8), time(20)), [time(8), time(19, 59)], [time(20), time(7, 59), time(0)]),
        (Hours(time(20), time(4)), [time(20), time(0), time(3, 59)], [time(4), time(19, 59)]),
    ],
)
def test_hours(hours: Hours, open_at: list[time], closed_at: list[time]) -> None:
    assert not hours.whole_day
    assert all(hours.covers(at) for at in open_at)
    assert not any(hours.covers(at) for at in closed_at)


@given(st.times(), st.times())
def test_a_line_of_24_hours_is_always_open(start: time, at: time) -> None:
    assert Hours(start, start).covers(at)


def test_a_site_has_a_name_in_both_languages() -> None:
    site = Site("jinzhong", "晋中", "Jinzhong", "晋中市", "山西省", "0354", ("12356",), None, "", False)
    assert (site.name("zh_CN"), site.name("en")) == ("晋中", "Jinzhong")
