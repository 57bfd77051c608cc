import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.risk.scales import Band, Scale, add_up
from models.risk.worded import Worded


def band(least: int, code: str) -> Band:
    return Band(least, Worded(code, "", ""))


ITEMS = tuple(f"i{number}" for number in range(1, 10))
SCALE = Scale("scale", 1, ITEMS, 0, 3, (band(0, "none"), band(5, "some"), band(20, "much")), opener="i9")


@pytest.mark.parametrize(
    ("points", "code"), [(0, "none"), (4, "none"), (5, "some"), (19, "some"), (20, "much"), (27, "much")]
)
def test_a_complete_sum_has_a_band(points: int, code: str) -> None:
    given_points = dict.fromkeys(ITEMS, 0)
    for item in ITEMS:
        given_points[item] = min(3, points - sum(given_points.values()))
    found = add_up(SCALE, given_points).band
    assert found
    assert found.code == code


def test_a_sum_with_an_open_item_says_nothing() -> None:
    found = add_up(SCALE, dict.fromkeys(ITEMS[1:], 3))
    assert (found.points, found.band, found.open_items) == (24, None, ("i1",))


def test_one_item_opens_the_screen_however_little_the_rest_says() -> None:
    assert add_up(SCALE, {"i9": 1}).opens_the_screen
    assert not add_up(SCALE, {"i9": 0, "i8": 3}).opens_the_screen


@pytest.mark.parametrize("points", [{"i1": 4}, {"i1": -1}, {"other": 0}])
def test_points_that_the_scale_does_not_have_are_refused(points: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="no such points"):
        add_up(SCALE, points)


@pytest.mark.parametrize(
    "bands",
    [
        (),
        (band(1, "a"),),
        (band(0, "a"), band(0, "b")),
        (band(0, "a"), band(9, "b"), band(5, "c")),
        (band(0, "a"), band(28, "b")),
    ],
)
def test_bands_that_leave_a_gap_are_refused(bands: tuple[Band, ...]) -> None:
    with pytest.raises(ValueError, match="band"):
        Scale("scale", 1, ITEMS, 0, 3, bands)


def test_an_opener_that_is_no_item_is_refused() -> None:
    with pytest.raises(ValueError, match="opener"):
        Scale("scale", 1, ITEMS, 0, 3, (band(0, "a"),), opener="i10")


@given(st.dictionaries(st.sampled_from(ITEMS), st.integers(0, 3)))
def test_the_sum_is_the_sum(points: dict[str, int]) -> None:
    found = add_up(SCALE, points)
    assert found.points == sum(points.values())
    assert (found.band is None) is (len(points) < len(ITEMS))
