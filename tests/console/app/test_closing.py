"""The real window over a real gateway and server: an R4 call that is not closed, and what closes it."""

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit
from pytestqt.qtbot import QtBot

from console.app import App
from models.calls.call import CallState
from models.cases.closing import RecordState, Way
from models.cases.open_tasks import OpenTasks
from models.ids import new_id
from models.referrals.referral import LegalBasis, PlaceBasis, Referral
from models.risk.quick_screen import AskState, Item
from models.risk.safety_plan import PlanStep
from tests.console.app.conftest import PATIENCE_MS
from tests.console.app.test_window import answer, state
from tests.support.gateway import GatewayInThread
from widgets.records.open_cards import RescueCard, UnclosedCard
from widgets.records.open_tasks import OpenTaskList
from widgets.risk.safety_plan_form import SafetyPlanForm
from widgets.risk.safety_plan_reading import SafetyPlanReading

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True
)


def tasks(app: App) -> OpenTasks:
    station = app.station
    assert station
    return station.records.open.value


def until(qtbot: QtBot, met: Callable[[], bool]) -> None:
    qtbot.waitUntil(met, timeout=PATIENCE_MS)


def dangerous(app: App, line: GatewayInThread, qtbot: QtBot) -> tuple[str, str]:
    """A call in which a plan within 72 hours is told; the call and its note."""
    call = answer(app, line, qtbot)
    app.parts.risk.answered.emit(Item.PLAN_72H, AskState.YES)
    until(qtbot, lambda: bool(tasks(app).unclosed))
    return call, tasks(app).unclosed[0].note.id


def key(app: App, qtbot: QtBot, pressed: Qt.Key) -> None:
    app.window.activateWindow()
    until(qtbot, app.window.isActiveWindow)
    qtbot.keyClick(app.window, pressed, Qt.KeyboardModifier.ControlModifier)


def open_list(app: App) -> OpenTaskList:
    (shown,) = app.window.findChildren(OpenTaskList)
    return shown


def test_it_never_holds_hang_up_nor_the_next_call_and_stays_red_until_it_is_closed(
    signed_in: App, line: GatewayInThread, qtbot: QtBot
) -> None:
    app = signed_in
    call, note = dangerous(app, line, qtbot)
    finish = app.parts.note.finish
    until(qtbot, lambda: "未闭环" in [one.text() for one in finish.findChildren(type(finish._open))])
    app.parts.calls.hang_up_wanted.emit(call)
    until(qtbot, lambda: state(app, call) is CallState.ENDED)
    finish.press()
    (reason,) = [one for one in finish.findChildren(QLineEdit) if one.isVisible()]
    qtbot.keyClick(reason, Qt.Key.Key_Return)
    until(qtbot, lambda: app.parts.note.note != note)
    second = answer(app, line, qtbot)
    assert state(app, second) is CallState.TALKING
    (one,) = [one for one in tasks(app).unclosed if one.note.id == note]
    assert one.number == "13834400000"
    assert one.closing.missing == tuple(Way)

    def shown() -> RecordState | None:
        return {row.id: row.state for row in app.parts.records._table._all}.get(note)

    until(qtbot, lambda: shown() is RecordState.UNCLOSED)
    key(app, qtbot, Qt.Key.Key_O)
    until(qtbot, open_list(app).isVisible)
    cards = partial(open_list(app).findChildren, UnclosedCard)
    until(qtbot, lambda: any(card.note == note for card in cards()))


def test_a_plan_is_typed_read_out_and_on_the_disk_within_the_call(
    signed_in: App, line: GatewayInThread, qtbot: QtBot
) -> None:
    app = signed_in
    station = app.station
    assert station
    _, note = dangerous(app, line, qtbot)
    key(app, qtbot, Qt.Key.Key_F8)
    (form,) = app.window.findChildren(SafetyPlanForm)
    until(qtbot, form.isVisible)
    for step in PlanStep:
        form._fields[step].writing.setPlainText(f"{step} 的话")
    (read,) = [one for one in form.findChildren(QAbstractButton) if one.text() == "念给来电者听"]
    read.click()
    (reading,) = app.window.findChildren(SafetyPlanReading)
    until(qtbot, reading.isVisible)
    until(qtbot, lambda: bool(tasks(app).unclosed) and Way.PLAN not in tasks(app).unclosed[0].closing.missing)
    stored = app.io.run(station.shelf.plan(note)).result()
    assert stored is not None
    assert stored.is_whole
    assert all(one.kept for one in stored.words)
    key(app, qtbot, Qt.Key.Key_F8)
    until(qtbot, lambda: not reading.isVisible())


def test_a_rescue_stays_red_until_safety_is_confirmed_with_words(
    signed_in: App, line: GatewayInThread, qtbot: QtBot
) -> None:
    app = signed_in
    station = app.station
    assert station
    call, note = dangerous(app, line, qtbot)
    me = station.identity.operator
    now = app._clock.now()
    rescue = Referral(
        id=new_id(),
        note=note,
        call=call,
        author=me.id,
        site=me.site,
        target="f110",
        target_kind="F110",
        target_name="110 公安",
        dial="",
        verified=False,
        place="太原",
        place_basis=PlaceBasis.STATED,
        text="需要出警",
        legal_basis=LegalBasis.EMERGENCY,
        opened_at=now,
    )
    app.io.run(station.referrals.start(rescue)).result()
    until(qtbot, lambda: [one.id for one in tasks(app).rescues] == [rescue.id])
    assert app._work is not None
    assert app._work.engaged
    key(app, qtbot, Qt.Key.Key_O)
    shown = open_list(app)
    until(qtbot, lambda: bool(shown.findChildren(RescueCard)))
    shown.end_wanted.emit(rescue.id, "地址有误")
    until(qtbot, lambda: bool(tasks(app).rescues) and tasks(app).rescues[0].waiting is not None)
    assert app._work.engaged, "one person alone does not end it"
    shown.safe_wanted.emit(rescue.id, "民警已见到本人")
    until(qtbot, lambda: not tasks(app).rescues)
    until(qtbot, lambda: not tasks(app).unclosed)
    until(qtbot, lambda: not any(one.is_open for one in station.referrals.known.value))
