from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.risk.elements import Band, Element, agrees, total
from models.risk.level import Level

# Points that nobody could take for those of the instrument.
ARTIFICIAL: Mapping[Element, Mapping[str, int]] = {
    element: {"no": 0, "yes": 5 if element is Element.RELATIVES else 1} for element in Element
}


def _all(**chosen: str) -> dict[Element, str]:
    return {element: chosen.get(element, "no") for element in Element}


@pytest.mark.parametrize(
    ("points", "band", "level"),
    [
        (0, Band.LOW, Level.R1),
        (3, Band.LOW, Level.R1),
        (4, Band.MIDDLE, Level.R2),
        (7, Band.MIDDLE, Level.R2),
        (8, Band.HIGH, Level.R3),
        (16, Band.HIGH, Level.R3),
    ],
)
def test_a_complete_total_has_the_published_band(points: int, band: Band, level: Level) -> None:
    weights = {element: {"x": 0} for element in Element} | {Element.HOPE: {"x": points}}
    found = total(dict.fromkeys(Element, "x"), weights)
    assert (found.points, found.band, found.level, found.open_elements) == (points, band, level, ())


def test_an_open_element_keeps_the_lowest_band_from_being_said() -> None:
    chosen = _all()
    del chosen[Element.ABUSE]
    found = total(chosen, ARTIFICIAL)
    assert (found.band, found.level, found.open_elements) == (None, None, (Element.ABUSE,))


def test_a_total_raises_as_soon_as_it_can_only_grow() -> None:
    found = total({Element.RELATIVES: "yes"}, ARTIFICIAL)
    assert (found.points, found.level) == (5, Level.R2)


def test_without_points_there_is_no_total() -> None:
    found = total(_all(), {})
    assert (found.points, found.level, len(found.open_elements)) == (0, None, 12)


@given(st.dictionaries(st.sampled_from(Element), st.sampled_from(["yes", "no", "refused"])))
def test_one_more_answer_never_lowers(chosen: dict[Element, str]) -> None:
    before = total(chosen, ARTIFICIAL)
    for element in before.open_elements:
        after = total({**chosen, element: "yes"}, ARTIFICIAL)
        assert after.points >= before.points
        assert before.level is None or (after.level is not None and after.level >= before.level)
    assert agrees(before.points, before.level)


def test_points_agree_with_no_other_level_than_their_own() -> None:
    assert [level for level in Level if agrees(2, level)] == [Level.R1]
    assert [level for level in Level if agrees(9, level)] == [Level.R3]
    assert agrees(2, None)
    assert not agrees(9, None)
