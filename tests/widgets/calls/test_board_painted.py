"""A ring beside another call is painted with the board that it comes on; its row serves the next call."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.widgets import samples
from widgets.base.labels import Label
from widgets.base.tag import Tag
from widgets.calls.panel import CallPanel
from widgets.calls.side_row import SideRow

SIDE = replace(samples.RINGING, id="side", number="139 0000 1111")
NEXT = replace(samples.RINGING, id="next", number="137 0000 2222")


class Paints(QObject):
    """Counts how often something is painted."""

    def __init__(self, watched: QObject) -> None:
        super().__init__(watched)
        self.n = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.n += event.type() == QEvent.Type.Paint
        return False


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[CallPanel]:
    made = CallPanel()
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    qtbot.waitExposed(made)
    made.show_now(samples.NOW)
    made.show_board((samples.TALKING,))
    QApplication.processEvents()
    yield made
    made.close()


def row_of(panel: CallPanel) -> SideRow:
    (row,) = [one for one in panel.findChildren(SideRow) if one.isVisible()]
    return row


def test_a_ring_beside_a_call_is_painted_at_once(panel: CallPanel) -> None:
    panel.show_board((samples.TALKING, SIDE))
    row = row_of(panel)
    paints = Paints(row)
    assert row.height() >= row.minimumHeight(), "it has its place already"
    panel.paint_now()
    assert paints.n == 1


def test_nothing_that_did_not_change_is_painted_again(panel: CallPanel) -> None:
    panel.paint_now()
    paints = Paints(panel)
    panel.paint_now()
    assert paints.n == 0


def test_the_next_call_gets_the_row_of_the_one_that_is_gone_and_nothing_else_of_it(panel: CallPanel) -> None:
    panel.show_board((samples.TALKING, SIDE))
    panel.show_written("side")
    first = row_of(panel)
    panel.show_board((samples.TALKING,))
    assert not first.isVisible()
    panel.show_written("")
    panel.show_board((samples.TALKING, NEXT))
    row = row_of(panel)
    assert row is first
    shown = [one.text() for one in row.findChildren(Label) if one.isVisible()]
    assert any(NEXT.number in one for one in shown)
    assert not any(SIDE.number in one for one in (*shown, row.accessibleName(), row.toolTip()))
    assert sum(tag.isVisible() for tag in row.findChildren(Tag)) == 1, "only the state, nothing of a note"


def test_rows_stand_in_the_order_in_which_the_calls_came(panel: CallPanel) -> None:
    third = replace(SIDE, id="third", number="136 0000 3333")
    panel.show_board((samples.TALKING, SIDE, NEXT))
    panel.show_board((samples.TALKING, NEXT))
    panel.show_board((samples.TALKING, NEXT, third))
    QApplication.processEvents()
    rows = sorted((one for one in panel.findChildren(SideRow) if one.isVisible()), key=lambda one: one.y())
    assert [NEXT.number in rows[0].accessibleName(), third.number in rows[1].accessibleName()] == [True, True]
