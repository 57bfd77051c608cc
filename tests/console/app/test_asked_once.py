"""The real window: what one panel took is an answered fact in the other, and nothing is entered twice."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from console.app import App
from models.calls.call import CallState
from models.cases.caller_plan import PlanText
from models.followups.callback import Result
from models.followups.followup import Followup
from models.followups.reduce_followup import followup_id
from models.notes.form import Form
from models.notes.note import Note
from models.people.operator import Role
from models.risk.quick_screen import AskState, Item
from models.shifts.duty import DutyState
from resources.texts import t
from tests.console.app.conftest import PATIENCE_MS, Start, sign_in
from tests.console.app.test_followups import agreed, dialled, rows
from tests.console.app.test_window import answer, state
from tests.support.gateway import GatewayInThread
from widgets.cases.marks import MarksPanel
from widgets.followups.agree import AgreePanel
from widgets.main_window import Page
from widgets.notes.facts import Facts
from widgets.notes.head import Head

pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True
)


def wait(qtbot: QtBot, fits: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(fits()), timeout=PATIENCE_MS)


def front(app: App) -> Note:
    note = app.station.notes.desk.value.note if app.station else None
    assert note
    return note


def begun(app: App, line: GatewayInThread, qtbot: QtBot, category: str) -> str:
    """A call is answered and its category chosen, in front of the operator; its id."""
    return written_about(app, answer(app, line, qtbot), qtbot, category)


def written_about(app: App, call: str, qtbot: QtBot, category: str) -> str:
    app.window.activateWindow()
    qtbot.waitUntil(app.window.isActiveWindow, timeout=PATIENCE_MS)
    wait(qtbot, lambda: app.parts.note.note == front(app).id and front(app).call == call)
    choose(app, category, qtbot)
    return call


def choose(app: App, category: str, qtbot: QtBot) -> None:
    """The type of call, chosen at the head of the note by hand."""
    head = app.parts.note.findChild(Head)
    assert isinstance(head, Head)
    head.show_category(category)
    head.chosen.emit(category)
    wait(qtbot, lambda: front(app).body.category == category)
    paper = app.parts.note.papers.front
    wait(qtbot, lambda: paper.category == category and paper.form and category in served(paper.form))


def served(form: Form) -> set[str]:
    return {one.category for one in form.serves}


def field(app: App, key: str) -> QLineEdit:
    """The field of a note as it lies on the desk."""
    form = app.parts.note.papers.front.form
    assert form
    name = next(one.zh for one in form.fields if one.key == key)
    found = [one for one in app.parts.note.findChildren(QLineEdit) if name in one.accessibleName()]
    assert found, name
    return found[-1]


def facts(app: App) -> str:
    (shown,) = app.parts.note.findChildren(Facts)
    return "\n".join(one.text() for one in shown.findChildren(QLabel) if not one.isHidden())


def test_what_is_agreed_on_the_sheet_stands_in_the_note_and_the_other_way_round(
    signed_in: App, line: GatewayInThread, qtbot: QtBot
) -> None:
    app = signed_in
    begun(app, line, qtbot, "C1")
    pages = app.parts.note.papers.front.pages
    assert pages.put_value("contact_consent", "agreed")
    assert pages.put_value("code_word", "买花")
    wait(qtbot, lambda: front(app).body.values.get("code_word") == "买花")
    qtbot.keyClick(app.window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    (panel,) = app.window.findChildren(AgreePanel)
    wait(qtbot, lambda: panel.isVisible() and panel._lines["code_word"].text() == "买花")
    panel._lines["number"].setText("13834400009")
    panel._lines["others"].setText("姐姐")
    assert panel._templates
    panel._templates.show_choice("bj")
    panel._templates.chosen.emit("bj")
    qtbot.keyClick(panel._lines["others"], Qt.Key.Key_Return)
    wait(qtbot, lambda: len(rows(app, followup_id(front(app).id))) == 1)
    wait(qtbot, lambda: front(app).body.values.get("others_may") == "姐姐")
    values = front(app).body.values
    assert {key: values[key] for key in ("contact_consent", "code_word", "safe_number")} == {
        "contact_consent": "agreed",
        "code_word": "买花",
        "safe_number": "13834400009",
    }
    # And on the screen, where the next one would be typed.
    wait(qtbot, lambda: field(app, "safe_number").text() == "13834400009")
    assert field(app, "others_may").text() == "姐姐"
    wait(qtbot, lambda: "138****0009" in facts(app))
    assert "13834400009" not in facts(app)


@pytest.mark.parametrize("way", ["bar", "note"])
def test_what_came_of_a_follow_up_is_said_once(
    signed_in: App, line: GatewayInThread, qtbot: QtBot, way: str
) -> None:
    app, station = signed_in, signed_in.station
    assert station
    wanted = followup_id(agreed(app, line, qtbot).id)
    call = dialled(app, wanted, qtbot)
    line.scene(lambda scene: scene.callee_answers(call))
    wait(qtbot, lambda: front(app).call == call and front(app).body.category == "S7")
    wait(qtbot, lambda: app.parts.note.note == front(app).id)
    note = front(app).id
    if way == "note":
        assert app.parts.note.papers.front.pages.put_value("follow_up_result", "stable")
        wait(qtbot, lambda: front(app).body.values.get("follow_up_result") == "stable")
        app.parts.note.finish_wanted.emit("")
        line.scene(lambda scene: scene.caller_hangs_up(call))
    else:
        line.scene(lambda scene: scene.caller_hangs_up(call))
        wait(qtbot, app.window.result.isVisible)
        qtbot.keyClick(app.window, "1", Qt.KeyboardModifier.AltModifier)
    owing = station.following.owing
    wait(qtbot, lambda: (known := owing.get(wanted)) and known.attempts)
    known = owing.get(wanted)
    assert isinstance(known, Followup)
    assert [(one.result, one.call) for one in known.attempts] == [(Result.STABLE, call)]
    wait(qtbot, lambda: not app.window.result.isVisible())
    if way == "bar":
        wait(qtbot, lambda: front(app).body.values.get("follow_up_result") == "stable")
        assert front(app).id == note


def test_what_was_heard_is_the_reason_of_a_mark_and_the_mark_stands_in_the_note(
    signed_in: App, line: GatewayInThread, qtbot: QtBot
) -> None:
    app, station = signed_in, signed_in.station
    assert station
    call = begun(app, line, qtbot, "S3")
    assert app.parts.note.papers.front.pages.put_value("harassment_marks", ("insulting", "sexual"))
    wait(qtbot, lambda: front(app).body.values.get("harassment_marks"))
    qtbot.keyClick(app.window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    (panel,) = app.window.findChildren(MarksPanel)
    wait(qtbot, panel._reason.text)
    assert panel._reason.text() == t("notes.open_separator").join(("辱骂", "性骚扰言语"))
    wait(qtbot, panel._ask.isEnabled)
    panel._ask.click()
    wait(qtbot, lambda: "辱骂" in facts(app))
    assert t("callers.mark_asked") in facts(app)
    line.scene(lambda scene: scene.caller_hangs_up(call))
    wait(qtbot, lambda: state(app, call) is None or state(app, call) == "ended")


def test_a_repeat_callers_plan_in_force_stands_in_the_note(
    start: Start, hire: Callable[..., str], line: GatewayInThread, qtbot: QtBot
) -> None:
    app = start()
    sign_in(app, hire(Role.OPERATOR, Role.LEAD))
    wait(qtbot, lambda: app.station and app.station.reach.value.up)
    station = app.station
    assert station
    app.window.show_page(Page.DESK)
    app.parts.calls.state_wanted.emit(DutyState.READY, None)
    # A number of its own: an R3 that another test found of the usual one would override the limits.
    call = line.scene(lambda scene: scene.ring("13834400077", "12356"))
    wait(qtbot, lambda: state(app, call) is CallState.RINGING)
    app.parts.calls.answer_wanted.emit(call)
    wait(qtbot, lambda: app.parts.note.note)
    written_about(app, call, qtbot, "S2")
    wait(qtbot, lambda: t("notes.fact_no_plan") in facts(app))
    plans, about = station.following.plans, station.following.noticing.notice.value.about
    text = PlanText("先问睡眠，再问今天吃了什么", "每天一次，二十分钟")
    app.io.call(lambda: plans.agree(plans.propose(about, text, "138****0000")))
    wait(qtbot, lambda: t("callers.plan", words=text.approach) in facts(app))
    assert t("callers.limits_in_force", words=text.limits) in facts(app)
    assert t("notes.fact_no_plan") not in facts(app)
    # A sign of suicide overrides the limits, and the note says so at once.
    app.io.call(station.risk.answer, Item.IDEATION_2W, AskState.YES)
    wait(qtbot, lambda: t("callers.limits_risk", words=text.limits) in facts(app))
    choose(app, "C1", qtbot)
    wait(qtbot, lambda: text.approach not in facts(app))
