"""The forms that ship: what each category of call opens and asks for (domain.md 2)."""

from pathlib import Path

import pytest

from models.notes.filling import Beside, missing, required_keys, visible
from models.notes.form import FieldType, Mark
from models.notes.forms import NoteForms
from resources import enumerations, forms, hotline
from resources.enumerations.fixed import FIXED

ALL = {"caller", "problem", "course", "intervention"}
TABLE = {
    "C1": ("full", {"caller", "intervention"}, True),
    "C2": ("crisis", ALL, True),
    "C3": ("full", ALL, True),
    "C4": ("short", {"intervention"}, False),
    "C5": ("full", ALL, True),
    "C6": ("full", ALL, True),
    "S1": ("silent", {"ladder"}, False),
    "S2": ("full", ALL, True),
    "S3": ("special", {"marks"}, False),
    "S4": ("full", {"caller", "intervention"}, True),
    "S5": ("type_only", set(), False),
    "S6": ("short", {"intervention"}, False),
    "S7": ("follow_up", {"follow_up"}, False),
    "S8": ("type_only", set(), False),
    "S9": ("short", {"intervention"}, False),
}
REQUIRED = {
    "C1": "relation sex age_band caller_group place outcome quick_screen",
    "C2": "relation sex age_band caller_group place problem_main complaint log outcome quick_screen",
    "C3": "relation sex age_band caller_group place problem_main complaint log outcome quick_screen",
    "C4": "outcome",
    "C5": "relation sex age_band caller_group place problem_main complaint log outcome quick_screen",
    "C6": (
        "relation sex age_band caller_group place problem_main complaint log outcome"
        " imminent reported_to quick_screen"
    ),
    "S1": "ladder",
    "S2": "relation sex age_band caller_group place problem_main complaint log outcome quick_screen",
    "S3": "harassment_marks",
    "S4": "relation sex age_band caller_group place outcome quick_screen",
    "S5": "",
    "S6": "outcome",
    "S7": "follow_up_result",
    "S8": "",
    "S9": "outcome sent_to",
}


@pytest.fixture
def shipped(tmp_path: Path) -> NoteForms:
    return hotline.load("jinzhong", None, tmp_path).forms


def test_the_table_has_every_category() -> None:
    assert {one.code for one in enumerations.load()["call_category"]} == set(TABLE) == set(REQUIRED)


@pytest.mark.parametrize("category", TABLE)
def test_a_category_opens_its_form_and_asks_for_its_groups(shipped: NoteForms, category: str) -> None:
    form = shipped.of(category)
    served = form.served(category)
    assert (form.id, set(served.groups), served.screen) == TABLE[category]
    assert required_keys(form, category, {}) == tuple(REQUIRED[category].split())
    assert missing(form, category, {}, Beside()) == tuple(REQUIRED[category].split())


def test_without_a_category_the_form_of_an_ordinary_call_is_open(shipped: NoteForms) -> None:
    assert shipped.usual.id == shipped.of("").id == shipped.of("unheard of").id == "full"


@pytest.mark.parametrize("name", forms.names())
def test_every_field_says_what_it_is_in_both_languages(shipped: NoteForms, name: str) -> None:
    form = forms.load(forms.shipped(name), enumerations.load())
    assert form.id == name
    assert form.zh
    assert form.en
    assert form.source
    assert form.mark in list(Mark)
    labels = [(one.zh, one.en) for one in form.sections] + [(one.zh, one.en) for one in form.fields]
    assert all(zh and en for zh, en in labels)


def test_a_key_means_the_same_on_every_form(shipped: NoteForms) -> None:
    known: dict[str, tuple[FieldType, str]] = {}
    for form in shipped.installed:
        for field in form.fields:
            assert known.setdefault(field.key, (field.type, field.choices)) == (field.type, field.choices)


def test_something_can_be_written_in_every_call(shipped: NoteForms) -> None:
    for form in shipped.installed:
        assert any(field.type is FieldType.LOG for field in form.fields)


def test_under_fourteen_the_guardian_is_asked_about(shipped: NoteForms) -> None:
    form = shipped.of("C1")
    assert "guardian_consent" in required_keys(form, "C1", {"age_band": "under_14"})
    assert "guardian_consent" not in [one.key for one in visible(form, "C1", {"age_band": "from_14"})]


def test_a_death_needs_who_confirmed_it(shipped: NoteForms) -> None:
    form = shipped.of("S7")
    assert required_keys(form, "S7", {"follow_up_result": "deceased"}) == (
        "follow_up_result",
        "result_source",
    )


CODES = {
    "role": "OP SUP LEAD ADM",
    "title": (
        "psychiatrist psychiatric_nurse psychotherapist counsellor social_worker psychology_teacher other"
    ),
    "employment": "full_time part_time",
    "operator_state": "ready ringing talking held wrap_up break off",
    "break_reason": "rest supervision training meeting equipment",
    "call_category": "C1 C2 C3 C4 C5 C6 S1 S2 S3 S4 S5 S6 S7 S8 S9",
    "problem_type": " ".join([*(f"P{n:02}" for n in range(1, 22)), "P99"]),
    "caller_group": " ".join([*(f"G{n:02}" for n in range(1, 17)), "G99"]),
    "relation": "self relative peer teacher neighbour staff other",
    "identity": "anonymous named",
    "outcome": " ".join(f"O{n:02}" for n in range(1, 17)),
    "call_end": "E1 E2 E3 E4 E5",
    "risk_level": "R0 R1 R2 R3 R4 RX",
    "ask_state": "not_asked yes no refused unclear not_applicable",
    "referral_target": "F110 F119 F120 FPSY FOPD FLINE FCOM FVOL FSCH FFAM FGOV",
    "legal_basis": "consent emergency minor_report law",
    "follow_up_result": (
        "stable risen no_answer declined not_in_service other_answered in_care new_attempt deceased lost"
    ),
}


@pytest.mark.parametrize("name", CODES)
def test_the_enumerations_of_the_field_ship_whole(name: str) -> None:
    choices = enumerations.load()[name]
    assert [one.code for one in choices] == CODES[name].split()


def test_every_choice_says_where_it_comes_from() -> None:
    for choices in enumerations.load().values():
        assert choices
        for one in choices:
            assert one.source
            assert one.mark in list(Mark)
    official = [one.code for one in enumerations.load()["problem_type"] if one.mark == "S"]
    assert official == [f"P{n:02}" for n in range(1, 9)]


@pytest.mark.parametrize("name", FIXED)
def test_codes_of_the_program_and_of_the_data_are_the_same(name: str) -> None:
    assert {one.code for one in enumerations.load()[name]} == FIXED[name]
