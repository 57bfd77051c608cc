"""The search through the real window: one Chinese character is typed, a note is found, opened, put away."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from console.app import App
from models.cases.caller_plan import PlanText
from models.people.person import Part
from tests.console.app.conftest import PATIENCE_MS
from tests.console.seat.test_persons import number
from tests.support.keyboard import QtKeyboard
from widgets.cases.page import PersonPage
from widgets.cases.plans import PlansPanel

COMPLAINT = "练习用的话：投资失败后失眠，今晚想离开。"
NUMBER = "13834400000"
Until = Callable[[Callable[[], object]], None]


def said(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())


def write_down(app: App, until: Until) -> None:
    """A call with a note that is on the disk, words and all: what is not there yet is not found."""
    station = app.station
    assert station
    app.parts.calls.open_by_hand_wanted.emit(NUMBER)
    until(lambda: app.parts.note.note)
    app.parts.note.edited.emit("complaint", COMPLAINT)

    def is_kept() -> bool:
        known = app.io.run(station.shelf.record("note", app.parts.note.note)).result(PATIENCE_MS / 1000)
        return known is not None and known.entity.body.values.get("complaint") == COMPLAINT

    until(is_kept)


# Only the off-screen platform says so, when a window changes its smallest size or comes forward.
@pytest.mark.qt_log_ignore(r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True)
def test_one_character_finds_a_note_that_is_opened_and_read(signed_in: App, qtbot: QtBot) -> None:
    app, panel = signed_in, signed_in.parts.search
    station = app.station
    assert station

    def until(condition: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    write_down(app, until)
    app.window.activateWindow()
    until(app.window.isActiveWindow)
    keys = QtKeyboard(app.window)
    keys.press("Ctrl+F")
    until(lambda: panel.isVisible() and panel.box.hasFocus())
    keys.add("眠")
    until(lambda: panel.hits.rowCount() == 1)
    hit = panel.hits.hit(0)
    assert COMPLAINT.startswith(hit.text.rstrip("…"))
    assert [hit.text[begin:end] for begin, end in hit.marks] == ["眠"]
    keys.press("Down", "Return")
    until(lambda: COMPLAINT in said(app.parts.found))
    assert "138****0000" in said(app.parts.found)
    assert NUMBER not in said(app.parts.found)
    assert not panel.list.isVisible()
    keys.press("Escape")
    until(panel.list.isVisible)
    keys.press("Escape")
    until(lambda: not panel.isVisible())
    until(lambda: not station.search.found.value.hits)
    assert panel.hits.rowCount() == 0


@pytest.mark.qt_log_ignore(r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True)
def test_the_last_digits_find_the_caller(signed_in: App, qtbot: QtBot) -> None:
    app, panel = signed_in, signed_in.parts.search
    write_down(app, lambda condition: qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS))
    app.window.status_bar.search_wanted.emit()
    panel.box.setText("0000")
    qtbot.waitUntil(lambda: panel.hits.rowCount() == 1, timeout=PATIENCE_MS)
    assert panel.hits.hit(0).text == "138****0000"
    app.window.lock_wanted.emit()
    qtbot.waitUntil(lambda: panel.hits.rowCount() == 0, timeout=PATIENCE_MS)
    assert panel.box.text() == ""


def known_person(app: App, until: Until) -> str:
    """Somebody on the line under an alias, with a case and a plan; their words stand in no other test,

    for tests share a server, and with it whom everybody knows.
    """
    station = app.station
    assert station
    knowing = station.knowing
    app.parts.calls.open_by_hand_wanted.emit(number())
    until(lambda: station.notes.desk.value.note)
    note = station.notes.desk.value.note
    assert note
    app.bridge.wish(station.spawn, knowing.note_down(note.call, "小霁", "蓝山", Part.SELF))
    until(lambda: note.call in knowing.people.known.value.behind)
    until(lambda: knowing.people.known.value.behind[note.call].chosen)
    person = knowing.people.known.value.behind[note.call].chosen[0].id
    app.bridge.wish(station.spawn, knowing.cases.begin(person))
    until(lambda: knowing.cases.mine.value.listed)
    case = knowing.cases.mine.value.listed[0].case.id
    app.bridge.wish(station.following.plans.propose, person, PlanText("霁天先问近况"), "小霁")
    app.bridge.wish(station.spawn, knowing.cases.write(case, "霁天改为通电话"))
    until(lambda: knowing.cases.mine.value.listed[0].case.story)
    # What is not on the disk yet is not found.
    app.io.run(station.journal.flush()).result(PATIENCE_MS / 1000)
    return person


@pytest.mark.qt_log_ignore(r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True)
def test_a_caller_a_case_and_a_plan_are_found_and_open_where_they_are_read(
    signed_in: App, qtbot: QtBot
) -> None:
    app, panel = signed_in, signed_in.parts.search
    assert app.station
    opened = app.station.knowing.cases.opened

    def until(condition: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    person = known_person(app, until)
    # Sheets are made once the window is painted.
    until(lambda: app.window.findChildren(PersonPage))
    (page,) = app.window.findChildren(PersonPage)
    app.window.status_bar.search_wanted.emit()
    panel.box.setText("霁")
    until(lambda: panel.hits.rowCount() == 3)
    rows = {panel.hits.hit(row).kind: panel.hits.index(row) for row in range(3)}
    assert {panel.hits.hit(row).who for row in range(3)} == {"小霁"}
    for kind in ("来电者", "个案"):
        panel.list.activated.emit(rows[kind])
        until(lambda: page.isVisible() and opened.value and opened.value.together.id == person)
        QtKeyboard(app.window).press("Escape")
        until(lambda: not page.isVisible() and opened.value is None)
    panel.list.activated.emit(rows["来电者计划"])
    # Its sheet is made when it is first opened.
    until(lambda: any(one.isVisible() for one in app.window.findChildren(PlansPanel)))
    (plans,) = app.window.findChildren(PlansPanel)
    approach = plans.findChildren(QPlainTextEdit)[0]
    assert approach.toPlainText() == "霁天先问近况"
