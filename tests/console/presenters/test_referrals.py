"""The referral sheet opens filled: where help goes is what was said, never what was guessed."""

from dataclasses import replace
from pathlib import Path

import pytest

from console.calls.handing import HandingView
from console.presenters.assessing import Assessing
from console.presenters.form import FormPresenter
from console.presenters.referrals import ReferralPresenter
from models.calls.brief import Brief
from models.notes.note import NoteBody
from models.referrals.referral import LegalBasis, PlaceBasis
from models.risk.quick_screen import AskState, Item
from resources import hotline
from resources.places import area_code_of
from tests.console.presenters.conftest import Stage
from widgets.main_window import Page
from widgets.referrals.view import Mark, ReferralView

BEIJING, JINZHONG = "13810000000", "13834400000"


@pytest.fixture
def sheet(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[ReferralView]:
    """Every view the sheet was asked to show."""
    shown: list[ReferralView] = []
    monkeypatch.setattr(stage.parts.referral, "show_referral", shown.append)
    data = hotline.load("jinzhong", None, tmp_path)
    assessing = Assessing(stage.bridge, stage.station, stage.parts.risk, data.instruments, stage.clock)
    ReferralPresenter(stage.bridge, stage.station, stage.parts, data, assessing, stage.clock)
    return shown


def opened(stage: Stage, shown: list[ReferralView], number: str = JINZHONG, **values: str) -> ReferralView:
    """The sheet of a call from a number, about which this was written."""
    call = stage.station.calls.open_by_hand(number)
    stage.station.notes.open_for(call.id)
    for key, value in values.items():
        stage.station.notes.edit(key, value)
    stage.parts.window.refer_wanted.emit()
    return shown[-1]


def test_without_a_note_there_is_nothing_to_refer(stage: Stage, sheet: list[ReferralView]) -> None:
    stage.parts.window.refer_wanted.emit()
    assert sheet == []


def test_a_stated_place_is_chosen_and_dialled(stage: Stage, sheet: list[ReferralView]) -> None:
    view = opened(stage, sheet, BEIJING, place="太原市迎泽区的桥边")
    assert view.place
    assert (view.place.place, view.place.basis) == ("太原市", PlaceBasis.STATED)
    assert "太原市迎泽区的桥边" in view.text
    police = next(target for target in view.targets if target.id == "f110")
    assert police.dial.startswith(area_code_of("太原市"))


def test_a_place_typed_just_before_is_in_it_though_the_note_has_not_heard_of_it(
    stage: Stage, sheet: list[ReferralView], tmp_path: Path
) -> None:
    note = stage.station.notes.open_for(stage.station.calls.open_by_hand(BEIJING).id)
    form = FormPresenter(stage.parts.note, hotline.load("jinzhong", None, tmp_path))
    form.show_note(replace(note, body=NoteBody("C3")))
    assert stage.parts.note.papers.front.pages.put_value("place", "太原市迎泽区的桥边")
    stage.parts.window.refer_wanted.emit()
    assert sheet[-1].place
    assert sheet[-1].place.place == "太原市"
    assert "太原市迎泽区的桥边" in sheet[-1].text


def test_only_a_number_is_offered_and_chosen_by_nobody(stage: Stage, sheet: list[ReferralView]) -> None:
    view = opened(stage, sheet, relation="self")
    assert view.place is None
    assert PlaceBasis.NUMBER in {place.basis for place in view.places}
    assert all(not target.dial for target in view.targets if target.id == "f110")


def test_the_number_of_a_third_party_says_nothing_of_the_person(
    stage: Stage, sheet: list[ReferralView]
) -> None:
    view = opened(stage, sheet, relation="parent")
    assert view.place is None
    assert PlaceBasis.NUMBER not in {place.basis for place in view.places}


def test_it_is_put_away_when_another_conversation_comes_to_the_front(
    stage: Stage, sheet: list[ReferralView]
) -> None:
    """Its place, its words and its number are those of the other person, and one digit dials."""
    stage.parts.window.show_page(Page.DESK)
    stage.parts.window.show()
    opened(stage, sheet, place="太原市迎泽区的桥边")
    stage.station.notes.edit("summary", "还在写")
    assert stage.parts.referral.isVisible()
    stage.station.notes.open_for(stage.station.calls.open_by_hand(BEIJING).id)
    assert not stage.parts.referral.isVisible()
    stage.parts.window.refer_wanted.emit()
    assert stage.parts.referral.isVisible()
    assert "太原" not in sheet[-1].text


def test_at_r4_the_police_come_first(stage: Stage, sheet: list[ReferralView]) -> None:
    call = stage.station.calls.open_by_hand(JINZHONG)
    stage.station.notes.open_for(call.id)
    stage.station.risk.answer(Item.PLAN_72H, AskState.YES)
    stage.parts.window.refer_wanted.emit()
    assert [target.id for target in sheet[-1].targets if target.mark is Mark.FIRST] == ["f110"]
    assert sheet[-1].targets[0].id == "f110"
    assert sheet[-1].legal_basis is LegalBasis.EMERGENCY


def test_without_an_alarming_level_it_takes_consent(stage: Stage, sheet: list[ReferralView]) -> None:
    view = opened(stage, sheet, place="晋中市")
    assert view.legal_basis is LegalBasis.CONSENT
    assert Mark.FIRST not in {target.mark for target in view.targets}


def test_the_text_tells_only_what_helps_to_find_and_protect(stage: Stage, sheet: list[ReferralView]) -> None:
    view = opened(
        stage, sheet, place="晋中市榆次区", name="练习姓名", complaint="练习欠款", problem_main="P11"
    )
    for word in ("练习姓名", "练习欠款", "P11"):
        assert word not in view.text
    assert "晋中市榆次区" in view.text


def test_110_is_not_told_to_call_itself_back(stage: Stage, sheet: list[ReferralView]) -> None:
    view = opened(stage, sheet, number="0354110", relation="self")
    assert "0354110" not in view.text
    assert PlaceBasis.NUMBER not in {place.basis for place in view.places}
    assert JINZHONG in opened(stage, sheet).text


def test_choosing_a_place_dials_there(stage: Stage, sheet: list[ReferralView]) -> None:
    opened(stage, sheet)
    stage.parts.referral.place_chosen.emit("太原市", PlaceBasis.STATED)
    police = next(target for target in sheet[-1].targets if target.id == "f110")
    assert police.dial.startswith(area_code_of("太原市"))
    assert sheet[-1].id == sheet[0].id, "still the same referral"


def test_the_red_mark_of_who_handed_the_call_on_makes_help_red(
    stage: Stage, sheet: list[ReferralView], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[bool] = []
    monkeypatch.setattr(stage.parts.window, "show_alarming", shown.append)
    call = stage.station.calls.open_by_hand(JINZHONG)
    stage.station.notes.open_for(call.id)
    assert shown[-1:] == [False]
    brief = Brief(call.id, "first note", "R4", True, ("一",), stage.clock.now(), "1009", "op", "同事")
    stage.station.handing.view.publish(HandingView(briefs=(brief,)))
    assert shown[-1:] == [True]
    stage.station.handing.view.publish(HandingView(briefs=(replace(brief, red=False),)))
    assert shown[-1:] == [False]
