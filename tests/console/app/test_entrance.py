"""The change of operator, the lock and the password, in the real program: nothing of the former one stays."""

import gc
import json
import weakref
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from console.app import App
from console.storage.storage import Storage
from console.storage.tables.trace import trace_entry
from models.ids import new_id
from models.referrals.referral import LegalBasis, PlaceBasis, Referral, Step
from resources.texts import t
from tests.console.app.conftest import PATIENCE_MS, sign_in
from tests.console.app.test_window import answer, said, typed
from tests.support.gateway import GatewayInThread
from tests.support.hotline import PASSWORD
from widgets.base.buttons import KeyButton
from widgets.main_window import Page

WORDS = "练习用的话"


def other(app: App) -> KeyButton:
    label = t("session.other_operator")
    (button,) = [one for one in app.parts.sign_in.findChildren(KeyButton) if one.text() == label]
    return button


def written(app: App, qtbot: QtBot) -> None:
    """The operator writes a note about a call opened by hand, and the call is over."""
    station = app.station
    assert station
    app.parts.calls.open_by_hand_wanted.emit("13834400000")
    qtbot.waitUntil(lambda: bool(app.parts.note.note), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: app._work is not None and app._work.engaged, timeout=PATIENCE_MS)
    app.parts.note.edited.emit("complaint", WORDS)
    call = station.calls.view.value.calls[0].id
    app.parts.calls.hang_up_wanted.emit(call)
    qtbot.waitUntil(lambda: app._work is not None and not app._work.engaged, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: station.notes.desk.value.saved_at is not None, timeout=PATIENCE_MS)


def nobody_at_work(app: App) -> bool:
    return app.station is None and app.seat.workstation is None


def exchanged(app: App, before: QWidget) -> Callable[[], bool]:
    return lambda: app.window is not before


def everything_written(window: QWidget) -> str:
    """Whatever stands anywhere in the window, hidden parts included."""
    parts = [one.text() for one in window.findChildren(QLabel)]
    parts += [one.text() for one in window.findChildren(QLineEdit)]
    parts += [one.toPlainText() for one in window.findChildren(QPlainTextEdit)]
    parts += [one.currentText() for one in window.findChildren(QComboBox)]
    return "\n".join(parts)


def test_another_operator_comes_with_one_click_and_finds_nothing_of_the_former(
    signed_in: App, hire: Callable[..., str], qtbot: QtBot
) -> None:
    app = signed_in
    assert app.station
    station, window, name = weakref.ref(app.station), app.window, app.station.identity.operator.name
    written(app, qtbot)
    qtbot.keyClick(app.window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert app.window.page is Page.SIGN_IN
    qtbot.mouseClick(other(app), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(exchanged(app, window), timeout=PATIENCE_MS)
    assert app.window.isVisible()
    assert app.window.page is Page.SIGN_IN
    assert nobody_at_work(app)
    shown = everything_written(app.window)
    assert WORDS not in shown
    assert name not in shown

    def gone() -> bool:
        gc.collect()
        return station() is None

    qtbot.waitUntil(gone, timeout=PATIENCE_MS)
    sign_in(app, hire())
    qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)
    assert not app.parts.note.note
    assert WORDS not in everything_written(app.window)


def test_the_former_one_finds_all_of_it_again(signed_in: App, hire: Callable[..., str], qtbot: QtBot) -> None:
    app = signed_in
    assert app.station
    first = app.station.identity.operator.id
    written(app, qtbot)
    for operator in (hire(), first):
        window = app.window
        app.window.lock_wanted.emit()
        other(app).click()
        qtbot.waitUntil(exchanged(app, window), timeout=PATIENCE_MS)
        sign_in(app, operator)
        qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: typed(app), timeout=PATIENCE_MS)


def test_nobody_is_signed_out_in_the_midst_of_a_call(
    signed_in: App, line: GatewayInThread, qtbot: QtBot
) -> None:
    app = signed_in
    answer(app, line, qtbot)
    station = app.station
    app._idleness.look()
    assert app.window.page is Page.DESK
    app.window.lock_wanted.emit()
    other(app).click()
    assert t("session.change_in_call") in said(app.parts.sign_in)
    assert app.station is station
    sign_in(app, "", PASSWORD)
    qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)


def test_nobody_is_signed_out_while_words_are_on_the_screen_alone(signed_in: App) -> None:
    app = signed_in
    app.io.run(_unsaved(app)).result()
    app.window.lock_wanted.emit()
    other(app).click()
    assert t("problems.cause_disk_full") in said(app.parts.sign_in)
    assert app.station is not None
    app.io.call(app.seat.problems.settle, "not_saved")


async def _unsaved(app: App) -> None:
    app.seat.problems.arise("not_saved", cause="disk_full")


def test_an_open_rescue_keeps_the_screen_from_locking_until_it_is_ended(signed_in: App, qtbot: QtBot) -> None:
    app = signed_in
    station, work = app.station, app._work
    assert station
    assert work
    assert not work.engaged
    note, target = new_id(), next(one for one in app.hotline.targets if one.emergency)
    rescue = Referral(
        id=new_id(),
        note=note,
        call="",
        author=station.identity.operator.id,
        site=app.hotline.site.id,
        target=target.id,
        target_kind=target.kind,
        target_name=target.zh,
        dial="",
        verified=False,
        place="晋中市",
        place_basis=PlaceBasis.STATED,
        text=WORDS,
        legal_basis=LegalBasis.EMERGENCY,
        opened_at=app._clock.now(),
    )
    app.io.run(station.referrals.start(rescue)).result()
    qtbot.waitUntil(lambda: work.engaged, timeout=PATIENCE_MS)
    app.io.call(station.referrals.advance, rescue.id, Step.SAFE)
    qtbot.waitUntil(lambda: not work.engaged, timeout=PATIENCE_MS)


def test_a_password_is_changed_in_the_program_and_the_former_one_opens_nothing_more(
    signed_in: App, qtbot: QtBot
) -> None:
    app, new = signed_in, "another horse battery"
    app.window.status_bar.password_wanted.emit()
    form = app.parts.password
    assert form.isVisible()
    old_field, new_field, again, _ = form.findChildren(QLineEdit)
    for field, text in ((old_field, PASSWORD), (new_field, new), (again, new)):
        qtbot.keyClicks(field, text)
    qtbot.keyClick(again, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: t("session.password_changed") in said(form), timeout=PATIENCE_MS)
    app.window.lock_wanted.emit()
    sign_in(app, "", PASSWORD)
    qtbot.waitUntil(
        lambda: t("problems.sign_in_refused_what") in said(app.parts.sign_in), timeout=PATIENCE_MS
    )
    sign_in(app, "", new)
    qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)


def test_locking_and_unlocking_and_a_wrong_password_stand_in_the_trace(signed_in: App, qtbot: QtBot) -> None:
    app = signed_in
    station = app.station
    assert station
    app.window.lock_wanted.emit()
    sign_in(app, "", "not the password")
    wrong = t("problems.sign_in_refused_what")
    qtbot.waitUntil(lambda: wrong in said(app.parts.sign_in), timeout=PATIENCE_MS)
    sign_in(app, "", PASSWORD)
    qtbot.waitUntil(lambda: app.window.page is Page.DESK, timeout=PATIENCE_MS)
    app.io.run(station.seeing.flush()).result()
    acts = app.io.run(station.shelf._db.run(_acts)).result()
    assert acts == ["signed_in", "locked", "failed", "unlocked"]


def _acts(storage: Storage) -> list[str]:
    with storage._engine.begin() as connection:
        texts = connection.scalars(select(trace_entry.c.text).order_by(trace_entry.c.n))
        return [str(json.loads(text)["act"]) for text in texts]
