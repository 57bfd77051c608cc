"""Two notes open at once: each keeps its fields, its undo and the place where somebody was writing."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from models.notes.note import LogLine, NoteBody
from resources.texts import t
from tests.widgets import look_samples as samples
from tests.widgets.readable import cut_off, soon
from widgets.base.buttons import Chip
from widgets.base.composition import LineEdit
from widgets.base.writing import Writing
from widgets.notes.finish import Finish
from widgets.notes.open_notes import OpenNotes, OpenNoteView
from widgets.notes.panel import NotePanel
from widgets.notes.paper import MOST, Papers
from widgets.notes.view import SaveState
from widgets.notes.writing import LineWriting

CTRL = Qt.KeyboardModifier.ControlModifier
MOTHER = replace(samples.NOTE, id="mother", call="c1", body=NoteBody("C5"))
CHILD = replace(samples.NOTE, id="child", call="c2", body=NoteBody("C3"))
VIEWS = (OpenNoteView("mother", "14:02 · 138****8000 · C5", front=True), OpenNoteView("child", "14:09", True))


class Told:
    """A panel in sight with what it told, and of which note."""

    def __init__(self) -> None:
        self.panel = NotePanel()
        self.panel.show_form(samples.FORM, samples.ENUMERATIONS)
        self.edits: list[tuple[str, str, object]] = []
        self.chosen: list[str] = []
        self.panel.edited.connect(lambda key, value: self.edits.append((self.panel.note, key, value)))
        self.panel.log_edited.connect(lambda line, text: self.edits.append((self.panel.note, line, text)))
        self.panel.note_chosen.connect(self.chosen.append)

    def field(self, name: str = "主诉") -> Writing:
        papers = self.panel.findChild(Papers)
        assert isinstance(papers, Papers)
        return soon(
            lambda: next(
                (one for one in papers.front.pages.findChildren(Writing) if one.accessibleName() == name),
                None,
            )
        )

    def chips(self) -> list[str]:
        return [chip.text() for chip in self.panel.findChildren(OpenNotes)[0].findChildren(Chip)]


@pytest.fixture
def told(qtbot: QtBot) -> Told:
    known = Told()
    qtbot.addWidget(known.panel)
    known.panel.resize(640, 700)
    known.panel.show()
    qtbot.waitExposed(known.panel)
    known.panel.activateWindow()
    return known


def with_words(told: Told, complaint: str) -> NoteBody:
    """What the service has by then."""
    return NoteBody("C5", {"complaint": complaint})


def test_going_away_and_back_keeps_words_caret_and_undo(told: Told) -> None:
    told.panel.show_note(MOTHER)
    QTest.mouseClick(told.field().viewport(), Qt.MouseButton.LeftButton)
    QTest.keyClicks(told.field(), "two days")
    told.panel.show_note(CHILD)
    assert told.field().toPlainText() == ""
    told.field().setFocus()
    QTest.keyClicks(told.field(), "bridge")
    told.panel.show_note(replace(MOTHER, body=with_words(told, "two days")))
    field = told.field()
    assert (field.toPlainText(), field.textCursor().position()) == ("two days", 8)
    assert QApplication.focusWidget() is field, "writing goes on where it was"
    field.undo()
    assert field.toPlainText() == ""
    assert told.edits[-1] == ("mother", "complaint", "")


def test_a_text_that_was_changed_elsewhere_is_shown(told: Told) -> None:
    told.panel.show_note(MOTHER)
    told.panel.show_note(CHILD)
    told.panel.show_note(replace(MOTHER, body=with_words(told, "从两份文字中选了一份")))
    assert told.field().toPlainText() == "从两份文字中选了一份"


def test_what_is_being_composed_stays_with_the_note_before(told: Told) -> None:
    told.panel.show_note(MOTHER)
    told.field().setFocus()
    QApplication.sendEvent(told.field(), QInputMethodEvent("nver", []))
    told.panel.show_note(CHILD)
    assert told.edits == [("mother", "complaint", "nver")]
    assert told.field().toPlainText() == ""


def test_a_line_that_a_mark_made_is_shown_and_takes_no_focus(told: Told) -> None:
    told.panel.show_note(MOTHER)
    told.panel.show_log_line("l1", samples.minutes(1))
    focus = QApplication.focusWidget()
    assert isinstance(focus, LineWriting)
    QTest.keyClicks(focus, "calls")
    marked = replace(MOTHER.body, log=(LogLine("l2", samples.minutes(2), "哭泣"),))
    told.panel.show_note(replace(MOTHER, body=marked))
    lines = [each.toPlainText() for each in told.panel.findChildren(LineWriting)]
    assert lines == ["calls", "哭泣"]
    assert QApplication.focusWidget() is focus
    told.panel.show_note(replace(MOTHER, body=marked))
    assert len(told.panel.findChildren(LineWriting)) == 2


def test_notes_that_are_done_leave_nothing_in_the_fields_that_the_next_one_has(told: Told) -> None:
    told.panel.show_note(MOTHER)
    told.field().setFocus()
    QTest.keyClicks(told.field(), "two days")
    told.panel.show_log_line("l1", samples.minutes(1))
    told.panel.show_note(CHILD)
    # Emptied by hand: there is a way back to the words, until the note is done.
    QTest.keyClicks(told.field(), "bridge")
    told.field().clear()
    told.panel.clear()
    told.panel.show_open_notes(())
    papers = told.panel.findChild(Papers)
    assert isinstance(papers, Papers)
    made = papers.count()
    for number in range(2):
        told.panel.show_note(replace(CHILD, id=str(number)))
        field = told.field()
        field.undo()
        assert field.toPlainText() == ""
        assert not any(line.isVisibleTo(told.panel) for line in papers.findChildren(LineWriting))
    assert papers.count() == made, "fields are used again"


def test_only_so_many_notes_keep_their_fields(told: Told) -> None:
    for number in range(MOST + 3):
        told.panel.show_note(replace(CHILD, id=str(number)))
    papers = told.panel.findChild(Papers)
    assert isinstance(papers, Papers)
    assert papers.count() == MOST


def test_the_key_goes_round_the_open_notes(told: Told) -> None:
    told.panel.show_note(MOTHER)
    told.panel.show_open_notes(VIEWS)
    QTest.keyClick(told.panel, Qt.Key.Key_Tab, CTRL)
    told.panel.show_open_notes((replace(VIEWS[0], front=False), replace(VIEWS[1], front=True)))
    QTest.keyClick(told.panel, Qt.Key.Key_Tab, CTRL)
    assert told.chosen == ["child", "mother"]


def test_one_note_needs_no_row_and_two_say_whose_they_are(told: Told) -> None:
    row = told.panel.findChildren(OpenNotes)[0]
    told.panel.show_note(MOTHER)
    told.panel.show_open_notes(VIEWS[:1])
    assert not row.isVisible()
    QTest.keyClick(told.panel, Qt.Key.Key_Tab, CTRL)
    told.panel.show_open_notes(VIEWS)
    assert row.isVisible()
    assert told.chips() == ["14:02 · 138****8000 · C5", t("notes.open_talks", words="14:09")]
    child = next(chip for chip in row.findChildren(Chip) if chip.code == "child")
    QTest.mouseClick(child, Qt.MouseButton.LeftButton)
    assert told.chosen == ["child"]
    assert not child.isChecked(), "it is in front once it is"
    assert not cut_off(told.panel)


def test_of_many_open_notes_those_that_talk_and_the_youngest_are_in_sight(told: Told) -> None:
    notes = tuple(OpenNoteView(str(n), f"note {n}", talks=n == 0, front=n == 1) for n in range(6))
    told.panel.show_note(MOTHER)
    told.panel.show_open_notes(notes)
    assert told.chips() == [t("notes.open_talks", words="note 0"), "note 1", "note 5"]


def test_a_hidden_widget_is_no_place_to_write(told: Told) -> None:
    told.panel.show_note(MOTHER)
    told.panel.show_note(CHILD)
    focus: QWidget | None = QApplication.focusWidget()
    assert focus is None or focus.isVisible()


def test_the_question_about_what_is_missing_outlasts_a_save_and_goes_with_its_note(told: Told) -> None:
    told.panel.show_note(MOTHER)
    told.panel.show_missing(("complaint",))
    QTest.keyClick(told.panel, Qt.Key.Key_Return, CTRL)
    question = told.panel.findChildren(Finish)[0]
    assert any(one.isVisible() for one in question.findChildren(LineEdit))
    told.panel.show_note(MOTHER)
    told.panel.show_saved_state(SaveState.SAVED, "14:00:01")
    told.panel.show_missing(("complaint",))
    assert any(one.isVisible() for one in question.findChildren(LineEdit))
    told.panel.show_note(CHILD)
    assert not any(one.isVisible() for one in question.findChildren(LineEdit))


def test_many_open_notes_make_the_window_no_wider(told: Told, qapp: QApplication) -> None:
    long = tuple(
        replace(VIEWS[0], id=f"{n}", words="138****0000 · 十二点三十分" * 2, front=n == 0) for n in range(5)
    )
    told.panel.show()
    told.panel.show_open_notes(long)
    qapp.processEvents()
    (row,) = told.panel.findChildren(OpenNotes)
    widest = max(chip.sizeHint().width() for chip in row.findChildren(Chip))
    assert row.minimumSizeHint().width() <= widest
