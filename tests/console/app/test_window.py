"""The window from the sign-in to the closing: dressing, locking, asking, coming forward."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from console.app import App
from models.calls.call import Call, CallState
from models.shifts.duty import DutyState
from resources.texts import language, t
from tests.console.app.conftest import PATIENCE_MS, Start, sign_in
from tests.support.gateway import GatewayInThread
from tests.support.hotline import PASSWORD
from widgets.base.buttons import KeyButton
from widgets.main_window import Page
from widgets.theme import colours

NUMBER = "13834400000"


def said(part: QWidget) -> str:
    """Every visible word of a part of the window."""
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())


def ring(app: App, line: GatewayInThread, qtbot: QtBot, number: str = NUMBER) -> str:
    """A caller rings at this seat, which takes calls from now on."""
    station = app.station
    assert station
    if not (station.shifts.view.value.mine and station.shifts.view.value.mine.state is DutyState.READY):
        app.parts.calls.state_wanted.emit(DutyState.READY, None)
    call = line.scene(lambda scene: scene.ring(number, "12356"))
    qtbot.waitUntil(lambda: state(app, call) is CallState.RINGING, timeout=PATIENCE_MS)
    return call


def answer(app: App, line: GatewayInThread, qtbot: QtBot, number: str = NUMBER) -> str:
    call = ring(app, line, qtbot, number)
    app.parts.calls.answer_wanted.emit(call)
    qtbot.waitUntil(lambda: bool(app.parts.note.note), timeout=PATIENCE_MS)
    return call


def state(app: App, call: str) -> CallState | None:
    station = app.station
    calls = station.calls.view.value.calls if station else ()
    return next((one.state for one in calls if one.id == call), None)


def typed(app: App) -> bool:
    note = app.station.notes.desk.value.note if app.station else None
    return note is not None and note.body.values == {"complaint": "练习用的话"}


def test_language_and_theme_are_chosen_before_the_sign_in(
    start: Start, hire: Callable[..., str], qtbot: QtBot
) -> None:
    app = start()
    chinese = app.window
    app.parts.sign_in.language_wanted.emit("en")
    assert language() == "en"
    assert app.window is not chinese
    assert app.window.isVisible()
    app.parts.sign_in.theme_wanted.emit("dark")
    assert (language(), colours().name) == ("en", "dark")
    sign_in(app, hire())
    qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)


def test_what_was_wrong_is_said_on_the_page_and_the_password_asked_again(
    start: Start, hire: Callable[..., str], qtbot: QtBot
) -> None:
    app = start()
    sign_in(app, hire(), "not the password")
    refused = t("problems.sign_in_refused_what")
    qtbot.waitUntil(lambda: refused in said(app.parts.sign_in), timeout=PATIENCE_MS)
    assert t("problems.sign_in_refused_do") in said(app.parts.sign_in)
    assert app.window.page is Page.SIGN_IN
    assert all(not field.text() for field in app.parts.sign_in.findChildren(QLineEdit)[1:2])


def test_the_window_closes_without_a_question_while_nobody_is_on_the_line(signed_in: App) -> None:
    signed_in.window.close()
    assert not signed_in.window.isVisible()
    signed_in.stop()


@pytest.mark.parametrize("locked", [False, True])
def test_closing_during_a_call_asks_in_the_window_and_may_be_confirmed_twice(
    signed_in: App, line: GatewayInThread, qtbot: QtBot, locked: bool
) -> None:
    app = signed_in
    answer(app, line, qtbot)
    if locked:
        app.window.lock_wanted.emit()
    app.window.close()
    app.window.close()
    assert app.window.isVisible()
    assert t("window.close_in_call") in said(app.window)
    app.window.close_confirmed.emit()
    app.window.close_confirmed.emit()
    assert not app.window.isVisible()
    app.stop()


def test_unlocking_brings_the_same_note_back(signed_in: App, line: GatewayInThread, qtbot: QtBot) -> None:
    app = signed_in
    station = app.station
    assert station
    answer(app, line, qtbot)
    app.parts.note.edited.emit("complaint", "练习用的话")
    qtbot.waitUntil(lambda: station.notes.desk.value.saved_at is not None and typed(app), timeout=PATIENCE_MS)
    note = app.parts.note.note
    app.window.lock_wanted.emit()
    assert app.window.page is Page.SIGN_IN
    fields = app.parts.sign_in.findChildren(QLineEdit)
    assert PASSWORD not in {field.text() for field in fields}
    sign_in(app, "", "not the password")
    refused = t("problems.sign_in_refused_what")
    qtbot.waitUntil(lambda: refused in said(app.parts.sign_in), timeout=PATIENCE_MS)
    assert app.window.page is Page.SIGN_IN
    sign_in(app, "", PASSWORD)
    qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)
    assert app.parts.note.note == note
    assert typed(app)


def test_a_locked_window_is_not_dressed_anew(signed_in: App) -> None:
    app, window = signed_in, signed_in.window
    window.lock_wanted.emit()
    app.parts.sign_in.theme_wanted.emit("dark")
    app.parts.sign_in.language_wanted.emit("en")
    assert app.window is window
    assert (language(), colours().name) == ("zh_CN", "light")


def test_other_colours_come_at_work_and_all_that_is_being_written_stays(
    signed_in: App, line: GatewayInThread, qtbot: QtBot
) -> None:
    app, window = signed_in, signed_in.window
    call = answer(app, line, qtbot)
    qtbot.waitUntil(lambda: app.parts.note.note != "", timeout=PATIENCE_MS)
    assert app.parts.note.papers.front.pages.put_value("complaint", "练习用的话")
    app.parts.window.refer_wanted.emit()
    (told,) = app.parts.referral.findChildren(QPlainTextEdit)
    told.setPlainText("改过的话")
    other = next(one for one in window.findChildren(KeyButton) if one.text() == t("session.other_theme"))
    for name in ("dark", "light"):
        other.click()
        assert colours().name == name
        assert app.window is window
        assert (told.toPlainText(), app.parts.referral.isVisible()) == ("改过的话", True)
        assert app.parts.note.papers.front.values == {"complaint": "练习用的话"}
    line.scene(lambda scene: scene.caller_hangs_up(call))


def test_a_ring_brings_the_window_forward_and_sounds_until_it_is_answered(
    signed_in: App, line: GatewayInThread, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = signed_in
    monkeypatch.setenv("PATH", "")
    app.window.showMinimized()
    call = ring(app, line, qtbot)
    qtbot.waitUntil(lambda: not app.window.isMinimized(), timeout=PATIENCE_MS)
    assert app.attention._again.isActive()
    app.parts.calls.answer_wanted.emit(call)
    qtbot.waitUntil(lambda: not app.attention._again.isActive(), timeout=PATIENCE_MS)


def test_no_full_number_can_be_read_anywhere(signed_in: App, line: GatewayInThread, qtbot: QtBot) -> None:
    app = signed_in
    answer(app, line, qtbot)
    everything = [app.window, *app.window.findChildren(QWidget)]
    words = [str(getattr(one, "text", str)()) for one in everything if callable(getattr(one, "text", None))]
    words += [one.accessibleName() + one.toolTip() + one.accessibleDescription() for one in everything]
    assert not [one for one in words if NUMBER in one]
    assert any("138" in one and "0000" in one for one in words)


def test_of_a_burst_on_the_line_only_the_last_is_shown(signed_in: App, qtbot: QtBot) -> None:
    app, shown = signed_in, list[tuple[str, ...]]()
    station = app.station
    assert station
    panel, view = app.parts.calls, station.calls.view

    async def burst() -> None:
        for n in range(1, 4):
            calls = tuple(Call(f"c{one}", number=NUMBER) for one in range(n))
            view.publish(replace(view.value, calls=calls))

    app.qt.processEvents()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(panel, "show_board", lambda calls: shown.append(tuple(call.id for call in calls)))
        # This thread waits, and so nothing is shown before all of it happened.
        app.io.run(burst()).result(10)
        # What is known of the callers may come on top of it.
        qtbot.waitUntil(lambda: bool(shown), timeout=PATIENCE_MS)
    assert set(shown) == {("c0", "c1", "c2")}
