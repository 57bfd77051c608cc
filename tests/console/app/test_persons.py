"""The real window over gateway and server: who calls is named by keys alone, and known the next time."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.app import App
from models.calls.call import CallState
from models.people.person import Part
from models.risk.quick_screen import AskState, Item
from resources.texts import t
from tests.console.app.conftest import PATIENCE_MS
from tests.console.app.test_window import answer, state
from tests.console.seat.test_persons import number
from tests.support.gateway import GatewayInThread
from tests.support.keyboard import QtKeyboard
from widgets.base.tag import Tag
from widgets.cases.page import PersonPage
from widgets.cases.timeline import Timeline
from widgets.people.banner import PersonBanner

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True
)


def shown(app: App, kind: type[QWidget]) -> QWidget:
    found = app.window.findChildren(kind)
    assert found
    return found[-1]


def words(piece: QWidget) -> str:
    labels = [one.text() for one in piece.findChildren(QLabel)]
    buttons = [one.text() for one in piece.findChildren(QAbstractButton) if not one.isHidden()]
    return " ".join(labels + buttons)


def tags(piece: QWidget) -> list[str]:
    return [one.text() for one in piece.findChildren(Tag)]


def wait(qtbot: QtBot, fits: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(fits()), timeout=PATIENCE_MS)


def named(app: App, keys: QtKeyboard, banner: QWidget, qtbot: QtBot) -> None:
    """From the box of the sheet by keys alone, past list and buttons, to the line of the alias."""
    keys.press("Shift+F8")
    while (focus := QApplication.focusWidget()) and focus.accessibleName() != t("persons.alias"):
        keys.press("Tab")
    keys.add("小雨")
    keys.press("Return")
    wait(qtbot, lambda: "小雨" in words(banner))


def hung_up(app: App, line: GatewayInThread, call: str, qtbot: QtBot) -> None:
    line.scene(lambda scene: scene.caller_hangs_up(call))
    wait(qtbot, lambda: state(app, call) in (CallState.ENDED, None))


def test_a_caller_is_named_begun_as_a_case_and_known_the_next_time(
    signed_in: App, line: GatewayInThread, qtbot: QtBot
) -> None:
    app, station = signed_in, signed_in.station
    assert station
    # Tests share a server, and with it all that is known of a number.
    digits = number()
    call = answer(app, line, qtbot, digits)
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow, timeout=PATIENCE_MS)
    known, banner, keys = station.knowing.people.known, shown(app, PersonBanner), QtKeyboard(app.window)
    named(app, keys, banner, qtbot)
    wait(qtbot, lambda: list(known.value.behind[call].parts.values()) == [Part.SELF])
    # A case with one key; the page lies over the right part.
    keys.press("Ctrl+N")
    page = shown(app, PersonPage)
    wait(qtbot, lambda: page.isVisible() and t("cases.story") in words(page) and "小雨" in words(page))
    keys.press("Esc")
    app.io.call(station.risk.answer, Item.PLAN_WEEK, AskState.YES)
    hung_up(app, line, call, qtbot)
    app.io.call(station.finish_note, "")
    wait(qtbot, lambda: not station.calls.view.value.calls)
    again = answer(app, line, qtbot, digits)
    wait(qtbot, lambda: t("persons.one_known", n=1) in words(banner))
    keys.press("Shift+F2")
    wait(qtbot, lambda: again in known.value.behind and known.value.behind[again].chosen)
    wait(qtbot, lambda: t("persons.part_self") in tags(banner))
    keys.press("Shift+F9")
    timeline = page.findChild(Timeline)
    assert isinstance(timeline, Timeline)
    wait(
        qtbot,
        lambda: [(one.call, one.level) for one in timeline._table.rows] == [(again, "RX"), (call, "R3")],
    )
    hung_up(app, line, again, qtbot)
