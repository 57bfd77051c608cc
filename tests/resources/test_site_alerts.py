"""What a site's file says of alerts: its own words, or a fault with file and line."""

from pathlib import Path

import pytest

from models.people.site import AlertRules
from resources import sites
from resources.reading import ResourceError

SHIPPED = sites.shipped("jinzhong").read_text(encoding="utf-8")


def own(folder: Path, field: str, value: str) -> Path:
    lines = [line for line in SHIPPED.splitlines() if not line.startswith(f"{field} ")]
    file = folder / "own.toml"
    file.write_text("\n".join([f"{field} = {value}", *lines]), encoding="utf-8")
    return file


@pytest.mark.parametrize("site", ["beijing", "jinzhong", "youth12355"])
def test_what_ships_is_the_usual(site: str) -> None:
    assert sites.load(sites.shipped(site)).alerts == AlertRules()


def test_a_site_sets_its_own(tmp_path: Path) -> None:
    assert sites.load(own(tmp_path, "alert_supervisor", '"8600001"')).alerts.supervisor == "8600001"
    assert sites.load(own(tmp_path, "alert_sound", '"ring"')).alerts.sound == "ring"
    assert sites.load(own(tmp_path, "alert_again_seconds", "5")).alerts.again_seconds == 5


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("alert_supervisor", '"+86 860"'),
        ("alert_sound", '"none"'),
        ("alert_again_seconds", "4"),
        ("alert_again_seconds", "301"),
        ("alert_unseen_seconds", "0"),
    ],
)
def test_what_makes_no_sense_is_named_with_its_field(tmp_path: Path, field: str, value: str) -> None:
    with pytest.raises(ResourceError, match=field):
        sites.load(own(tmp_path, field, value))


def test_every_sound_that_may_be_chosen_ships() -> None:
    folder = Path(sites.FOLDER).parent / "sounds"
    assert all((folder / f"{sound}.wav").is_file() for sound in sites.SOUNDS)
