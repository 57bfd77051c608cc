"""Two real windows over a real gateway: a call is handed from one to the other; a silent caller is marked."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from console.app import App
from models.calls.call import CallState
from models.calls.place import CONVERSATION
from models.calls.quality import Sample
from resources import ladders
from resources.texts import t
from tests.console.app.conftest import PATIENCE_MS, Start, sign_in
from tests.console.app.test_window import answer, said, state
from tests.support.gateway import GatewayInThread
from tests.support.hotline import PASSWORD
from widgets.calls.asking import AskingSheet
from widgets.session.view import SignIn

Hire = Callable[..., str]
LINES = ("练习第一句", "练习第二句", "练习第三句")
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True
)


def at_work(app: App, qtbot: QtBot) -> App:
    qtbot.waitUntil(lambda: app.station is not None, timeout=PATIENCE_MS)
    station = app.station
    assert station
    qtbot.waitUntil(lambda: station.reach.value.up is True, timeout=PATIENCE_MS)
    return app


def two(start: Start, hire: Hire, folder: Path, qtbot: QtBot) -> tuple[App, App, str]:
    """Two seats with somebody at work, and the second one's name."""
    first, second, name = start(), start(seat="1002", data=str(folder / "second")), hire()
    sign_in(first, hire())
    second.parts.sign_in.sign_in_wanted.emit(SignIn(name, PASSWORD, "1002"))
    return at_work(first, qtbot), at_work(second, qtbot), name


def ask(app: App, name: str, way: str, qtbot: QtBot) -> None:
    """Write three lines, choose the way and press the digit of a colleague."""
    panel = app.parts.calls
    # The note opens with the answer; the card may still show the ring.
    qtbot.waitUntil(
        lambda: bool(panel._card.call and panel._card.call.state in CONVERSATION), timeout=PATIENCE_MS
    )
    panel._act("transfer")
    (sheet,) = app.window.findChildren(AskingSheet)
    qtbot.waitUntil(lambda: [one.name for one in sheet._view.whom[:1]] == [name], timeout=PATIENCE_MS)
    for field, line in zip(sheet._lines, LINES, strict=True):
        field.setText(line)
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow, timeout=PATIENCE_MS)
    qtbot.keyClick(sheet._sought, Qt.Key.Key_Down)
    for key in (way, "1"):
        qtbot.keyClicks(app.window.focusWidget(), key)
    assert not sheet.isVisible()


def test_a_colleague_takes_over_knowing_what_the_first_one_knew(
    start: Start, hire: Hire, line: GatewayInThread, tmp_path: Path, qtbot: QtBot
) -> None:
    first, second, name = two(start, hire, tmp_path, qtbot)
    call = answer(first, line, qtbot)
    ask(first, name, "a", qtbot)
    qtbot.waitUntil(lambda: state(second, call) is CallState.RINGING, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: all(one in said(second.parts.calls) for one in LINES), timeout=PATIENCE_MS)
    second.parts.calls.answer_wanted.emit(call)
    qtbot.waitUntil(lambda: bool(second.parts.note.note), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: state(first, call) is CallState.HELD, timeout=PATIENCE_MS)
    first.parts.calls.hold_wanted.emit(call, False)
    qtbot.waitUntil(lambda: state(first, call) is CallState.TALKING, timeout=PATIENCE_MS)
    first.parts.calls._act("leave")
    qtbot.waitUntil(lambda: state(first, call) is CallState.ENDED, timeout=PATIENCE_MS)
    assert state(second, call) is CallState.TALKING
    station, other = first.station, second.station
    assert station
    assert other
    note = station.notes.desk.value.note
    assert note

    def reads() -> bool:
        second.parts.calls.first_note_wanted.emit(note.id)
        # One look after the other: a slow disk would have more of them before it each time.
        second.io.run(other.shelf.record("note", note.id)).result(PATIENCE_MS / 1000)
        return LINES[0] in said(second.window) and t("lead.log") in said(second.window)

    qtbot.waitUntil(reads, timeout=PATIENCE_MS)


def test_a_caller_whom_nobody_takes_comes_back_and_the_first_one_is_told(
    start: Start, hire: Hire, line: GatewayInThread, tmp_path: Path, qtbot: QtBot
) -> None:
    first, second, name = two(start, hire, tmp_path, qtbot)
    call = answer(first, line, qtbot)
    ask(first, name, "b", qtbot)
    qtbot.waitUntil(lambda: state(second, call) is CallState.RINGING, timeout=PATIENCE_MS)
    station = second.station
    assert station
    second.bridge.wish(lambda: station.spawn(station.command(station.line.handing.leave(call))))
    qtbot.waitUntil(lambda: t("handing.came_back") in said(first.parts.calls), timeout=PATIENCE_MS)


def test_a_silent_caller_is_marked_by_digits_and_the_keys_they_press_are_seen(
    signed_in: App, line: GatewayInThread, qtbot: QtBot
) -> None:
    app = signed_in
    call = answer(app, line, qtbot)
    panel, steps = app.parts.calls.ladder, ladders.load(ladders.SHIPPED, {"S1"}).steps
    panel.toggle()
    qtbot.keyClick(panel, Qt.Key.Key_1)
    line.scene(lambda scene: scene.caller.presses(call, "1#"))
    qtbot.waitUntil(lambda: t("ladder.pressed", keys="1  #") in said(panel), timeout=PATIENCE_MS)
    qtbot.keyClick(panel, Qt.Key.Key_5)
    station = app.station
    assert station

    def written() -> bool:
        note = station.notes.desk.value.note
        texts = [one.text for one in note.body.log] if note else []
        return note is not None and note.body.category == "S1" and texts == [steps[0].zh, steps[4].zh]

    qtbot.waitUntil(written, timeout=PATIENCE_MS)
    line.scene(lambda scene: scene.caller.carries(call, Sample(12, 90, 400)))

    def told() -> bool:
        return "hard_to_hear" in {one.code for one in app.seat.problems.store.value}

    qtbot.waitUntil(told, timeout=PATIENCE_MS)
    line.scene(lambda scene: scene.caller.carries(call, Sample()))
    qtbot.waitUntil(lambda: not told(), timeout=PATIENCE_MS)
