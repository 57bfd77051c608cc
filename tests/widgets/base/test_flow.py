"""Items go on in the next line where the room ends; what was worked out is forgotten once one changes."""

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from widgets.base.flow import Flow, FlowLayout

WIDTH = 100


@pytest.fixture
def flow(qtbot: QtBot) -> Flow:
    made = Flow(*(_piece() for _ in range(4)), gap=0)
    qtbot.addWidget(made)
    made.resize(WIDTH, 300)
    made.show()
    qtbot.waitExposed(made)
    return made


def _piece() -> QLabel:
    label = QLabel()
    label.setFixedSize(50, 20)
    return label


def test_two_fit_a_line(flow: Flow) -> None:
    assert flow.heightForWidth(WIDTH) == 40
    assert flow.heightForWidth(2 * WIDTH) == 20


def test_another_item_another_size_and_one_that_goes_change_the_height(flow: Flow) -> None:
    assert flow.heightForWidth(WIDTH) == 40
    more = _piece()
    flow.add(more)
    QApplication.processEvents()
    assert flow.heightForWidth(WIDTH) == 60
    more.hide()
    assert flow.heightForWidth(WIDTH) == 40
    more.show()
    assert flow.heightForWidth(WIDTH) == 60
    more.setFixedSize(50, 35)
    assert flow.heightForWidth(WIDTH) == 75
    more.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert flow.heightForWidth(WIDTH) == 40


def test_nothing_is_worked_out_twice(flow: Flow, monkeypatch: pytest.MonkeyPatch) -> None:
    flow.heightForWidth(WIDTH)
    monkeypatch.setattr(FlowLayout, "_arrange", lambda *_arguments, **_more: pytest.fail("once more"))
    assert flow.heightForWidth(WIDTH) == 40


def test_a_low_piece_stands_on_the_middle_of_its_line(qtbot: QtBot) -> None:
    low, high = _piece(), _piece()
    low.setFixedHeight(10)
    made = Flow(low, high, gap=0)
    qtbot.addWidget(made)
    made.resize(WIDTH, 300)
    made.show()
    qtbot.waitUntil(lambda: low.y() == high.y() + 5)
