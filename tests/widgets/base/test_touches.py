"""Input is seen at the windows and at what has the keys; what parts do among themselves is not."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from widgets.base.quiet import QUIET_MS, Quiet
from widgets.base.touches import Touches, touches


class Form(QWidget):
    """Two lines to write in and a label."""

    def __init__(self) -> None:
        super().__init__()
        self.first, self.second, self.label = QLineEdit(), QLineEdit(), QLabel("x")
        column = QVBoxLayout(self)
        for part in (self.first, self.second, self.label):
            column.addWidget(part)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.first.setFocus()
    qtbot.waitUntil(made.first.hasFocus)
    return made


@pytest.fixture
def seen(qapp: QApplication) -> Iterator[list[QEvent.Type]]:
    heard: list[QEvent.Type] = []
    watching = touches()
    assert watching is not None
    watching.touched.connect(heard.append)
    yield heard
    watching.touched.disconnect(heard.append)


def test_a_key_is_seen_where_the_keys_are(form: Form, seen: list[QEvent.Type]) -> None:
    QTest.keyClick(form.first, Qt.Key.Key_A)
    assert QEvent.Type.KeyPress in seen
    seen.clear()
    form.second.setFocus()
    QTest.keyClick(form.second, Qt.Key.Key_B)
    assert QEvent.Type.KeyPress in seen
    assert (form.first.text(), form.second.text()) == ("a", "b"), "nothing is kept from anybody"


def test_the_words_of_an_input_method_are_seen_though_no_key_comes(
    form: Form, seen: list[QEvent.Type]
) -> None:
    QApplication.sendEvent(form.first, QInputMethodEvent("ni", []))
    assert seen == [QEvent.Type.InputMethod]


def test_a_press_of_the_mouse_is_seen_at_the_window(form: Form, seen: list[QEvent.Type]) -> None:
    handle = form.windowHandle()
    QTest.mousePress(
        handle, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, form.label.pos() + QPoint(2, 2)
    )
    assert QEvent.Type.MouseButtonPress in seen


def test_a_window_that_never_had_the_keys_is_looked_at_with_the_next_round(
    form: Form, seen: list[QEvent.Type], qtbot: QtBot
) -> None:
    other = QLabel("other")
    other.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    qtbot.addWidget(other)
    other.show()
    watching = touches()
    assert watching is not None
    watching.look_round()
    QTest.mousePress(
        other.windowHandle(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, QPoint(1, 1)
    )
    assert QEvent.Type.MouseButtonPress in seen


def test_painting_and_laying_out_of_the_parts_is_told_to_nobody(
    form: Form, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[QObject] = []

    def tell(_self: Touches, watched: QObject, _event: QEvent) -> bool:
        told.append(watched)
        return False

    monkeypatch.setattr(Touches, "eventFilter", tell)
    form.label.setText("longer than before")
    form.second.setStyleSheet("color: red")
    QApplication.processEvents()
    assert {type(one) for one in told} <= {type(form.windowHandle()), QLineEdit}
    assert form.label not in told
    assert form.second not in told


def test_a_moment_is_quiet_only_where_nobody_writes(form: Form, qtbot: QtBot) -> None:
    came: list[bool] = []
    quiet = Quiet(form)
    quiet.came.connect(lambda: came.append(True))
    quiet.start()
    QTest.keyClick(form.first, Qt.Key.Key_A)
    with qtbot.waitSignal(quiet.came, timeout=QUIET_MS * 10):
        QTest.keyClick(form.first, Qt.Key.Key_B)
    quiet.stop()
    assert form.first.text() == "ab"
    assert came


def test_a_field_that_is_gone_takes_nothing_with_it(form: Form, seen: list[QEvent.Type]) -> None:
    form.first.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    form.second.setFocus()
    QTest.keyClick(form.second, Qt.Key.Key_A)
    assert QEvent.Type.KeyPress in seen
