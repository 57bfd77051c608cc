"""The real window by keys alone: agreed with safe number and code word, called, then wished for no more."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.app import App
from models.calls.call import CallState
from models.followups.callback import Result
from models.followups.followup import Consent, Ending, Followup
from models.followups.reduce_followup import followup_id
from models.people.number import normalise
from resources.texts import t
from tests.console.app.conftest import PATIENCE_MS
from tests.console.app.test_followups import at_r3, rows
from tests.console.app.test_window import state
from tests.console.seat.test_persons import number
from tests.support.gateway import GatewayInThread
from tests.support.keyboard import QtKeyboard
from widgets.followups.agree import AgreePanel

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True
)
SAFE, WORD = "13600000006", "我是图书馆的"


def agreed(app: App, line: GatewayInThread, qtbot: QtBot) -> str:
    """A caller at R3 agrees to be called under another number; the id of the follow-up."""
    station = app.station
    assert station
    call, note = at_r3(app, line, qtbot, number())
    keys = QtKeyboard(app.window)
    keys.press("Ctrl+S")
    (panel,) = app.window.findChildren(AgreePanel)
    qtbot.waitUntil(lambda: panel.isVisible() and bool(panel.template), timeout=PATIENCE_MS)
    for field, words in (("number", SAFE), ("code_word", WORD)):
        keys.to(t(f"followups.field_{field}"))
        keys.write(words)
    keys.press("Return")
    owed = followup_id(note.id)
    qtbot.waitUntil(lambda: len(rows(app, owed)) == 1, timeout=PATIENCE_MS)
    line.scene(lambda scene: scene.caller_hangs_up(call))
    qtbot.waitUntil(lambda: state(app, call) is CallState.ENDED, timeout=PATIENCE_MS)
    app.io.call(station.finish_note, "later")
    return owed


def dialled(app: App, owed: str, qtbot: QtBot) -> str:
    """From the list by keys; what was agreed is before the eyes. The id of the call."""
    station, keys, due = app.station, QtKeyboard(app.window), app.window.due
    assert station
    qtbot.waitUntil(lambda: station.calls.view.value.current is None, timeout=PATIENCE_MS)
    keys.press("Ctrl+D")
    qtbot.waitUntil(lambda: due.isVisible() and due._dial.isEnabled(), timeout=PATIENCE_MS)
    place = [due._table.at(one).id for one in range(due._table.rowCount())].index(owed)
    keys.to(t("followups.title"))
    keys.press("Ctrl+Home", *["Down"] * place)

    def said() -> str:
        return " ".join(one.text() for one in due.findChildren(QLabel) if one.isVisible())

    # The code word stands there before anybody is called, also where nobody had to choose the line.
    qtbot.waitUntil(lambda: WORD in said(), timeout=PATIENCE_MS)
    keys.press("Return")
    calls = station.calls.view

    def called() -> list[str]:
        return [one.id for one in calls.value.calls if one.state is CallState.DIALLING]

    qtbot.waitUntil(lambda: bool(called()), timeout=PATIENCE_MS)
    (call,) = [one for one in calls.value.calls if one.id == called()[0]]
    assert normalise(call.number) == SAFE
    return call.id


def test_a_caller_is_followed_up_under_the_safe_number_and_wishes_for_no_more_calls(
    signed_in: App, line: GatewayInThread, qtbot: QtBot
) -> None:
    app, station = signed_in, signed_in.station
    assert station
    owed = agreed(app, line, qtbot)
    owing = station.following.owing
    known = owing.get(owed)
    assert isinstance(known, Followup)
    assert (known.agreed.consent, known.dial, known.agreed.code_word) == (Consent.AGREED, SAFE, WORD)
    call = dialled(app, owed, qtbot)
    line.scene(lambda scene: scene.callee_answers(call))
    qtbot.waitUntil(lambda: state(app, call) is CallState.TALKING, timeout=PATIENCE_MS)
    line.scene(lambda scene: scene.caller_hangs_up(call))
    qtbot.waitUntil(app.window.result.isVisible, timeout=PATIENCE_MS)
    # One key, also while the note is being written.
    QtKeyboard(app.window).press("Alt+0")
    qtbot.waitUntil(lambda: rows(app, owed) == [], timeout=PATIENCE_MS)
    after = owing.get(owed)
    assert isinstance(after, Followup)
    assert (after.closing, [one.result for one in after.attempts]) == (Ending.DECLINED, [Result.DECLINED])
    for plain in (SAFE, known.number):
        wish = owing.contact(owing.key_of(plain))
        assert wish
        assert wish.stopped
    assert not owing.may_call(known)
