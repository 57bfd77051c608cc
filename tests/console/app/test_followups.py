"""The real window over a real gateway: somebody is called back, and what came of it is said with one key."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.app import App
from models.calls.call import CallState
from models.calls.events import Direction
from models.followups.callback import Result, Why
from models.followups.owed import callback_id
from tests.console.app.conftest import PATIENCE_MS
from tests.console.app.test_window import answer, state
from tests.support.gateway import GatewayInThread
from widgets.followups.view import DueRow

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True
)


def rows(app: App, wanted: str) -> list[DueRow]:
    """What the list shows of one of them: others of the same hotline may be owed too."""
    table = app.window.due._table
    return [one for place in range(table.rowCount()) if (one := table.at(place)).id == wanted]


def asked(app: App, line: GatewayInThread, qtbot: QtBot) -> str:
    """A caller asks to be called back, and the call is over; the id of what is owed then."""
    call = answer(app, line, qtbot)
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow, timeout=PATIENCE_MS)
    for _ in range(2):
        qtbot.keyClick(app.window, Qt.Key.Key_B, Qt.KeyboardModifier.ControlModifier)
    wanted = callback_id(call, Why.ASKED)
    qtbot.waitUntil(lambda: len(rows(app, wanted)) == 1, timeout=PATIENCE_MS)
    line.scene(lambda scene: scene.caller_hangs_up(call))
    qtbot.waitUntil(lambda: state(app, call) is CallState.ENDED, timeout=PATIENCE_MS)
    return wanted


def dialled(app: App, wanted: str, qtbot: QtBot) -> str:
    """It is called with one key; the id of the call."""
    qtbot.keyClick(app.window, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(app.window.due._dial.isEnabled, timeout=PATIENCE_MS)
    table = app.window.due._table
    place = [table.at(one).id for one in range(table.rowCount())].index(wanted)
    app.window.due._view.selectRow(place)
    qtbot.keyClick(app.window.due._view, Qt.Key.Key_Return)
    station = app.station
    assert station

    def called() -> list[str]:
        calls = station.calls.view.value.calls
        return [one.id for one in calls if one.state is CallState.DIALLING]

    qtbot.waitUntil(lambda: bool(called()), timeout=PATIENCE_MS)
    assert not app.window.due.isVisible()
    return called()[0]


def test_a_caller_is_called_back_and_one_key_says_what_came_of_it(
    signed_in: App, line: GatewayInThread, qtbot: QtBot
) -> None:
    app, station = signed_in, signed_in.station
    assert station
    wanted = asked(app, line, qtbot)
    (row,) = rows(app, wanted)
    assert (row.why, "****" in row.number) == (Why.ASKED, True)
    call = dialled(app, wanted, qtbot)
    line.scene(lambda scene: scene.callee_answers(call))
    qtbot.waitUntil(lambda: state(app, call) is CallState.TALKING, timeout=PATIENCE_MS)
    qtbot.waitUntil(
        lambda: bool((note := station.notes.desk.value.note) and note.call == call), timeout=PATIENCE_MS
    )
    shown = next(one for one in station.calls.view.value.calls if one.id == call)
    assert (shown.direction, shown.about, shown.dialled) == (Direction.OUT, wanted, "12356")
    line.scene(lambda scene: scene.caller_hangs_up(call))
    qtbot.waitUntil(app.window.result.isVisible, timeout=PATIENCE_MS)
    qtbot.keyClick(app.window, "1", Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: rows(app, wanted) == [], timeout=PATIENCE_MS)
    assert not app.window.result.isVisible()


def test_a_busy_one_stays_in_the_list_with_its_attempt(
    signed_in: App, line: GatewayInThread, qtbot: QtBot
) -> None:
    app = signed_in
    wanted = asked(app, line, qtbot)
    call = dialled(app, wanted, qtbot)
    line.scene(lambda scene: scene.callee_misses(call, "busy"))
    qtbot.waitUntil(app.window.result.isVisible, timeout=PATIENCE_MS)
    qtbot.keyClick(app.window, "3", Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: [row.attempts for row in rows(app, wanted)] == [1], timeout=PATIENCE_MS)
    (row,) = rows(app, wanted)
    assert (row.last, row.how, row.taken_by) == (Result.NO_ANSWER, "busy", "")
