"""An idle screen is locked after the site's minutes, and never in the midst of a call or a rescue."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from console.presenters.idleness import Idleness
from models.clock import ManualClock

MINUTES = 5


@dataclass
class Screen:
    """Counts how often it was locked; may be engaged."""

    clock: ManualClock = field(default_factory=ManualClock)
    engaged: bool = False
    locked: int = 0

    def lock(self) -> None:
        self.locked += 1


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def idleness(qapp: QApplication, screen: Screen) -> Iterator[Idleness]:
    made = Idleness(screen.clock, MINUTES, lambda: not screen.engaged, screen.lock)
    made.start()
    yield made
    made.stop()


def test_it_locks_after_the_minutes_and_not_before(screen: Screen, idleness: Idleness) -> None:
    screen.clock.forward(MINUTES * 60 - 1)
    idleness.look()
    assert screen.locked == 0
    screen.clock.forward(1)
    idleness.look()
    assert screen.locked == 1


def test_a_touch_counts_anew(screen: Screen, idleness: Idleness, qtbot: QtBot) -> None:
    box = QLineEdit()
    qtbot.addWidget(box)
    box.show()
    box.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    screen.clock.forward(MINUTES * 60 - 1)
    qtbot.keyClick(box, Qt.Key.Key_A)
    assert box.text() == "a", "nothing is kept from anybody"
    screen.clock.forward(MINUTES * 60 - 1)
    idleness.look()
    assert screen.locked == 0
    # Two places: the pointer may be at the first already.
    for place in (QPoint(1, 1), QPoint(5, 5)):
        QTest.mouseMove(box.windowHandle(), place)
    screen.clock.forward(1)
    idleness.look()
    assert screen.locked == 0


def test_never_during_a_call_or_a_rescue_and_counted_from_its_end(screen: Screen, idleness: Idleness) -> None:
    screen.engaged = True
    for _ in range(10):
        screen.clock.forward(MINUTES * 60)
        idleness.look()
    assert screen.locked == 0
    screen.engaged = False
    screen.clock.forward(MINUTES * 60 - 1)
    idleness.look()
    assert screen.locked == 0
    screen.clock.forward(1)
    idleness.look()
    assert screen.locked == 1


def test_the_clock_of_the_wall_is_of_no_importance(screen: Screen, idleness: Idleness) -> None:
    screen.clock.current = screen.clock.current.replace(year=2099)
    idleness.look()
    assert screen.locked == 0
