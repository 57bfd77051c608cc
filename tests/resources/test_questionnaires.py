from pathlib import Path

import pytest

from models.risk.scales import add_up
from resources.instruments.questionnaires import NAMES, load, shipped
from resources.reading import ResourceError


@pytest.mark.parametrize("name", NAMES)
def test_what_ships_is_whole_and_claims_no_official_wording(name: str) -> None:
    found = load(shipped(name))
    assert found.id == name
    assert not found.official_text
    assert found.source
    assert found.licence
    assert all(one.zh and one.en for one in (found.name, *found.items, *found.answers))


@pytest.mark.parametrize(
    ("name", "bands", "sums"),
    [
        ("phq9", "phq9", {0: "minimal", 4: "minimal", 5: "mild", 9: "mild", 10: "moderate", 14: "moderate"}),
        ("phq9", "phq9", {15: "moderately_severe", 19: "moderately_severe", 20: "severe", 27: "severe"}),
        (
            "gad7",
            "gad7",
            {0: "minimal", 5: "mild", 10: "moderate", 14: "moderate", 15: "severe", 21: "severe"},
        ),
        (
            "k10",
            "abs",
            {10: "low", 15: "low", 16: "moderate", 22: "high", 29: "high", 30: "very_high", 50: "very_high"},
        ),
        ("k10", "meteor", {10: "low", 19: "low", 20: "mild", 25: "moderate", 30: "severe", 50: "severe"}),
    ],
)
def test_a_sum_has_the_band_that_is_published(name: str, bands: str, sums: dict[int, str]) -> None:
    found = next(scale for scale in load(shipped(name)).scales if scale.id == bands)
    for wanted, code in sums.items():
        points = dict.fromkeys(found.items, found.least)
        for item in found.items:
            points[item] += min(found.most - found.least, wanted - sum(points.values()))
        total = add_up(found, points)
        assert (total.points, total.band and total.band.code) == (wanted, code)


def test_the_ninth_item_of_the_phq_opens_the_quick_screen() -> None:
    (scale,) = load(shipped("phq9")).scales
    assert add_up(scale, {"i9": 1}).opens_the_screen


@pytest.mark.parametrize(
    ("was", "becomes", "named"),
    [
        ('code = "q3"', 'code = "q7"', "item"),
        ('code = "q3"', 'code = "q2"', "q2"),
        ("version = 1", 'version = "one"', "version"),
        ('zh = "Q3 想过方法"\n', "", "item[3].zh"),
    ],
)
def test_a_broken_file_is_named_with_its_place(tmp_path: Path, was: str, becomes: str, named: str) -> None:
    path = tmp_path / "cssrs.toml"
    path.write_text(shipped("cssrs").read_text(encoding="utf-8").replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(ResourceError) as raised:
        load(path)
    assert named in str(raised.value)
    assert raised.value.line >= 1


@pytest.mark.parametrize(("was", "becomes"), [("least = 5", "least = 0"), ("points = 3", "points = 4")])
def test_bands_and_points_that_the_scale_does_not_have_are_named(
    tmp_path: Path, was: str, becomes: str
) -> None:
    path = tmp_path / "gad7.toml"
    path.write_text(shipped("gad7").read_text(encoding="utf-8").replace(was, becomes, 1), encoding="utf-8")
    with pytest.raises(ResourceError, match=r"band|points"):
        load(path)


@pytest.mark.parametrize("name", [*NAMES, "quick_screen"])
def test_each_instrument_is_accounted_for(name: str) -> None:
    """The clinical owner finds what ships, and on what terms, in one place."""
    written = (Path(__file__).parents[2] / "docs" / "clinical.md").read_text(encoding="utf-8")
    assert f"`{name}`" in written
