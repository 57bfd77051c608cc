"""The right side of the lead's desk: a record, or the risk of a running conversation, which is only read."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from resources.texts import t
from tests.widgets import look_samples
from widgets.base.buttons import KeyButton
from widgets.base.later import Later
from widgets.lead.desk import LeadDesk
from widgets.risk.panel import RiskPanel


@pytest.fixture
def desk(qtbot: QtBot) -> LeadDesk:
    made = LeadDesk()
    qtbot.addWidget(made)
    made.resize(1366, 690)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def words(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def test_the_panel_is_seen_and_not_touched(desk: LeadDesk, qtbot: QtBot) -> None:
    panel = RiskPanel()
    desk.take_live(Later(lambda: panel))
    panel.show_assessment(look_samples.URGENT)
    desk.show_live(t("lead.live", who="王小咨询员", seat="1001"), "")
    desk.open_live()
    assert panel.isVisible()
    assert panel.level_code == "R4"
    with qtbot.assertNotEmitted(panel.answered), qtbot.assertNotEmitted(panel.judged):
        for button in panel.findChildren(QPushButton):
            assert button.focusPolicy() is Qt.FocusPolicy.NoFocus
            # As the window finds who is under the mouse.
            place = button.mapTo(desk, button.rect().center())
            found = desk.childAt(place)
            assert found is None or not panel.isAncestorOf(found)
        qtbot.keyClick(desk, Qt.Key.Key_F5)
        # What acts elsewhere looks like words here, not like something to press.
        assert {button.property("tone") for button in panel.findChildren(KeyButton)} == {"status"}
        focused = desk.focusWidget()
        assert focused is None or not panel.isAncestorOf(focused)


def test_what_came_later_is_closed_off_too(desk: LeadDesk) -> None:
    panel = RiskPanel()
    desk.take_live(Later(lambda: panel))
    desk.show_live("x", "")
    late = QPushButton("later", panel)
    desk.show_live("x", "")
    assert late.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_it_turns_back_to_the_record(desk: LeadDesk) -> None:
    panel = RiskPanel()
    desk.take_live(Later(lambda: panel))
    assert not panel.isVisible()
    heading, hint = t("lead.live", who="王", seat="1001"), "等服务器"
    desk.show_live(heading, hint)
    desk.open_live()
    assert heading in words(desk)
    assert hint in words(desk)
    assert not panel.isVisible(), "a blank panel would say that nobody asked"
    desk.show_live(heading, "")
    assert panel.isVisible()
    assert hint not in words(desk)
    desk.show_live("", "")
    assert not panel.isVisible()
