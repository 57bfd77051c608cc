"""The note panel: each change is told once, nothing typed is lost, nothing comes back from its own save."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from models.notes.filling import Beside, missing
from models.notes.form import Field, FieldType, Form, Section
from models.notes.limits import MOST_CHARACTERS
from models.notes.note import Note, NoteBody, NoteState, Value
from resources.texts import t, use_language
from tests.widgets import look_samples as samples
from tests.widgets.readable import cut_off, on_screen, soon, unnamed
from widgets.base.buttons import Chip
from widgets.base.composition import LineEdit
from widgets.base.labels import Label
from widgets.base.writing import Writing
from widgets.notes.head import Head
from widgets.notes.inputs import NumberInput
from widgets.notes.panel import NotePanel
from widgets.notes.paper import Papers
from widgets.notes.tabs import SectionTab
from widgets.notes.view import SaveState
from widgets.notes.writing import LineWriting
from widgets.theme import PALETTES, Palette

LEFT = Qt.MouseButton.LeftButton
CTRL = Qt.KeyboardModifier.ControlModifier
FRESH = replace(samples.NOTE, id="fresh", body=NoteBody("C3"))


class Written:
    """A panel with all that it told."""

    def __init__(self) -> None:
        self.panel = NotePanel()
        self.panel.show_form(samples.FORM, samples.ENUMERATIONS)
        self.edits: list[tuple[str, Value]] = []
        self.lines: list[tuple[str, str]] = []
        self.reasons: list[str] = []
        self.panel.edited.connect(lambda key, value: self.edits.append((key, value)))
        self.panel.log_edited.connect(lambda line, text: self.lines.append((line, text)))
        self.panel.finish_wanted.connect(self.reasons.append)

    def open(self, note: Note) -> None:
        self.panel.show_note(note)
        body = note.body
        self.panel.show_missing(
            missing(samples.FORM, body.category, body.values, Beside(len(body.log), screened=True))
        )

    def named(self, kind: type[QWidget], name: str) -> QWidget:
        heads = self.panel.findChildren(Head)
        return soon(
            lambda: next(
                (
                    each
                    for part in (self.paper, *heads)
                    for each in part.findChildren(kind)
                    if each.accessibleName() == name
                ),
                None,
            )
        )

    @property
    def paper(self) -> QWidget:
        """The fields of the note that is in sight."""
        papers = self.panel.findChild(Papers)
        assert isinstance(papers, Papers)
        return papers.front.pages

    def strike(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focus, key, held)

    def type(self, keys: str) -> None:
        QTest.keyClicks(self.focus, keys)

    @property
    def focus(self) -> QWidget:
        return self.panel.window().focusWidget() or self.panel

    @property
    def complaint(self) -> Writing:
        found = self.named(Writing, "主诉")
        assert isinstance(found, Writing)
        return found

    @property
    def category(self) -> QComboBox:
        found = self.named(QComboBox, t("notes.category"))
        assert isinstance(found, QComboBox)
        return found

    def button(self, label: str) -> QPushButton:
        return next(b for b in self.panel.findChildren(QPushButton) if b.text() == label)

    def says(self, words: str) -> bool:
        return words in [label.text() for label in self.panel.findChildren(Label) if label.isVisible()]


@pytest.fixture
def written(qtbot: QtBot) -> Iterator[Written]:
    use_language("zh_CN")
    made = Written()
    with on_screen(qtbot, made.panel, 740, 682):
        made.open(FRESH)
        yield made


def test_choosing_tells_the_code(written: Written) -> None:
    QTest.keyClick(written.named(QComboBox, "性别"), Qt.Key.Key_Down)
    assert written.edits == [("sex", "female")]


def test_chips_tell_all_codes_and_stop_at_the_limit(written: Written) -> None:
    written.panel.findChildren(SectionTab)[1].setChecked(True)
    chips = [chip for chip in written.panel.findChildren(Chip) if "其他问题" in chip.accessibleName()]
    for chip in chips[:3]:
        QTest.mouseClick(chip, LEFT)
    assert written.edits == [("problem_more", ("P01",)), ("problem_more", ("P01", "P02"))]
    QTest.mouseClick(chips[0], LEFT)
    assert written.edits[-1] == ("problem_more", ("P02",))
    assert chips[2].isEnabled()


def test_a_line_tells_its_text(written: Written) -> None:
    field = written.named(LineEdit, "当事人所在地")
    field.setFocus()
    written.type("b1")
    assert written.edits == [("place", "b"), ("place", "b1")]


def test_the_complaint_counts_and_cuts_nothing(written: Written) -> None:
    written.panel.findChildren(SectionTab)[1].setChecked(True)
    written.complaint.insertPlainText("字" * 201)
    assert written.edits == [("complaint", "字" * 201)]
    assert written.says(t("notes.count", n=201, limit=200))


def test_a_hundred_thousand_pasted_characters_are_kept_and_told_once(written: Written) -> None:
    words = "撑不下去了。" * 16_667
    pasted = QMimeData()
    pasted.setText(words)
    pasted.setHtml(f"<b>{words}</b>")
    written.complaint.insertFromMimeData(pasted)
    assert written.edits == [("complaint", words)]
    written.panel.show_log_line("l1", samples.START)
    line = written.panel.findChildren(LineWriting)[0]
    line.insertFromMimeData(pasted)
    assert written.lines == [("l1", words)]
    assert line.height() < 200


def test_choosing_a_category_tells_it_and_keeps_what_was_typed(qtbot: QtBot, written: Written) -> None:
    written.complaint.insertPlainText("撑不下去")
    written.category.setFocus()
    with qtbot.waitSignal(written.panel.category_chosen) as told:
        QTest.keyClick(written.category, Qt.Key.Key_Down)
    assert told.args == ["C4"]
    assert written.complaint.toPlainText() == "撑不下去"


def test_another_form_keeps_what_both_have(written: Written) -> None:
    written.complaint.insertPlainText("撑不下去")
    field = Field("complaint", FieldType.LONG_TEXT, "主诉", "Complaint")
    short = Form("short", 1, (Section("problem", "问题", "Problem", (field,)),))
    written.panel.show_form(short, samples.ENUMERATIONS)
    shown = [each for each in written.panel.findChildren(Writing) if each.isVisible()]
    assert [each.toPlainText() for each in shown] == ["撑不下去"]


def test_a_form_is_never_filled_in_from_its_own_save(written: Written) -> None:
    written.complaint.insertPlainText("第二句")
    saved = replace(FRESH, body=NoteBody("C3", {"complaint": "第一句"}))
    written.panel.show_note(saved)
    assert written.complaint.toPlainText() == "第二句"
    written.panel.show_note(replace(saved, id="another"))
    assert written.complaint.toPlainText() == "第一句"


def test_showing_tells_nothing(written: Written) -> None:
    written.open(samples.NOTE)
    written.panel.clear()
    assert (written.edits, written.lines, written.reasons) == ([], [], [])
    assert written.panel.note == ""
    assert written.says(t("notes.none_open"))


def test_the_key_asks_for_a_line_and_the_line_is_written_in(qtbot: QtBot, written: Written) -> None:
    with qtbot.waitSignal(written.panel.log_line_wanted):
        written.strike(Qt.Key.Key_T, CTRL)
    written.panel.show_log_line("l1", samples.START)
    written.type("crying")
    assert written.lines[-1] == ("l1", "crying")
    with qtbot.waitSignal(written.panel.log_line_wanted):
        written.strike(Qt.Key.Key_Return)
    written.panel.show_log_line("l2", samples.minutes(1))
    written.type("calm")
    assert written.lines[-1] == ("l2", "calm")
    written.strike(Qt.Key.Key_Up)
    written.type("x")
    assert written.lines[-1][0] == "l1"


def test_shift_enter_breaks_a_line_and_asks_for_none(qtbot: QtBot, written: Written) -> None:
    written.panel.show_log_line("l1", samples.START)
    with qtbot.assertNotEmitted(written.panel.log_line_wanted):
        written.strike(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    written.type("b")
    assert written.lines[-1][1] in ("\nb", "\u2028b")


def test_half_composed_words_are_kept_on_hang_up(written: Written) -> None:
    written.panel.show_log_line("l1", samples.START)
    QApplication.sendEvent(written.focus, QInputMethodEvent("zhan qiao", []))
    assert written.lines == []
    written.panel.commit()
    written.panel.commit()
    assert written.lines == [("l1", "zhan qiao")]


def test_half_composed_words_in_a_line_and_a_text_are_kept(written: Written) -> None:
    for key, field in (("place", written.named(LineEdit, "当事人所在地")), ("complaint", written.complaint)):
        QApplication.sendEvent(field, QInputMethodEvent("taiyuan", []))
        written.panel.commit()
        assert (key, "taiyuan") in written.edits


def test_leaving_a_field_is_told(qtbot: QtBot, written: Written) -> None:
    written.panel.findChildren(SectionTab)[1].setChecked(True)
    written.complaint.setFocus()
    with qtbot.waitSignal(written.panel.focus_left):
        written.category.setFocus()


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_a_digit_with_ctrl_opens_a_section(written: Written, number: int) -> None:
    written.strike(getattr(Qt.Key, f"Key_{number}"), CTRL)
    assert written.panel.findChildren(SectionTab)[number - 1].isChecked()
    assert written.lines == written.edits == []


def test_the_tabs_and_the_counter_say_what_is_missing(written: Written) -> None:
    written.open(samples.NOTE)
    assert [tab.missing for tab in written.paper.findChildren(SectionTab)] == [2, 0, 0, 0, 0]
    assert written.says(t("notes.required", done=8, all=10))


def test_the_key_goes_round_all_that_is_missing(written: Written) -> None:
    written.open(samples.NOTE)
    names = []
    for _ in range(3):
        written.strike(Qt.Key.Key_J, CTRL)
        names.append(written.focus.accessibleName())
    assert names == ["年龄段", "当事人所在地", "年龄段"]


def test_without_a_category_the_key_goes_there(written: Written) -> None:
    written.open(replace(FRESH, id="n9", body=NoteBody()))
    written.strike(Qt.Key.Key_J, CTRL)
    assert written.focus is written.category
    assert written.says(t("notes.category_first"))


def test_a_complete_note_is_finished_by_one_key(written: Written) -> None:
    written.panel.show_missing(())
    written.strike(Qt.Key.Key_Return, CTRL)
    assert written.reasons == [""]


def test_an_incomplete_note_is_finished_with_a_reason_that_is_there_already(written: Written) -> None:
    written.strike(Qt.Key.Key_Return, CTRL)
    assert written.reasons == []
    assert written.says(t("notes.finish_incomplete", n=9))
    written.strike(Qt.Key.Key_Return)
    assert written.reasons == [t("notes.reason_usual")]


def test_a_reason_of_ones_own_is_told(written: Written) -> None:
    QTest.mouseClick(written.button(t("notes.finish")), LEFT)
    written.type("line cut")
    QTest.mouseClick(written.button(t("notes.finish_anyway")), LEFT)
    assert written.reasons == ["line cut"]


def test_a_finished_note_is_not_finished_again(written: Written) -> None:
    written.open(replace(FRESH, state=NoteState.FINISHED, finished_at=samples.minutes(9)))
    written.strike(Qt.Key.Key_Return, CTRL)
    assert written.reasons == []
    assert written.button(t("notes.finished", time=f"{samples.minutes(9).astimezone():%H:%M}"))


def test_what_is_saved_is_said(written: Written) -> None:
    written.panel.show_saved_state(SaveState.SAVED, "02:41:06")
    assert written.says(t("notes.save_saved", detail="02:41:06"))
    written.panel.show_saved_state(SaveState.FAILED, "磁盘已满")
    assert written.says(t("notes.save_failed", detail="磁盘已满"))


def test_the_wheel_changes_no_list_that_nobody_is_in(written: Written) -> None:
    box = written.named(QComboBox, "性别")
    here = QPointF(5, 5)
    turn = QPoint(0, -120)
    event = QWheelEvent(
        here,
        QPointF(box.mapToGlobal(here)),
        turn,
        turn,
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, event)
    assert written.edits == []


def test_a_number_is_told_as_a_number(qtbot: QtBot) -> None:
    made = NumberInput("年龄", 0, 120)
    told: list[Value] = []
    made.edited.connect(told.append)
    with on_screen(qtbot, made, 200, 40):
        QTest.keyClicks(made.field, "1a7")
        made.field.clear()
        QTest.keyClick(made.field, Qt.Key.Key_5)
        QTest.keyClick(made.field, Qt.Key.Key_Backspace)
    assert told == [1, 17, 5, ""]


def test_nothing_is_wished_without_a_note(qtbot: QtBot, written: Written) -> None:
    written.panel.clear()
    with qtbot.assertNotEmitted(written.panel.log_line_wanted):
        QTest.keyClick(written.panel, Qt.Key.Key_T, CTRL)
    QTest.keyClick(written.panel, Qt.Key.Key_Return, CTRL)
    assert written.reasons == []


@pytest.mark.parametrize("language", ["zh_CN", "en"])
@pytest.mark.parametrize("palette", list(PALETTES.values()), ids=list(PALETTES))
@pytest.mark.parametrize("scene", [name for name in samples.SCENES if name.startswith("note")])
def test_everything_can_be_read_and_is_named(
    qtbot: QtBot, language: str, palette: Palette, scene: str
) -> None:
    use_language(language)
    with on_screen(qtbot, samples.SCENES[scene](), 740, 682, palette) as window:
        assert cut_off(window) == []
        assert unnamed(window) == []
        assert all(edit.lineWrapMode() for edit in window.findChildren(QPlainTextEdit))


def test_a_pasted_book_is_not_taken_and_what_stands_there_stays(qtbot: QtBot) -> None:
    field = Writing("x")
    qtbot.addWidget(field)
    field.show()
    pasted = QMimeData()
    pasted.setText("话\x00")
    field.insertFromMimeData(pasted)
    pasted.setText("长" * MOST_CHARACTERS)
    field.insertFromMimeData(pasted)
    assert field.toPlainText() == "话\ufffd"
