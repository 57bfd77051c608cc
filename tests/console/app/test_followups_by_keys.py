"""The real window by keys alone: agreed with safe number and code word, called, then wished for no more."""

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from console.app import App
from models.calls.call import CallState
from models.followups.callback import Result
from models.followups.followup import Consent, Ending, Followup
from models.followups.reduce_followup import followup_id
from models.notes.note import Note
from models.people.number import normalise
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from resources.texts import t
from tests.console.app.conftest import PATIENCE_MS
from tests.console.app.test_followups import rows
from tests.console.app.test_window import answer, state
from tests.console.seat.test_persons import number
from tests.support.gateway import GatewayInThread
from tests.support.keyboard import QtKeyboard
from widgets.followups.agree import AgreePanel

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True
)
_YES = {
    Level.R2: Item.IDEATION_2W,
    Level.R3: Item.PLAN_WEEK,
    Level.R4: Item.ACTING,
}
SAFE, WORD = "13600000006", "我是图书馆的"


def at_level(app: App, line: GatewayInThread, qtbot: QtBot, level: Level) -> tuple[str, Note]:
    """A caller who was assessed so is on the line, the window has the keys; the call and its note."""
    station = app.station
    assert station
    call = answer(app, line, qtbot, number())
    qtbot.waitUntil(lambda: bool(station.notes.desk.value.note), timeout=PATIENCE_MS)
    note = station.notes.desk.value.note
    assert note
    for item in Item:
        said = AskState.YES if _YES.get(level) is item else AskState.NO
        app.io.call(station.risk.answer, item, said)
    if level is Level.R1:
        # No rule of the quick screen gives it: the operator does.
        app.io.call(station.risk.judge, level)
    found = station.risk.assessment
    qtbot.waitUntil(lambda: bool(found.value and found.value.peak is level), timeout=PATIENCE_MS)
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow, timeout=PATIENCE_MS)
    return call, note


def agreed(app: App, line: GatewayInThread, qtbot: QtBot, level: Level, chooses: tuple[str, ...] = ()) -> str:
    """A caller agrees to be called under another number; the id of the follow-up.

    `chooses` are the keys for a template, where the hotline uses none for the level.
    """
    station = app.station
    assert station
    call, note = at_level(app, line, qtbot, level)
    keys = QtKeyboard(app.window)
    keys.press("Ctrl+S")
    (panel,) = app.window.findChildren(AgreePanel)
    qtbot.waitUntil(lambda: panel.isVisible() and bool(panel._view.note), timeout=PATIENCE_MS)
    assert bool(panel.template) is not bool(chooses)
    if chooses:
        keys.to(t("followups.template"), "Shift+Tab", begins=True)
        keys.press(*chooses)
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
    owed = agreed(app, line, qtbot, Level.R3)
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


@pytest.mark.parametrize(
    ("level", "chooses", "days"),
    [
        # No template is shipped for these two: whoever agrees on a follow-up chooses one.
        (Level.R0, ("Space",), (1, 7, 30, 90, 365)),
        (Level.R1, ("Right", "Space"), (1, 7, 15, 30)),
        (Level.R2, (), (1, 7, 15, 30)),
        (Level.R3, (), (1, 7, 30, 90, 365)),
        (Level.R4, (), (1, 7, 30, 90, 365)),
    ],
)
def test_the_template_of_each_level_is_agreed_called_and_goes_on(
    signed_in: App,
    line: GatewayInThread,
    qtbot: QtBot,
    level: Level,
    chooses: tuple[str, ...],
    days: tuple[int, ...],
) -> None:
    app, station = signed_in, signed_in.station
    assert station
    owed = agreed(app, line, qtbot, level, chooses)
    owing = station.following.owing
    known = owing.get(owed)
    assert isinstance(known, Followup)
    assert (known.level, known.series.days, len(known.due)) == (level.value, days, len(days))
    call = dialled(app, owed, qtbot)
    line.scene(lambda scene: scene.callee_answers(call))
    qtbot.waitUntil(lambda: state(app, call) is CallState.TALKING, timeout=PATIENCE_MS)
    line.scene(lambda scene: scene.caller_hangs_up(call))
    qtbot.waitUntil(app.window.result.isVisible, timeout=PATIENCE_MS)
    # Stable: the series goes on with its next date.
    QtKeyboard(app.window).press("Alt+1")

    def told() -> bool:
        now = owing.get(owed)
        return isinstance(now, Followup) and bool(now.attempts)

    qtbot.waitUntil(told, timeout=PATIENCE_MS)
    after = owing.get(owed)
    assert isinstance(after, Followup)
    assert ([one.result for one in after.attempts], after.closing) == ([Result.STABLE], known.closing)
    assert after.due_at == known.due[1]
