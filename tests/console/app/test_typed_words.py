"""Words through the real window to the record on the disk, sign for sign."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from console.app import App
from models.calls.call import CallState
from models.notes.note import Note
from tests.console.app.conftest import PATIENCE_MS
from tests.console.app.test_window import answer, state
from tests.support.gateway import GatewayInThread
from tests.support.keyboard import QtKeyboard
from tests.widgets.notes.test_fidelity import SCRIPTS, compose

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True
)
KEY = "complaint"


def wait(qtbot: QtBot, fits: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(fits()), timeout=PATIENCE_MS)


def front(app: App) -> Note | None:
    return app.station.notes.desk.value.note if app.station else None


def begin(app: App, line: GatewayInThread, qtbot: QtBot) -> tuple[str, str]:
    """A call is answered and the caret stands in the complaint; the call and its note."""
    call = answer(app, line, qtbot)
    wait(qtbot, lambda: (note := front(app)) and note.call == call and app.parts.note.note == note.id)
    app.window.activateWindow()
    wait(qtbot, app.window.isActiveWindow)
    wait(qtbot, lambda: state(app, call) is CallState.TALKING)
    app.parts.note.papers.front.pages.go_to(KEY)
    wait(qtbot, lambda: "主诉" in (focus.accessibleName() if (focus := QApplication.focusWidget()) else ""))
    return call, app.parts.note.note


def kept(app: App, note: str) -> object:
    """What the record on the disk says."""
    station = app.station
    assert station
    record = app.io.run(station.shelf.record("note", note)).result(PATIENCE_MS / 1000)
    return record.entity.body.values.get(KEY) if record and isinstance(record.entity, Note) else None


@pytest.mark.parametrize("text", SCRIPTS, ids=["scripts", "emoji", "directions", "marks"])
def test_any_script_is_kept_sign_for_sign(
    signed_in: App, line: GatewayInThread, qtbot: QtBot, text: str
) -> None:
    _, note = begin(signed_in, line, qtbot)
    compose(QApplication.focusWidget(), text, committed=False)
    compose(QApplication.focusWidget(), text, committed=True)
    wait(qtbot, lambda: kept(signed_in, note) == text)


def test_a_hundred_thousand_signs_are_pasted_by_the_key_and_kept(
    signed_in: App, line: GatewayInThread, qtbot: QtBot
) -> None:
    _, note = begin(signed_in, line, qtbot)
    text = ("来电者说：撑不下去了🆘 \u2067x\u2069。\n" * 8000)[:100_000]
    QGuiApplication.clipboard().setText(text)
    QtKeyboard(signed_in.window).press("Ctrl+V")
    wait(qtbot, lambda: kept(signed_in, note) == text)
    # And the window still answers keys.
    QtKeyboard(signed_in.window).press("Ctrl+T")
    wait(qtbot, lambda: (now := front(signed_in)) and now.body.log)


@pytest.mark.parametrize("who", ["operator", "caller"])
def test_what_is_half_composed_when_somebody_hangs_up_is_kept(
    signed_in: App, line: GatewayInThread, qtbot: QtBot, who: str
) -> None:
    call, note = begin(signed_in, line, qtbot)
    compose(QApplication.focusWidget(), "我在", committed=True)
    compose(QApplication.focusWidget(), "qiao shang", committed=False)
    if who == "operator":
        QtKeyboard(signed_in.window).press("Ctrl+F2")
    else:
        line.scene(lambda scene: scene.caller_hangs_up(call))
    wait(qtbot, lambda: state(signed_in, call) is CallState.ENDED)
    if who == "caller":
        # Nobody touched the keyboard: the composition is still the operator's, and goes in with the record.
        QtKeyboard(signed_in.window).press("Ctrl+Return", "Ctrl+Return")
    wait(qtbot, lambda: kept(signed_in, note) == "我在qiao shang")
