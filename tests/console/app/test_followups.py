"""The real window over a real gateway: somebody is called back, and what came of it is said with one key."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.app import App
from models.calls.call import CallState
from models.calls.events import Direction
from models.followups.callback import Result, Why
from models.followups.followup import Followup
from models.followups.owed import callback_id
from models.followups.reduce_followup import followup_id
from models.notes.note import Note
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from tests.console.app.conftest import PATIENCE_MS
from tests.console.app.test_window import NUMBER, answer, state
from tests.support.gateway import GatewayInThread
from widgets.followups.agree import AgreePanel
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


def at_r3(app: App, line: GatewayInThread, qtbot: QtBot, number: str = NUMBER) -> tuple[str, Note]:
    """A caller with a plan for this week is on the line, the window has the keys; the call and its note."""
    station = app.station
    assert station
    call = answer(app, line, qtbot, number)
    qtbot.waitUntil(lambda: bool(station.notes.desk.value.note), timeout=PATIENCE_MS)
    note = station.notes.desk.value.note
    assert note
    app.io.call(station.risk.answer, Item.PLAN_WEEK, AskState.YES)
    found = station.risk.assessment
    qtbot.waitUntil(lambda: bool(found.value and found.value.peak is Level.R3), timeout=PATIENCE_MS)
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow, timeout=PATIENCE_MS)
    return call, note


def agreed(app: App, line: GatewayInThread, qtbot: QtBot) -> Note:
    """A caller at R3 agrees to be called: one key opens the sheet, Enter keeps it; the note is handed in."""
    station = app.station
    assert station
    call, note = at_r3(app, line, qtbot)
    qtbot.keyClick(app.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (panel,) = app.window.findChildren(AgreePanel)
    qtbot.waitUntil(lambda: panel.isVisible() and panel.template == "bj", timeout=PATIENCE_MS)
    qtbot.keyClick(panel.focusProxy(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(rows(app, followup_id(note.id))) == 1, timeout=PATIENCE_MS)
    line.scene(lambda scene: scene.caller_hangs_up(call))
    qtbot.waitUntil(lambda: state(app, call) is CallState.ENDED, timeout=PATIENCE_MS)
    app.io.call(station.finish_note, "later")
    return note


def test_a_follow_up_is_agreed_with_two_keys_and_what_rose_is_assessed_in_the_note_of_its_call(
    signed_in: App, line: GatewayInThread, qtbot: QtBot
) -> None:
    app, station = signed_in, signed_in.station
    assert station
    first = agreed(app, line, qtbot)
    wanted = followup_id(first.id)
    (row,) = rows(app, wanted)
    assert (row.level, row.day, row.places, row.own) == ("R3", 1, 5, True)
    call = dialled(app, wanted, qtbot)
    line.scene(lambda scene: scene.callee_answers(call))
    desk, owing = station.notes.desk, station.following.owing
    qtbot.waitUntil(
        lambda: bool(desk.value.note and desk.value.note.body.category == "S7"), timeout=PATIENCE_MS
    )
    line.scene(lambda scene: scene.caller_hangs_up(call))
    qtbot.waitUntil(app.window.result.isVisible, timeout=PATIENCE_MS)
    qtbot.keyClick(app.window, "2", Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool((it := owing.get(wanted)) and it.attempts), timeout=PATIENCE_MS)
    known, later = owing.get(wanted), desk.value.note
    assert isinstance(known, Followup)
    assert later
    told = [(one.result, one.call, one.note, one.step) for one in known.attempts]
    assert told == [(Result.RISEN, call, later.id, 0)]
    assert (known.step, known.is_open) == (1, True)
    # The earlier assessment is before the eyes: the new one judges in its knowledge.
    qtbot.waitUntil(lambda: bool(station.earlier.case.value.calls), timeout=PATIENCE_MS)
    app.io.call(station.risk.answer, Item.IDEATION_2W, AskState.YES)
    found = station.risk.assessment
    qtbot.waitUntil(lambda: bool(found.value and first.id in found.value.seen), timeout=PATIENCE_MS)
