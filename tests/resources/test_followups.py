"""Templates of follow-ups: what ships, a hotline's own, and a broken one named with its line."""

from pathlib import Path

import pytest

from models.people.site import CHINA
from models.risk.level import Level
from resources import followups, hotline, sites
from resources.packs import Packs
from resources.reading import ResourceError

BJ = followups.shipped("bj").read_text(encoding="utf-8")
JINZHONG = sites.shipped("jinzhong").read_text(encoding="utf-8")


def changed(folder: Path, field: str, value: str) -> Path:
    lines = [line for line in BJ.splitlines() if not line.startswith(f"{field} ")]
    file = folder / "bj.toml"
    file.write_text("\n".join([f"{field} = {value}", *lines]), encoding="utf-8")
    return file


def test_what_ships_are_the_days_of_the_sources() -> None:
    found = {name: followups.load(followups.shipped(name)) for name in followups.SHIPPED}
    assert {name: one.days for name, one in found.items()} == {
        "bj": (1, 7, 30, 90, 365),
        "gz": (1, 7, 15, 30),
    }
    assert all((one.mark, bool(one.source), one.lost_after) == ("S", True, 0) for one in found.values())


@pytest.mark.parametrize("site", ["beijing", "jinzhong", "youth12355"])
def test_each_site_uses_the_high_risk_template_where_the_level_is_high(site: str) -> None:
    place = sites.load(sites.shipped(site))
    found, broken = followups.load_all(place.follow_ups, None, Path("/nowhere"), Packs())
    assert broken == ()
    of = {level: one.id for level in Level if (one := found.of(level))}
    assert of == {Level.R4: "bj", Level.R3: "bj", Level.R2: "gz"}
    assert (place.zone, place.mark_days) == (CHINA, 30)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("days", "[]"),
        ("days", "[7, 1]"),
        ("days", "[1, 1]"),
        ("days", "[0]"),
        ("days", '["1"]'),
        ("days", "[true]"),
        ("source", '" "'),
        ("mark", '"X"'),
        ("retry_hours", "0"),
        ("lost_after", "3"),
        ("lost_after", "51"),
        ("id", '"other"'),
    ],
)
def test_a_broken_template_is_named_with_its_line(tmp_path: Path, field: str, value: str) -> None:
    with pytest.raises(ResourceError) as told:
        followups.load(changed(tmp_path, field, value))
    assert (told.value.field, told.value.line) == (field, 1)


def test_a_rule_for_lost_counts_only_with_its_source(tmp_path: Path) -> None:
    file = changed(tmp_path, "lost_after", "3")
    text = file.read_text(encoding="utf-8").replace('lost_source = ""', 'lost_source = "站点规范第 4 条"')
    file.write_text(text, encoding="utf-8")
    found = followups.load(file)
    assert (found.series.lost_after, found.series.lost_source) == (3, "站点规范第 4 条")


def _own(folder: Path, template: str, levels: str) -> Path:
    own = folder / "own"
    (own / "followups").mkdir(parents=True)
    (own / "sites").mkdir()
    (own / "followups" / "ours.toml").write_text(template, encoding="utf-8")
    site = JINZHONG.replace('follow_up_R3 = "bj"', levels)
    (own / "sites" / "jinzhong.toml").write_text(site, encoding="utf-8")
    return own


def test_a_hotline_has_its_own_template(tmp_path: Path) -> None:
    ours = BJ.replace('id = "bj"', 'id = "ours"').replace("[1, 7, 30, 90, 365]", "[2, 14]")
    known = hotline.load("jinzhong", _own(tmp_path, ours, 'follow_up_R3 = "ours"'), tmp_path / "kept")
    found = known.followups.of("R3")
    assert found
    assert (found.id, found.days, known.broken) == ("ours", (2, 14), ())


def test_an_own_template_that_cannot_be_read_is_named_and_the_program_starts(tmp_path: Path) -> None:
    own = _own(tmp_path, "days = [", 'follow_up_R3 = "ours"')
    known = hotline.load("jinzhong", own, tmp_path / "kept")
    assert known.followups.of("R3") is None
    assert known.followups.of("R4") is not None
    assert [error.file.name for error in known.broken] == ["ours.toml"]


def test_a_template_that_is_named_and_nowhere_is_told(tmp_path: Path) -> None:
    own = _own(tmp_path, BJ.replace('id = "bj"', 'id = "ours"'), 'follow_up_R3 = "theirs"')
    known = hotline.load("jinzhong", own, tmp_path / "kept")
    assert known.followups.of("R3") is None
    assert [error.file.name for error in known.broken] == ["theirs.toml"]


@pytest.mark.parametrize(
    ("field", "value"), [("mark_days", "91"), ("mark_days", "0"), ("time_zone", '"Mars"')]
)
def test_a_site_names_a_zone_and_an_end_for_marks(tmp_path: Path, field: str, value: str) -> None:
    lines = [line for line in JINZHONG.splitlines() if not line.startswith(f"{field} ")]
    file = tmp_path / "own.toml"
    file.write_text("\n".join([f"{field} = {value}", *lines]), encoding="utf-8")
    with pytest.raises(ResourceError) as told:
        sites.load(file)
    assert told.value.field == field


def test_a_site_elsewhere_has_its_own_time(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(f'time_zone = "Asia/Urumqi"\n{JINZHONG}', encoding="utf-8")
    assert str(sites.load(file).zone) == "Asia/Urumqi"


def test_an_own_template_s_first_fault_is_told_with_its_line(tmp_path: Path) -> None:
    ours = BJ.replace('id = "bj"', 'id = "ours"').replace("[1, 7, 30, 90, 365]", "[30, 7]")
    own = _own(tmp_path, ours, 'follow_up_R3 = "ours"')
    (error,) = hotline.load("jinzhong", own, tmp_path / "kept").broken
    assert (error.file, error.field) == (own / "followups" / "ours.toml", "days")
