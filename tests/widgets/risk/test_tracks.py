"""The instruments beside the quick screen, and the wish for a lower level."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.risk.level import Level
from models.risk.questionnaire import Questionnaire
from resources.texts import t, use_language
from tests.widgets.look_risk import ARTIFICIAL, SCENES, SHIPPED, WISH, responses
from tests.widgets.look_samples import HIGH, LOW, MEDIUM
from tests.widgets.readable import cut_off, on_screen, unnamed
from widgets.base.segment import Segment
from widgets.risk.panel import RiskPanel
from widgets.risk.rows import StepSegment
from widgets.risk.track import Track
from widgets.theme import PALETTES, Palette


@pytest.fixture(autouse=True)
def _chinese() -> None:
    use_language("zh_CN")


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[RiskPanel]:
    made = RiskPanel()
    made.show_instruments(SHIPPED)
    with on_screen(qtbot, made, 318, 682):
        yield made


def press(panel: QWidget, text: str) -> None:
    (button,) = [one for one in panel.findChildren(QPushButton) if one.text() == text and one.isVisible()]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def track(panel: RiskPanel) -> Track:
    (shown,) = [one for one in panel.findChildren(Track) if one.isVisible()]
    return shown


def words(panel: QWidget) -> list[str]:
    return [one.text() for one in panel.findChildren(QWidget) if hasattr(one, "text") and one.isVisible()]


@pytest.mark.parametrize("asked", SHIPPED.questionnaires, ids=lambda one: one.id)
def test_each_instrument_is_one_press_away_and_shows_all_its_items(
    panel: RiskPanel, asked: Questionnaire
) -> None:
    press(panel, asked.short.zh)
    assert len(track(panel).findChildren(StepSegment)) == len(asked.items)
    assert t("risk.unofficial", name=asked.name.zh) in words(panel)


def test_the_quick_screen_is_one_key_away_from_every_instrument(panel: RiskPanel) -> None:
    press(panel, "PHQ-9")
    QTest.keyClick(panel, Qt.Key.Key_F5)
    assert not [one for one in panel.findChildren(Track) if one.isVisible()]
    assert t("risk.still_unasked", all=7, n=7) in words(panel)


@pytest.mark.parametrize("course", [False, True], ids=["instrument", "course"])
def test_another_conversation_begins_with_the_quick_screen(panel: RiskPanel, course: bool) -> None:
    panel.show_assessment(LOW)
    press(panel, "C-SSRS")
    if course:
        QTest.keyClick(panel, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    panel.show_assessment(replace(LOW, responses=responses("cssrs", "no")))
    assert course or track(panel).isVisible()
    panel.show_assessment(replace(LOW, id="another", note="another"))
    assert not [one for one in panel.findChildren(Track) if one.isVisible()]
    assert t("risk.still_unasked", all=7, n=5) in words(panel)
    focused = QApplication.focusWidget()
    assert not isinstance(focused and focused.parentWidget(), StepSegment)


def test_what_stands_below_never_moves(panel: RiskPanel) -> None:
    (own,) = [one for one in panel.findChildren(Segment) if one.accessibleName() == t("risk.own_level")]
    place = own.mapTo(panel, own.rect().topLeft())
    for one in SHIPPED.questionnaires:
        press(panel, one.short.zh)
        assert own.mapTo(panel, own.rect().topLeft()) == place


def test_points_are_told_by_one_key_each_and_arrows_walk_on(qtbot: QtBot, panel: RiskPanel) -> None:
    press(panel, "PHQ-9")
    told: list[tuple[str, str, str]] = []
    panel.responded.connect(lambda *args: told.append(args))
    for key in (Qt.Key.Key_2, Qt.Key.Key_1, Qt.Key.Key_Down, Qt.Key.Key_0):
        QTest.keyClick(panel.window().focusWidget(), key)
    assert told == [("phq9", "i1", "2"), ("phq9", "i2", "1"), ("phq9", "i4", "0")]


@pytest.mark.parametrize(("points", "leads"), [("0", False), ("1", True), ("3", True)])
def test_thoughts_of_death_in_the_phq_lead_to_the_quick_screen(
    panel: RiskPanel, points: str, leads: bool
) -> None:
    press(panel, "PHQ-9")
    ninth = track(panel).findChildren(StepSegment)[8]
    QTest.mouseClick(ninth.buttons[int(points)], Qt.MouseButton.LeftButton)
    assert (t("risk.still_unasked", all=7, n=7) in words(panel)) is leads


def test_an_answer_is_taken_back_by_pressing_it_again(qtbot: QtBot, panel: RiskPanel) -> None:
    press(panel, "C-SSRS")
    told: list[tuple[str, str, str]] = []
    panel.responded.connect(lambda *args: told.append(args))
    button = track(panel).findChildren(StepSegment)[0].buttons[0]
    for _ in range(2):
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert told == [("cssrs", "q1", "yes"), ("cssrs", "q1", "not_asked")]


def test_what_the_screener_leaves_out_is_said(panel: RiskPanel) -> None:
    panel.show_assessment(replace(LOW, responses=responses("cssrs", "no", "no")))
    press(panel, "C-SSRS")
    assert t("risk.item_skipped", item="Q3 想过方法") in words(panel)
    assert t("risk.open_items", n=1) in words(panel), "Q6 is always asked"


def test_a_scale_says_what_it_comes_to(panel: RiskPanel) -> None:
    panel.show_assessment(LOW)
    press(panel, "PHQ-9")
    panel.show_assessment(replace(LOW, responses=responses("phq9", *"2121")))
    assert t("risk.total_open", points=6, n=5) in words(panel)
    panel.show_assessment(replace(LOW, responses=responses("phq9", *"212130010")))
    assert t("risk.total", points=10, band="中度", used="") in words(panel)


def test_a_record_s_own_bands_are_named_where_there_are_several(panel: RiskPanel) -> None:
    panel.show_assessment(LOW)
    press(panel, "K10")
    panel.show_assessment(replace(LOW, responses=responses("k10", *"2222222222")))
    assert t("risk.total", points=20, band="中", used=t("risk.used", weights="abs")) in words(panel)


def test_the_elements_are_a_checklist_without_licensed_points(panel: RiskPanel) -> None:
    press(panel, "要素")
    assert t("risk.no_points") in words(panel)


def test_with_licensed_points_the_elements_have_a_total(qtbot: QtBot) -> None:
    made = RiskPanel()
    made.show_instruments(ARTIFICIAL)
    made.show_assessment(replace(LOW, responses=responses("elements12", *"111110000000")))
    with on_screen(qtbot, made, 318, 682):
        press(made, "要素")
        used = t("risk.used", weights="演示 1 (2026-01-01)")
        assert t("risk.total", points=5, band=t("risk.band_middle"), used=used) in words(made)
        assert any("15.1%" in text for text in words(made))


def test_a_lower_level_is_wished_for_with_a_reason(qtbot: QtBot, panel: RiskPanel) -> None:
    panel.show_assessment(HIGH)
    press(panel, t("risk.lower"))
    told: list[tuple[Level, str]] = []
    panel.lower_wanted.connect(lambda *args: told.append(args))
    press(panel, "R0")
    (reason,) = [
        one for one in panel.findChildren(QLineEdit) if one.accessibleName() == t("risk.lower_reason")
    ]
    QTest.keyClick(reason, Qt.Key.Key_Return)
    assert told == [], "without a reason nothing is wished"
    QTest.keyClicks(reason, "  calm  ")
    QTest.keyClick(reason, Qt.Key.Key_Return)
    assert told == [(Level.R0, "calm")]


def test_only_what_is_below_is_offered_and_nothing_while_a_wish_waits(panel: RiskPanel) -> None:
    def offered() -> list[str]:
        row = next(one for one in panel.findChildren(Segment) if one.accessibleName() == t("risk.lower_to"))
        return [button.text() for button in row.buttons if not button.isHidden()]

    panel.show_assessment(MEDIUM)
    press(panel, t("risk.lower"))
    assert offered() == ["R0", "R1"]
    waiting = replace(HIGH, lowerings=(WISH,))
    panel.show_assessment(waiting)
    assert t("risk.lower") not in words(panel)


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("palette", list(PALETTES.values()), ids=list(PALETTES))
@pytest.mark.parametrize("scene", list(SCENES))
def test_everything_can_be_read_and_is_named(
    qtbot: QtBot, language: str, palette: Palette, scene: str
) -> None:
    use_language(language)
    with on_screen(qtbot, SCENES[scene](), 318, 682, palette) as window:
        assert cut_off(window) == []
        assert unnamed(window) == []
