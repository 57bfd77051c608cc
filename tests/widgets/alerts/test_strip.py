"""The strip of alerts: what it says, and what its buttons and its one key wish."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from resources.texts import t
from tests.widgets.look_alerts import ALERTS
from tests.widgets.samples import NOW
from tests.widgets.window import make_window
from widgets.alerts.strip import AlertRow, AlertStrip
from widgets.base.buttons import KeyButton
from widgets.base.tag import Tag
from widgets.main_window import MainWindow, Page

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def window(qtbot: QtBot) -> MainWindow:
    made = make_window()
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show_page(Page.DESK)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def rows(strip: AlertStrip) -> list[AlertRow]:
    return [row for row in strip.findChildren(AlertRow) if row.isVisible()]


def words(widget: AlertStrip | AlertRow) -> str:
    labels: list[QLabel | Tag] = [*widget.findChildren(QLabel), *widget.findChildren(Tag)]
    return "\n".join(label.text() for label in labels if label.isVisible())


def buttons(widget: AlertStrip | AlertRow) -> list[str]:
    return [each.text() for each in widget.findChildren(KeyButton) if each.isVisible()]


def test_it_is_there_only_while_something_waits(window: MainWindow) -> None:
    assert not window.alerts.isVisible()
    window.alerts.show_alerts(ALERTS[:1])
    assert window.alerts.isVisible()
    window.show_page(Page.LEAD)
    assert window.alerts.isVisible()
    window.alerts.show_alerts(())
    assert not window.alerts.isVisible()


def test_it_says_who_where_since_when_and_how_many_more(window: MainWindow) -> None:
    strip = window.alerts
    strip.show_alerts(ALERTS)
    strip.show_now(NOW)
    shown = rows(strip)
    assert len(shown) == 3
    first = words(shown[0])
    for part in (ALERTS[0].operator, ALERTS[0].seat, t("alerts.unseen_for", passed="00:34")):
        assert part in first
    assert t("alerts.help") in words(shown[1])
    assert t("alerts.help") not in first
    assert t("alerts.more", n=1) in words(strip)


def test_one_key_says_that_the_most_urgent_one_was_seen(window: MainWindow, qtbot: QtBot) -> None:
    strip = window.alerts
    strip.show_alerts(ALERTS)
    with qtbot.waitSignal(strip.seen_wanted) as wished:
        qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
    assert wished.args == ["a1"]
    seen = [each for each in rows(strip)[1].findChildren(KeyButton) if each.text() == t("alerts.seen")]
    with qtbot.waitSignal(strip.seen_wanted) as wished:
        seen[0].click()
    assert wished.args == ["a2"]


def test_who_looks_into_it_is_brought_to_the_record(window: MainWindow, qtbot: QtBot) -> None:
    strip = window.alerts
    strip.show_alerts(ALERTS[:1])
    look = next(each for each in strip.findChildren(KeyButton) if each.text() == t("alerts.look"))
    with qtbot.waitSignal(strip.look_wanted) as wished:
        look.click()
    assert wished.args == ["a1", "n1"]
    strip.show_alerts(ALERTS[3:])
    assert t("alerts.look") not in buttons(rows(strip)[0])


def test_while_locked_it_shows_and_nobody_says_they_have_seen_it(window: MainWindow, qtbot: QtBot) -> None:
    strip = window.alerts
    strip.show_alerts(ALERTS[:2])
    window.show_page(Page.SIGN_IN)
    assert strip.isVisible()
    assert buttons(strip) == []
    with qtbot.assertNotEmitted(strip.seen_wanted):
        qtbot.keyClick(window, Qt.Key.Key_K, CTRL)
        strip.acknowledge_first()
    window.show_page(Page.LEAD)
    assert t("alerts.seen") in buttons(rows(strip)[0])


def test_the_sound_is_switched_and_said_to_be_off(window: MainWindow, qtbot: QtBot) -> None:
    strip = window.alerts
    strip.show_alerts(ALERTS[:1])
    silent = t("alerts.silent", time="14:32")
    assert silent not in words(strip)
    off = next(each for each in strip.findChildren(KeyButton) if each.text() == t("alerts.sound_off"))
    with qtbot.waitSignal(strip.sound_wanted) as wished:
        off.click()
    assert wished.args == [False]
    strip.show_sound(False, "14:32")
    assert silent in words(strip)
    with qtbot.waitSignal(strip.sound_wanted) as wished:
        off.click()
    assert wished.args == [True]
