"""The way to call a lead, what came of it, and who is in the own conversation."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from models.calls.events import Watching
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.tag import Tag
from widgets.calls.panel import CallPanel
from widgets.calls.supervised import SupervisedView

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def panel(qtbot: QtBot) -> CallPanel:
    made = CallPanel()
    qtbot.addWidget(made)
    made.resize(300, 700)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def words(panel: CallPanel) -> list[str]:
    labels: list[QLabel | Tag] = [*panel.supervised.findChildren(QLabel), *panel.supervised.findChildren(Tag)]
    return [label.text() for label in labels if label.isVisible()]


def button(panel: CallPanel) -> KeyButton:
    return panel.supervised.findChildren(KeyButton)[0]


def test_without_a_call_there_is_nothing_to_ask_for(panel: CallPanel, qtbot: QtBot) -> None:
    assert not panel.supervised.isVisible()
    with qtbot.assertNotEmitted(panel.supervised.help_wanted):
        qtbot.keyClick(panel, Qt.Key.Key_H, CTRL)


def test_help_is_one_key_or_one_button_away(panel: CallPanel, qtbot: QtBot) -> None:
    panel.supervised.show_view(SupervisedView("c"))
    with qtbot.waitSignal(panel.supervised.help_wanted) as wished:
        qtbot.keyClick(panel, Qt.Key.Key_H, CTRL)
    assert wished.args == ["c"]
    with qtbot.waitSignal(panel.supervised.help_wanted) as wished:
        button(panel).click()
    assert wished.args == ["c"]


def test_it_says_what_came_of_it(panel: CallPanel) -> None:
    show = panel.supervised.show_view
    show(SupervisedView("c", asked=True))
    assert t("calls.help_sent") in words(panel)
    assert button(panel).text() == t("calls.help_again")
    show(SupervisedView("c", asked=True, alone=True, supervisor="8600001"))
    assert t("calls.help_alone", supervisor="8600001") in words(panel)
    show(SupervisedView("c", asked=True, alone=True))
    assert t("calls.help_alone_undialled") in words(panel)
    show(SupervisedView("c", asked=True, who="吴督导（14:25）", alone=True))
    assert t("calls.help_seen", who="吴督导（14:25）") in words(panel)
    assert button(panel).text() == t("calls.help")


@pytest.mark.parametrize("how", [Watching.LISTEN, Watching.WHISPER, Watching.JOIN])
def test_who_takes_part_is_shown(panel: CallPanel, how: Watching) -> None:
    panel.supervised.show_view(SupervisedView("c", watched=(how,)))
    assert t(f"calls.watched_{how}") in words(panel)
    panel.supervised.show_view(SupervisedView("c"))
    assert t(f"calls.watched_{how}") not in words(panel)
