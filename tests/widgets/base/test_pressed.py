"""A card that is pressed as a whole: by the mouse let go on it, by Space, by Enter, and by nothing else."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from widgets.base.pressed import PressedCard

OUTSIDE = QPoint(-30, -30)


@pytest.fixture
def card(qtbot: QtBot) -> PressedCard:
    card = PressedCard()
    qtbot.addWidget(card)
    card.resize(200, 40)
    card.show()
    return card


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_keys_press_it(card: PressedCard, qtbot: QtBot, key: Qt.Key) -> None:
    with qtbot.waitSignal(card.pressed):
        QTest.keyClick(card, key)


def test_another_key_or_button_does_not(card: PressedCard, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(card.pressed):
        QTest.keyClick(card, Qt.Key.Key_A)
        QTest.mouseClick(card, Qt.MouseButton.RightButton)


def test_a_mouse_that_left_it_takes_the_press_back(card: PressedCard, qtbot: QtBot) -> None:
    with qtbot.waitSignal(card.pressed):
        QTest.mouseClick(card, Qt.MouseButton.LeftButton)
    QTest.mousePress(card, Qt.MouseButton.LeftButton)
    with qtbot.assertNotEmitted(card.pressed):
        QTest.mouseRelease(card, Qt.MouseButton.LeftButton, pos=OUTSIDE)


def test_it_shows_where_the_keys_go(card: PressedCard, qtbot: QtBot) -> None:
    card.activateWindow()
    card.setFocus()
    qtbot.waitUntil(card.hasFocus)
    assert card.property("focused") is True
    card.clearFocus()
    assert card.property("focused") is False
