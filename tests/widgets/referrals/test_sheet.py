"""The referral sheet: what dials, what never dials, and what is told once."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.referrals.referral import LegalBasis, PlaceBasis
from resources.texts import t, use_language
from tests.widgets import look_samples as samples
from tests.widgets.readable import cut_off, on_screen, unnamed
from widgets.base.buttons import Chip
from widgets.base.composition import LineEdit
from widgets.base.sheet import Sheet
from widgets.referrals.sheet import ReferralSheet
from widgets.referrals.targets import TargetRow
from widgets.referrals.view import PlaceView, ReferralView
from widgets.theme import PALETTES, Palette

LEFT = Qt.MouseButton.LeftButton


class Opened:
    """A sheet over its host, put away as the console does, with all that it told."""

    def __init__(self) -> None:
        self.host = QWidget()
        self.content = ReferralSheet()
        self.sheet = Sheet("", self.host, self.content)
        self.told: list[tuple[str, str, PlaceBasis, str, LegalBasis]] = []
        self.places: list[tuple[str, PlaceBasis]] = []
        self.cancelled = 0
        self.content.confirmed.connect(self._confirm)
        self.content.cancelled.connect(self._cancel)
        self.content.place_chosen.connect(lambda *place: self.places.append(place))

    def open(self, view: ReferralView) -> None:
        self.content.show_referral(view)
        self.sheet.open_sheet()
        QApplication.processEvents()

    def press(self, keys: str) -> None:
        focus = self.host.window().focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, keys)

    def strike(self, key: Qt.Key) -> None:
        focus = self.host.window().focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key)

    @property
    def confirm(self) -> QPushButton:
        return next(b for b in self.content.findChildren(QPushButton) if b.property("big"))

    @property
    def text(self) -> QPlainTextEdit:
        return self.content.findChildren(QPlainTextEdit)[0]

    def button(self, label: str) -> QPushButton:
        return next(b for b in self.content.findChildren(QPushButton) if b.text() == label)

    def says(self, words: str) -> bool:
        labels = [w for w in self.content.findChildren(QWidget) if hasattr(w, "text") and w.isVisible()]
        return words in [label.text() for label in labels]

    def _confirm(self, target: str, place: str, known: PlaceBasis, text: str, law: LegalBasis) -> None:
        self.told.append((target, place, known, text, law))
        self.sheet.close_sheet()

    def _cancel(self) -> None:
        self.cancelled += 1
        self.sheet.close_sheet()


@pytest.fixture
def opened(qtbot: QtBot) -> Iterator[Opened]:
    use_language("zh_CN")
    made = Opened()
    with on_screen(qtbot, made.host, 1366, 698):
        made.open(samples.SHEET)
        yield made


def test_a_click_confirms_all_that_is_shown(opened: Opened) -> None:
    QTest.mouseClick(opened.confirm, LEFT)
    assert opened.told == [("p", "太原", PlaceBasis.CLUES, samples.TEXT, LegalBasis.EMERGENCY)]
    assert opened.sheet.isHidden()


def test_a_double_click_is_one_referral(opened: Opened) -> None:
    QTest.mouseClick(opened.confirm, LEFT)
    QTest.mouseDClick(opened.confirm, LEFT)
    assert len(opened.told) == 1


def test_one_referral_is_confirmed_once_even_when_it_is_opened_again(opened: Opened) -> None:
    opened.press("1")
    opened.open(samples.SHEET)
    opened.press("1")
    assert len(opened.told) == 1
    opened.open(replace(samples.SHEET, id="ref-2"))
    opened.press("1")
    assert len(opened.told) == 2


@pytest.mark.parametrize(("digit", "target"), [("1", "p"), ("2", "a"), ("3", "f"), ("4", "c")])
def test_a_digit_takes_its_target_and_dials(opened: Opened, digit: str, target: str) -> None:
    opened.press(digit)
    assert [told[0] for told in opened.told] == [target]


def test_a_digit_without_a_target_does_nothing(opened: Opened) -> None:
    opened.press("790")
    assert opened.told == []


def test_digits_and_enter_in_the_text_are_text(opened: Opened) -> None:
    opened.text.setFocus()
    opened.text.selectAll()
    opened.press("1 2")
    opened.strike(Qt.Key.Key_Return)
    assert opened.told == []
    assert opened.text.toPlainText() == "1 2\n"


def test_digits_and_enter_in_the_place_are_text(opened: Opened) -> None:
    QTest.mouseClick(opened.button(t("referrals.change")), LEFT)
    opened.press("jinzhong1")
    opened.strike(Qt.Key.Key_Return)
    assert opened.told == []
    assert opened.places == [("jinzhong1", PlaceBasis.STATED)]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_never_dials(opened: Opened, key: Qt.Key) -> None:
    for control in opened.content.findChildren(QWidget):
        if control.focusPolicy() & Qt.FocusPolicy.TabFocus and control.isVisible():
            control.setFocus()
            QTest.keyClick(control, key)
    assert opened.told == []


def test_pressing_a_row_takes_it_and_dials_nothing(opened: Opened) -> None:
    QTest.mouseClick(opened.content.findChildren(TargetRow)[2], LEFT)
    assert opened.told == []
    assert opened.confirm.text() == t("referrals.contact", name="姐姐")
    QTest.mouseClick(opened.confirm, LEFT)
    assert opened.told[0][0] == "f"


def test_escape_and_the_buttons_cancel(opened: Opened) -> None:
    opened.strike(Qt.Key.Key_Escape)
    opened.open(samples.SHEET)
    opened.text.setFocus()
    opened.strike(Qt.Key.Key_Escape)
    opened.open(samples.SHEET)
    QTest.mouseClick(opened.button(t("referrals.cancel")), LEFT)
    assert (opened.cancelled, opened.told) == (3, [])


def test_where_only_the_number_speaks_nothing_is_chosen_and_nothing_dialled(opened: Opened) -> None:
    opened.open(replace(samples.UNPLACED, id="ref-2"))
    chips = [chip for chip in opened.content.findChildren(Chip) if chip.isVisible()]
    assert [chip.isChecked() for chip in chips] == [False, False]
    assert opened.says(t("referrals.ask_place"))
    opened.press("1")
    QTest.mouseClick(opened.confirm, LEFT)
    assert opened.told == []
    assert opened.says(t("referrals.needs_place"))


def test_a_target_that_needs_no_place_can_be_dialled_without_one(opened: Opened) -> None:
    opened.open(replace(samples.UNPLACED, id="ref-2"))
    opened.press("3")
    assert opened.told[0][:3] == ("f", "", PlaceBasis.UNKNOWN)


def test_a_letter_chooses_a_place_and_dialling_waits_for_its_numbers(opened: Opened) -> None:
    opened.open(replace(samples.UNPLACED, id="ref-2"))
    opened.press("b")
    opened.press("1")
    assert opened.places == [("北京", PlaceBasis.SITE)]
    assert opened.told == []
    placed = replace(samples.SHEET, id="ref-2", place=PlaceView("北京", PlaceBasis.SITE))
    opened.content.show_referral(placed)
    assert opened.says(t("referrals.number_place"))
    opened.press("1")
    assert opened.told[0][:3] == ("p", "北京", PlaceBasis.SITE)


def test_an_edited_text_survives_another_place_with_a_warning(opened: Opened) -> None:
    opened.text.setPlainText("只说这些")
    opened.content.show_referral(replace(samples.SHEET, text="另一段", place=samples.STATED))
    assert opened.text.toPlainText() == "只说这些"
    assert opened.says(t("referrals.text_stale"))


def test_an_untouched_text_follows_the_place(opened: Opened) -> None:
    opened.content.show_referral(replace(samples.SHEET, text="另一段", place=samples.STATED))
    assert opened.text.toPlainText() == "另一段"
    assert not opened.says(t("referrals.text_stale"))


def test_no_basis_no_call(opened: Opened) -> None:
    opened.open(replace(samples.SHEET, id="ref-2", legal_basis=None))
    opened.press("1")
    assert opened.told == []
    QTest.mouseClick(opened.button(t("referrals.law_is_consent")), LEFT)
    opened.press("1")
    assert opened.told[0][4] is LegalBasis.CONSENT


def test_half_composed_words_are_told_too(opened: Opened) -> None:
    opened.text.setPlainText("在桥上")
    opened.text.setFocus()
    opened.text.moveCursor(opened.text.textCursor().MoveOperation.End)
    QApplication.sendEvent(opened.text, QInputMethodEvent("nanzhan", []))
    QTest.mouseClick(opened.confirm, LEFT)
    assert opened.told[0][3] == "在桥上nanzhan"


def test_half_composed_words_of_a_place_are_kept(opened: Opened) -> None:
    QTest.mouseClick(opened.button(t("referrals.change")), LEFT)
    field = next(line for line in opened.content.findChildren(LineEdit) if line.isVisible())
    QApplication.sendEvent(field, QInputMethodEvent("taiyuan", []))
    QTest.mouseClick(opened.button(t("referrals.place_take")), LEFT)
    assert opened.places == [("taiyuan", PlaceBasis.STATED)]


def test_the_focus_begins_at_the_target_to_take_first(opened: Opened) -> None:
    assert opened.host.window().focusWidget() is opened.content.findChildren(TargetRow)[0]


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("palette", list(PALETTES.values()), ids=list(PALETTES))
@pytest.mark.parametrize("scene", [name for name in samples.SCENES if name.startswith("referral")])
def test_everything_can_be_read_and_is_named(
    qtbot: QtBot, language: str, palette: Palette, scene: str
) -> None:
    use_language(language)
    with on_screen(qtbot, samples.SCENES[scene](), 740, 698, palette) as window:
        assert cut_off(window) == []
        assert unnamed(window) == []
