"""Practice by the keyboard alone, named for those who do not see it, in both languages."""

import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from resources.practice.scripts import shipped
from resources.texts import available_languages, t, use_language
from tests.widgets.practice import samples
from tests.widgets.readable import cut_off, on_screen, unnamed
from widgets.base.sheet import Sheet
from widgets.practice.chooser import Chooser
from widgets.practice.comparison import Comparison
from widgets.practice.view import SheetView
from widgets.practice.voice import VoicePanel
from widgets.printing.view import PrintView

NARROW = (700, 660)
CHINESE = re.compile(r"[\u3400-\u9fff]")
OWN_NAMES = {samples.WHO, "太原", "晋中"}


@pytest.fixture(params=available_languages())
def tongue(request: pytest.FixtureRequest) -> str:
    use_language(request.param)
    return str(request.param)


def chooser(can_play: bool = True) -> Chooser:
    made = Chooser()
    made.show_all(samples.choices(), samples.done(), can_play)
    return made


def voice() -> VoicePanel:
    made = VoicePanel()
    made.show_voice(samples.voice())
    return made


def comparison() -> Comparison:
    made = Comparison()
    made.show_sheet(samples.sheet(well=True), can_play=True)
    return made


def words(widget: QWidget) -> list[str]:
    labels = [one.text() for one in widget.findChildren(QLabel)]
    return labels + [one.text() for one in widget.findChildren(QPushButton)]


def press(*keys: Qt.Key) -> None:
    for key in keys:
        field = QApplication.focusWidget()
        assert field
        QTest.keyClick(field, key)


@pytest.mark.parametrize("make", [chooser, voice, comparison])
def test_all_is_named_and_nothing_cut_off(qtbot: QtBot, tongue: str, make: Callable[[], QWidget]) -> None:
    piece = make()
    with on_screen(qtbot, piece, *NARROW):
        assert not unnamed(piece)
        assert not cut_off(piece)
        start = piece.focusProxy()
        assert start is None or start.accessibleName()
        if tongue == "en":
            said = [
                OWN_NAMES.isdisjoint({one}) and CHINESE.search(_without_names(one)) for one in words(piece)
            ]
            assert not any(said), words(piece)


def _without_names(text: str) -> str:
    for name in OWN_NAMES:
        text = text.replace(name, "")
    return text


@pytest.mark.parametrize("name", [one.id for one in shipped()])
@pytest.mark.parametrize("well", [True, False])
def test_every_sheet_can_be_read(qtbot: QtBot, tongue: str, name: str, well: bool) -> None:
    sheet = Comparison()
    sheet.show_sheet(samples.sheet(name, well), can_play=True)
    sheet.show_print(PrintView(t("printing.done", file="/home/li/文档/练习对照.pdf"), "good"))
    with on_screen(qtbot, sheet, *NARROW):
        assert not cut_off(sheet)
        if tongue == "en":
            told = samples.sheet(name, well)
            rows = [row.text + row.more + row.source for part in told.parts for row in part.rows]
            assert not [one for one in (told.title, told.note, *rows) if CHINESE.search(_without_names(one))]


@pytest.mark.usefixtures("tongue")
def test_a_digit_enter_or_zero_begins(qtbot: QtBot) -> None:
    piece, begun = chooser(), list[str]()
    piece.chosen.connect(begun.append)
    piece.random_wanted.connect(lambda: begun.append("any"))
    with on_screen(qtbot, piece, *NARROW):
        piece.setFocus()
        press(Qt.Key.Key_3, Qt.Key.Key_0, Qt.Key.Key_Return)
        ids = [one.id for one in shipped()]
        assert begun == [ids[2], "any", "any"]
        piece.focusNextChild()
        while (field := QApplication.focusWidget()) and not isinstance(field, QPushButton):
            piece.focusNextChild()
        press(Qt.Key.Key_Return, Qt.Key.Key_9)
        assert begun[3:] == [ids[0], ids[8]]


def test_where_nothing_can_be_played_the_sheets_are_still_reached(qtbot: QtBot) -> None:
    host = QWidget()
    piece, begun, looked = chooser(can_play=False), list[str](), list[str]()
    piece.chosen.connect(begun.append)
    piece.done_wanted.connect(looked.append)
    piece.show_trouble(t("practice.no_directing"))
    sheet = Sheet(t("practice.title"), host, piece, 660)
    with on_screen(qtbot, host, *NARROW):
        sheet.open_sheet()
        assert piece.isAncestorOf(QApplication.focusWidget() or host)
        press(Qt.Key.Key_1, Qt.Key.Key_0)
        assert not begun
        press(Qt.Key.Key_Tab, Qt.Key.Key_Return)
        assert looked == ["d0"]
        press(Qt.Key.Key_Escape)
        assert sheet.isHidden()


@pytest.mark.usefixtures("tongue")
def test_what_was_asked_is_said_by_keys_and_the_note_gets_them_back(qtbot: QtBot) -> None:
    host, asked = QWidget(), list[str]()
    before = QPushButton("x", host)
    piece = voice()
    piece.asked.connect(asked.append)
    with on_screen(qtbot, piece, *NARROW) as window:
        before.setParent(window)
        before.show()
        before.setFocus()
        QTest.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
        press(Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Return)
        assert asked == [samples.voice().questions[1].id]
        assert before.hasFocus()
        QTest.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
        press(Qt.Key.Key_Escape)
        assert before.hasFocus()
        assert len(asked) == 1


@pytest.mark.usefixtures("tongue")
def test_the_newest_words_are_in_sight_and_told_to_who_does_not_see_them(qtbot: QtBot) -> None:
    piece = voice()
    said = samples.voice().spoken[-1]
    with on_screen(qtbot, piece, *NARROW):
        last = next(one for one in piece.findChildren(QLabel) if said.words in one.text())
        qtbot.waitUntil(lambda: not last.visibleRegion().isEmpty())
        area = next(one for one in piece.findChildren(QWidget) if one.accessibleName() == t("practice.said"))
        assert area.accessibleDescription() == said.words


def test_when_the_call_is_over_nothing_can_be_asked(qtbot: QtBot) -> None:
    piece, wanted = voice(), list[str]()
    piece.sheet_wanted.connect(lambda: wanted.append("sheet"))
    piece.stop_wanted.connect(lambda: wanted.append("stop"))
    with on_screen(qtbot, piece, *NARROW) as window:
        piece.open_questions()
        piece.show_voice(samples.over())
        QTest.keyClick(window, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
        shown = [one for one in piece.findChildren(QPushButton) if one.isVisible()]
        for one in shown:
            one.setFocus()
            press(Qt.Key.Key_Return)
        assert wanted == ["sheet", "stop"]
        piece.show_voice(None)
        assert piece.isHidden()


@pytest.mark.usefixtures("tongue")
def test_the_sheet_is_read_and_left_by_keys(qtbot: QtBot) -> None:
    piece, wanted = comparison(), list[str | SheetView]()
    piece.printer_wanted.connect(wanted.append)
    piece.file_wanted.connect(wanted.append)
    piece.again_wanted.connect(lambda: wanted.append("again"))
    piece.choose_wanted.connect(lambda: wanted.append("another"))
    with on_screen(qtbot, piece, *NARROW):
        piece.setFocus()
        piece.show_sheet(samples.sheet("left_behind"), can_play=True)
        press(Qt.Key.Key_PageDown)
        assert piece.findChildren(QScrollArea)[0].verticalScrollBar().value() > 0
        for _ in range(4):
            press(Qt.Key.Key_Tab, Qt.Key.Key_Return)
        view = samples.sheet("left_behind")
        assert wanted == [view, view, "again", "another"]
        piece.show_sheet(view, can_play=False)
        piece.setFocus()
        for _ in range(3):
            press(Qt.Key.Key_Tab, Qt.Key.Key_Return)
        assert wanted[4:] == [view, view, "another"]
