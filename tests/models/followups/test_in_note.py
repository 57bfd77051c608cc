"""What the note and the sheet for follow-ups both ask is asked once, whichever took it."""

import pytest

from models.followups.callback import Result
from models.followups.followup import Arrangement, Consent, Window
from models.followups.in_note import arranged, noted, noted_result, result_in
from models.notes.filling import visible
from resources import enumerations, forms

ALL = {
    "safe_times": "周末下午",
    "safe_number": "13834400001",
    "code_word": "买花",
    "others_may": "姐姐",
    "others_told": "只说是朋友",
}
AGREED = Arrangement(
    Consent.AGREED,
    "13834400001",
    "周末下午",
    (Window(480, 720),),
    "买花",
    "姐姐",
    "只说是朋友",
)


def test_what_the_note_says_stands_on_the_sheet_and_the_other_way_round() -> None:
    assert arranged(ALL) == Arrangement(
        Consent.AGREED, "13834400001", "周末下午", (), "买花", "姐姐", "只说是朋友"
    )
    assert noted(AGREED, {}) == {"contact_consent": "agreed", **ALL}
    assert next(iter(noted(AGREED, {}))) == "contact_consent", "the others are there after it"
    assert arranged(noted(AGREED, {}), AGREED) == AGREED


def test_later_words_of_the_note_count_and_the_times_of_the_day_stay() -> None:
    after = arranged({"code_word": "买书"}, AGREED)
    assert (after.code_word, after.times, after.windows) == ("买书", "周末下午", AGREED.windows)


def test_what_was_taken_out_on_the_sheet_is_taken_out_of_the_note() -> None:
    said = noted(Arrangement(Consent.AGREED), {"safe_number": "13834400001"})
    assert said == {"contact_consent": "agreed", "safe_number": ""}


@pytest.mark.parametrize(
    ("values", "result"),
    [
        ({}, None),
        ({"follow_up_result": "stable"}, (Result.STABLE, "")),
        ({"follow_up_result": "deceased"}, None),
        ({"follow_up_result": "deceased", "result_source": " 家属 "}, (Result.DECEASED, "家属")),
        ({"follow_up_result": "unheard_of"}, None),
    ],
)
def test_a_result_counts_where_the_note_says_all_that_it_needs(
    values: dict[str, str], result: tuple[Result, str] | None
) -> None:
    assert result_in(values) == result
    if result is not None:
        assert result_in(noted_result(*result)) == result


@pytest.mark.parametrize("name", ["full", "crisis", "follow_up"])
def test_each_form_that_asks_for_consent_has_a_place_for_all_of_it(name: str) -> None:
    form = forms.load(forms.shipped(name), enumerations.load())
    keys = {one.key for one in form.fields}
    assert {"contact_consent", *ALL} <= keys
    category = form.serves[0].category
    shown = {one.key for one in visible(form, category, {"contact_consent": "agreed"})}
    hidden = {one.key for one in visible(form, category, {"contact_consent": "refused"})}
    assert set(ALL) <= shown
    assert set(ALL).isdisjoint(hidden)
