"""Marks and phrases by keys: the focus stays where somebody is writing, the words go where the caret is."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListWidget, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from models.notes.phrases import Phrase, Phrases
from resources.texts import t
from tests.widgets.readable import cut_off, unnamed
from widgets.base.composition import LineEdit
from widgets.base.writing import Writing
from widgets.notes.phrase_book import PhraseBook
from widgets.notes.quick import QuickBar

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KEPT = Phrases("li", "li", (Phrase("1", "bm", "已说明保密原则。\n第二行"), Phrase("2", "jz", "建议就诊。")))


class Desk(QWidget):
    """Two fields and the bar under them."""

    def __init__(self) -> None:
        super().__init__()
        self.writing, self.line, self.quick = Writing("过程"), LineEdit(), QuickBar()
        self.line.setAccessibleName("地点")
        column = QVBoxLayout(self)
        for part in (self.writing, self.line, self.quick):
            column.addWidget(part)
        self.marks: list[str] = []
        self.quick.marked.connect(self.marks.append)
        self.quick.show_marks(["哭泣", "沉默"], "")
        self.quick.phrases.show_phrases(KEPT)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    known = Desk()
    qtbot.addWidget(known)
    known.resize(620, 420)
    known.show()
    qtbot.waitExposed(known)
    known.activateWindow()
    known.writing.setFocus()
    return known


def strike(key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, held)


def write(words: str) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClicks(focus, words)


def test_a_mark_by_its_key_leaves_the_focus_where_it_is(desk: Desk) -> None:
    strike(Qt.Key.Key_2, CTRL | ALT)
    desk.line.setFocus()
    strike(Qt.Key.Key_1, CTRL | ALT)
    assert desk.marks == ["沉默", "哭泣"]
    assert QApplication.focusWidget() is desk.line
    assert desk.writing.toPlainText() == ""


def test_a_phrase_goes_where_the_caret_is_and_can_be_undone(desk: Desk) -> None:
    told: list[str] = []
    desk.writing.written.connect(told.append)
    QTest.keyClicks(desk.writing, "ab")
    strike(Qt.Key.Key_Left)
    strike(Qt.Key.Key_I, CTRL)
    write("b")
    strike(Qt.Key.Key_Return)
    assert desk.writing.toPlainText() == "a已说明保密原则。\n第二行b"
    assert QApplication.focusWidget() is desk.writing
    assert told[-1] == desk.writing.toPlainText()
    desk.writing.undo()
    assert desk.writing.toPlainText() == "ab"


def test_a_line_tells_a_phrase_like_typing(desk: Desk) -> None:
    told: list[str] = []
    desk.line.textEdited.connect(told.append)
    desk.line.setFocus()
    strike(Qt.Key.Key_I, CTRL)
    strike(Qt.Key.Key_Down)
    strike(Qt.Key.Key_Return)
    assert told == ["建议就诊。"]


def test_nothing_found_and_escape_change_nothing(desk: Desk) -> None:
    strike(Qt.Key.Key_I, CTRL)
    write("zz")
    strike(Qt.Key.Key_Return)
    assert desk.quick.phrases.isVisible()
    strike(Qt.Key.Key_Escape)
    assert not desk.quick.phrases.isVisible()
    assert QApplication.focusWidget() is desk.writing
    assert desk.writing.toPlainText() == ""


def test_a_phrase_without_a_caret_becomes_a_line_of_the_course(desk: Desk) -> None:
    desk.quick.phrases.open_for(None)
    strike(Qt.Key.Key_Return)
    assert desk.marks == ["已说明保密原则。\n第二行"]


def test_nothing_is_cut_off_or_without_a_name(desk: Desk) -> None:
    strike(Qt.Key.Key_I, CTRL)
    QApplication.processEvents()
    assert not cut_off(desk)
    assert not unnamed(desk)


def test_phrases_are_made_changed_and_dropped(qtbot: QtBot) -> None:
    book = PhraseBook()
    qtbot.addWidget(book)
    book.show()
    put: list[tuple[str, str, str]] = []
    dropped: list[str] = []
    book.put.connect(lambda *wish: put.append(wish))
    book.dropped.connect(dropped.append)
    book.show_phrases(KEPT)
    letters, text = book.findChildren(LineEdit)[0], book.findChildren(Writing)[0]
    keep = next(one for one in book.findChildren(QPushButton) if one.text() == t("notes.phrase_keep"))
    letters.setText("x")
    text.setPlainText("新")
    book.show_phrases(KEPT)
    keep.click()
    assert put == [("", "x", "新")], "what came from elsewhere took nothing away"
    book.show_state("")
    assert (letters.text(), text.toPlainText()) == ("", "")
    book.findChildren(QListWidget)[0].setCurrentRow(1)
    assert (letters.text(), text.toPlainText()) == ("jz", "建议就诊。")
    keep.click()
    assert put[-1] == ("2", "jz", "建议就诊。")
    book.show_state("太长")
    assert letters.text() == "jz"
    next(one for one in book.findChildren(QPushButton) if one.text() == t("notes.phrase_drop")).click()
    assert dropped == ["2"]
    book.show_phrases(Phrases("li", "li", KEPT.kept[:1]))
    assert letters.text() == ""
    assert not unnamed(book)


def test_the_picker_takes_no_room_and_hides_no_caret(desk: Desk) -> None:
    """The form stays where it is; the words that are being written about stay in sight."""
    desk.writing.setPlainText("\n".join("abc"[n % 3] for n in range(60)))
    desk.writing.setFocus()
    for bottom in (True, False):
        move = QTextCursor.MoveOperation.End if bottom else QTextCursor.MoveOperation.Start
        desk.writing.moveCursor(move)
        QApplication.processEvents()
        before = (desk.writing.geometry(), desk.writing.verticalScrollBar().value())
        strike(Qt.Key.Key_I, CTRL)
        QApplication.processEvents()
        assert (desk.writing.geometry(), desk.writing.verticalScrollBar().value()) == before
        caret = desk.writing.cursorRect().translated(desk.writing.viewport().mapTo(desk, QPoint()))
        picker = desk.quick.phrases
        assert desk.rect().contains(picker.geometry())
        assert not picker.geometry().intersects(caret)
        strike(Qt.Key.Key_Escape)
        assert QApplication.focusWidget() is desk.writing


def test_who_goes_to_another_field_has_left_the_picker(desk: Desk) -> None:
    strike(Qt.Key.Key_I, CTRL)
    desk.line.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not desk.quick.phrases.isVisible()
    assert QApplication.focusWidget() is desk.line
