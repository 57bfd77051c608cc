from base64 import b64encode
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from models.people.site import Hours
from models.referrals.referral import LegalBasis
from models.risk.quick_screen import RULES
from resources import hotline, sites
from resources.hotline import Hotline
from resources.instruments import weights
from resources.places import area_code_of, find
from resources.signed import sign
from tests.resources.test_weights import artificial


@pytest.fixture(params=["beijing", "jinzhong", "youth12355"])
def site(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    folder = tmp_path / "own"
    (folder / "sites").mkdir(parents=True)
    return folder


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "state" / "kept"


def shipped(tmp_path: Path) -> Hotline:
    return hotline.load("jinzhong", None, tmp_path)


def named(own: Path, name: str) -> Path:
    path = own / "sites" / "jinzhong.toml"
    source = sites.shipped("jinzhong").read_text(encoding="utf-8")
    path.write_text(source.replace("晋中 12356", name), encoding="utf-8")
    return path


def test_what_ships_is_whole(site: str, tmp_path: Path) -> None:
    loaded = hotline.load(site, None, tmp_path)
    assert loaded.broken == ()
    assert loaded.site.id == site
    assert not loaded.site.greeting_confirmed, "nobody has confirmed it yet"
    assert not any(target.verified for target in loaded.targets), "each site confirms with its carrier"
    assert not loaded.screen.official_text


def test_a_site_s_city_is_one_that_the_places_know(site: str, tmp_path: Path) -> None:
    loaded = hotline.load(site, None, tmp_path).site
    if loaded.city:
        city = find(loaded.city)
        assert city is not None
        assert (city.name, city.province, area_code_of(city.name)) == (
            loaded.city,
            loaded.province,
            loaded.area_code,
        )


def test_hours_that_no_source_states_are_not_invented(tmp_path: Path) -> None:
    hours = {name: hotline.load(name, None, tmp_path).site.hours for name in ("jinzhong", "youth12355")}
    assert hours == {"jinzhong": None, "youth12355": None}
    always = hotline.load("beijing", None, tmp_path).site.hours
    assert isinstance(always, Hours)
    assert always.whole_day


def test_the_codes_of_the_field_are_all_there(tmp_path: Path) -> None:
    names = shipped(tmp_path).enumerations
    assert [c.code for c in names["call_category"]] == [
        *(f"C{n}" for n in range(1, 7)),
        *(f"S{n}" for n in range(1, 10)),
    ]
    assert [c.code for c in names["problem_type"]] == [*(f"P{n:02}" for n in range(1, 22)), "P99"]
    assert [c.code for c in names["caller_group"]] == [*(f"G{n:02}" for n in range(1, 17)), "G99"]
    assert [c.code for c in names["outcome"]] == [f"O{n:02}" for n in range(1, 17)]
    assert [c.code for c in names["call_end"]] == [f"E{n}" for n in range(1, 6)]
    assert {c.code for c in names["legal_basis"]} == set(LegalBasis)


def test_every_kind_of_emergency_target_goes_to_the_person_s_city(tmp_path: Path) -> None:
    emergencies = {target.kind: target for target in shipped(tmp_path).targets if target.emergency}
    assert set(emergencies) == {"F110", "F119", "F120"}
    assert all(target.by_city for target in emergencies.values())


def test_the_instrument_gives_the_levels_of_the_rule(tmp_path: Path) -> None:
    screen = shipped(tmp_path).screen
    assert {label.id: label.level for label in screen.items if label.level} == dict(RULES)
    assert all(label.zh and label.en for label in (*screen.items, *screen.ratings))


def test_a_hotline_s_own_file_is_used(own: Path, kept: Path) -> None:
    named(own, "晋中热线")
    loaded = hotline.load("jinzhong", own, kept)
    assert (loaded.site.name_zh, loaded.broken) == ("晋中热线", ())


def test_a_broken_own_file_is_named_and_the_last_good_one_used(own: Path, kept: Path) -> None:
    path = named(own, "晋中热线")
    hotline.load("jinzhong", own, kept)
    path.write_text('id = "jinzhong"\nname_zh = \n', encoding="utf-8")
    loaded = hotline.load("jinzhong", own, kept)
    assert loaded.site.name_zh == "晋中热线"
    assert [(error.file, error.line) for error in loaded.broken] == [(path, 2)]


def test_a_broken_own_file_without_a_good_one_before_falls_back_to_what_ships(own: Path, kept: Path) -> None:
    (own / "targets.toml").write_text("[[target]]\n", encoding="utf-8")
    loaded = hotline.load("jinzhong", own, kept)
    assert [target.id for target in loaded.targets] == [target.id for target in shipped(kept).targets]
    assert [error.field for error in loaded.broken] == ["target[1].id"]


def test_a_broken_copy_is_passed_over(own: Path, kept: Path) -> None:
    path = named(own, "晋中热线")
    hotline.load("jinzhong", own, kept)
    (kept / "sites" / "jinzhong.toml").write_bytes(b"\xff")
    path.write_bytes(b"\xff")
    assert hotline.load("jinzhong", own, kept).site.name_zh == "晋中 12356"


def test_a_state_folder_that_cannot_be_written_stops_nothing(own: Path, tmp_path: Path) -> None:
    named(own, "晋中热线")
    blocked = tmp_path / "file"
    blocked.touch()
    assert hotline.load("jinzhong", own, blocked).site.name_zh == "晋中热线"


def test_a_form_that_names_an_enumeration_the_hotline_dropped_falls_back(own: Path, kept: Path) -> None:
    (own / "forms").mkdir()
    (own / "forms" / "own.toml").write_text(
        'id = "own"\nversion = 2\nzh = "本站"\nen = "Own"\nsource = "here"\nmark = "D"\n\n'
        '[[section]]\ngroup = "caller"\nzh = "一"\nen = "One"\n[[section.field]]\n'
        'key = "x"\ntype = "choice"\nchoices = "gone"\nzh = "二"\nen = "Two"\n',
        encoding="utf-8",
    )
    loaded = hotline.load("jinzhong", own, kept)
    assert loaded.forms == shipped(kept).forms
    assert [(error.line, error.field) for error in loaded.broken] == [(15, "section[1].field[1].choices")]


def test_own_enumerations_stand_before_those_that_ship(own: Path, kept: Path) -> None:
    sex = '[sex]\nsource = "here"\nmark = "D"\nfemale = ["女性", "Female"]\n'
    (own / "enumerations.toml").write_text(sex, encoding="utf-8")
    loaded = hotline.load("jinzhong", own, kept)
    assert loaded.broken == ()
    assert [one.zh for one in loaded.enumerations["sex"]] == ["女性"]
    assert loaded.enumerations["outcome"] == shipped(kept).enumerations["outcome"]


def test_codes_that_the_program_speaks_of_cannot_be_left_out(own: Path, kept: Path) -> None:
    ends = '[call_end]\nsource = "here"\nmark = "D"\nE1 = ["正常", "Normal"]\n'
    (own / "enumerations.toml").write_text(ends, encoding="utf-8")
    loaded = hotline.load("jinzhong", own, kept)
    assert loaded.enumerations == shipped(kept).enumerations
    (error,) = loaded.broken
    assert (error.line, error.cause) == (1, "the program uses these codes: labels may differ, codes may not")


def test_licensed_points_count_with_a_signature_that_the_site_trusts(own: Path, kept: Path) -> None:
    key = Ed25519PrivateKey.generate()
    trusted = b64encode(key.public_key().public_bytes_raw()).decode()
    site = own / "sites" / "jinzhong.toml"
    source = sites.shipped("jinzhong").read_text(encoding="utf-8")
    site.write_text(f'pack_keys = ["{trusted}"]\nk10_bands = "meteor"\n{source}', encoding="utf-8")
    assert hotline.load("jinzhong", own, kept).instruments.weights is None
    path = own / weights.NAME
    path.write_text(artificial(), encoding="utf-8")
    unsigned = hotline.load("jinzhong", own, kept)
    assert unsigned.instruments.weights is None
    assert [error.field for error in unsigned.broken] == ["signature"]
    sign(path, key.private_bytes_raw())
    signed = hotline.load("jinzhong", own, kept)
    assert signed.broken == ()
    assert signed.instruments.weights
    assert signed.instruments.weights.owner == "Artificial Example"
    bands = signed.instruments.scale("k10")
    assert bands
    assert bands.id == "meteor"


@pytest.mark.parametrize("wrong", ["not base64!", "c2hvcnQ="])
def test_a_key_that_is_none_is_named(own: Path, kept: Path, wrong: str) -> None:
    site = own / "sites" / "jinzhong.toml"
    source = sites.shipped("jinzhong").read_text(encoding="utf-8")
    site.write_text(f'pack_keys = ["{wrong}"]\n{source}', encoding="utf-8")
    (error,) = hotline.load("jinzhong", own, kept).broken
    assert (error.line, error.field) == (1, "pack_keys")
