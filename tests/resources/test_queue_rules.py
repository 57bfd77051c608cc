"""What a site's file says of its queue."""

from pathlib import Path

import pytest

from resources import sites
from resources.reading import ResourceError
from server.gateway.house import House, house_of
from server.gateway.problems import GatewayError

SHIPPED = sites.shipped("jinzhong")


def own(folder: Path, *changes: tuple[str, str]) -> Path:
    text = SHIPPED.read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    (folder / "sites").mkdir()
    (folder / "sites/jinzhong.toml").write_text(text, encoding="utf-8")
    return folder


def test_what_ships_knows_110_and_120_and_sends_nobody_on() -> None:
    for site, code in (("beijing", "010"), ("jinzhong", "0354"), ("youth12355", "")):
        house = house_of(site, None)
        assert {"110", "120", f"{code}110", f"{code}120"} <= house.emergency
        assert house.overflow == ""


def test_a_hotline_s_own_file_counts_first(tmp_path: Path) -> None:
    changes = (
        ('hours = ""', 'hours = "06:00-00:00"'),
        ('overflow = ""', 'overflow = "12355"'),
        ("overflow_after = 120", "overflow_after = 45"),
        ('"0354120"]', '"0354120", "03542000110"]'),
    )
    house = house_of("jinzhong", own(tmp_path, *changes))
    assert (house.overflow, house.overflow_after) == ("12355", 45)
    assert house.hours
    assert "03542000110" in house.emergency


def test_a_site_without_a_file_is_open_and_knows_nobody(tmp_path: Path) -> None:
    assert house_of("nowhere", tmp_path) == House()


@pytest.mark.parametrize(
    ("before", "after", "field"),
    [
        ('overflow = ""', 'overflow = "+8612355"', "overflow"),
        ('overflow = ""', 'overflow = "１２３５５"', "overflow"),
        ("overflow_after = 120", "overflow_after = 3", "overflow_after"),
        ("overflow_after = 120", "overflow_after = 7200", "overflow_after"),
        ('"0354120"]', '"police"]', "emergency"),
    ],
)
def test_what_cannot_be_dialled_is_named(tmp_path: Path, before: str, after: str, field: str) -> None:
    folder = own(tmp_path, (before, after))
    with pytest.raises(ResourceError, match=field):
        sites.load(folder / "sites/jinzhong.toml")
    with pytest.raises(GatewayError):
        house_of("jinzhong", folder)


def test_a_file_of_before_still_loads(tmp_path: Path) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    before = "\n".join(line for line in text.splitlines() if not line.startswith(("emergency", "overflow")))
    path = tmp_path / "jinzhong.toml"
    path.write_text(before, encoding="utf-8")
    site = sites.load(path)
    assert (site.emergency, site.overflow, site.overflow_after) == ((), "", 120)
