import weakref
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from resources.texts import t
from tests.widgets import samples
from tests.widgets.window import make_window
from widgets.base.buttons import IconButton
from widgets.base.keys_overview import KeysOverview
from widgets.base.labels import Label
from widgets.base.later import Later
from widgets.base.sheet import Sheet
from widgets.lead.reading import Reading
from widgets.main_window import Page
from widgets.notes.beside import Beside
from widgets.recordings.bar import RecordingBar


def stands(content: Later[QLineEdit]) -> bool:
    return content.there


def test_what_was_told_before_is_told_when_it_is_made_and_the_last_word_counts(qtbot: QtBot) -> None:
    made: list[QLineEdit] = []

    def make() -> QLineEdit:
        made.append(QLineEdit())
        qtbot.addWidget(made[-1])
        return made[-1]

    def say(text: str) -> Callable[[QLineEdit], object]:
        return lambda field: field.setText(field.text() + text)

    field = Later(make)
    field.tell("a", say("first"))
    field.tell("b", say("second"))
    field.tell("a", say("third"))
    assert not made
    assert not stands(field)
    assert field.made.text() == "secondthird"
    assert stands(field)
    field.tell("a", say("!"))
    assert field.made.text() == "secondthird!"
    assert len(made) == 1


def test_a_sheet_makes_its_content_when_it_is_first_opened(qtbot: QtBot) -> None:
    window, host = QWidget(), QWidget()
    qtbot.addWidget(window)
    host.setParent(window)
    content = Later(QLineEdit)
    sheet = Sheet("转介", host, content)
    window.show()
    assert not stands(content)
    assert not sheet.findChildren(IconButton)
    sheet.open_sheet()
    assert stands(content)
    (close,) = sheet.findChildren(IconButton)
    qtbot.waitUntil(content.made.hasFocus)
    # As in a sheet that was made at once: the way out stands before the content.
    QTest.keyClick(content.made, Qt.Key.Key_Backtab)
    assert QApplication.focusWidget() is close
    first = content.made
    QTest.keyClick(close, Qt.Key.Key_Escape)
    assert sheet.isHidden()
    sheet.open_sheet()
    assert content.made is first
    assert len(sheet.findChildren(IconButton)) == 1


def test_the_list_of_keys_is_made_when_it_is_asked_for(qtbot: QtBot) -> None:
    window = make_window()
    qtbot.addWidget(window)
    window.show_page(Page.DESK)
    window.show()
    window.activateWindow()
    assert not window.findChildren(KeysOverview)
    qtbot.waitUntil(window.isActiveWindow)
    QTest.keyClick(window, Qt.Key.Key_F1)
    (keys,) = window.findChildren(KeysOverview)
    assert keys.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F1)
    assert not keys.isVisible()


def test_what_has_nothing_to_show_has_no_parts(qtbot: QtBot) -> None:
    for part in (Reading(), Beside(), RecordingBar()):
        qtbot.addWidget(part)
        assert not part.findChildren(QWidget)


def test_a_view_of_records_keeps_what_it_took_between_its_parts(qtbot: QtBot) -> None:
    reading, recordings, beside = Reading(), QLineEdit(), QLineEdit()
    qtbot.addWidget(reading)
    reading.take_recordings(recordings)
    reading.take_beside(beside)
    assert len(reading.findChildren(QWidget)) == 2
    reading.resize(600, 800)
    with qtbot.waitExposed(reading):
        reading.show()
    shown = [label.text() for label in reading.findChildren(Label) if label.isVisible()]
    assert shown == [t("lead.nothing_open")]
    reading.show_record(samples.RECORD)
    area = reading.focusProxy()
    assert area is not None
    assert recordings.y() < area.y() < beside.y()


def test_a_sheet_that_is_gone_holds_nothing_of_who_would_have_filled_it(qtbot: QtBot) -> None:
    class Maker:
        def make(self) -> Label:
            return Label("内容")

    maker = Maker()
    known, host = weakref.ref(maker), QWidget()
    sheet = Sheet("标题", host, Later(maker.make))
    del maker
    assert known() is not None
    host.deleteLater()
    qtbot.waitUntil(lambda: not isValid(sheet), timeout=30_000)
    assert known() is None
