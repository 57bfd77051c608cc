"""A second call beside a first one that waits on hold or goes on alone: what may come, and both notes."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from console.app import App
from console.line.port import Done
from console.workstation import Workstation
from models.calls.call import CallState
from models.ids import new_id
from models.notes.note import Note
from models.risk.quick_screen import AskState, Item
from resources.texts import t
from tests.console.app.conftest import PATIENCE_MS, Start
from tests.console.app.test_handing import ask, two
from tests.console.app.test_window import answer, said, state
from tests.support.gateway import GatewayInThread
from widgets.calls.asking import AskingSheet

Hire = Callable[..., str]
MOTHER, DAUGHTER = "13834400031", "13834400032"
HERS, OWN = "练习用的话：女儿两天没有回家。", "练习用的话：我在桥上。"
pytestmark = pytest.mark.qt_log_ignore(
    r"This plugin does not support (propagateSizeHints|raise)\(\)", extend=True
)


def wait(qtbot: QtBot, fits: Callable[[], object]) -> None:
    qtbot.waitUntil(lambda: bool(fits()), timeout=PATIENCE_MS)


def notes(app: App) -> dict[str, Note]:
    """The open notes by their calls."""
    desk = app.station.notes.desk.value if app.station else None
    found = (desk.note, *desk.beside) if desk else ()
    return {one.call: one for one in found if one}


def write(app: App, call: str, words: str, qtbot: QtBot) -> None:
    """Bring the note of a call to the front and write into it."""
    wait(qtbot, lambda: call in notes(app))
    note = notes(app)[call].id
    if app.parts.note.note != note:
        app.parts.note.note_chosen.emit(note)
    wait(qtbot, lambda: app.parts.note.note == note)
    assert app.parts.note.papers.front.pages.put_value("complaint", words)
    wait(qtbot, lambda: notes(app)[call].body.values.get("complaint") == words)


def say(app: App, call: str, item: Item, qtbot: QtBot) -> None:
    """An answer of whoever the note in front is about."""
    station = app.station
    assert station
    wait(qtbot, lambda: (one := station.risk.assessment.value) and one.call == call)
    app.parts.risk.answered.emit(item, AskState.YES)


def words_of(app: App, call: str) -> object:
    return notes(app)[call].body.values.get("complaint")


def hold(app: App, call: str, on: bool, qtbot: QtBot) -> None:
    app.parts.calls.hold_wanted.emit(call, on)
    wait(qtbot, lambda: state(app, call) is (CallState.HELD if on else CallState.TALKING))


def done(app: App, act: Callable[[Workstation], Coroutine[Any, Any, Done]]) -> str:
    """Why the line did not do it, "" where it did; the window says so too."""
    station = app.station
    assert station

    async def said() -> str:
        return await station.command(act(station))

    return app.io.run(said()).result(PATIENCE_MS / 1000)


def offered(app: App, seat: str) -> bool:
    """Whether the colleague at a seat can be asked now, as the sheet shows it."""
    (sheet,) = app.window.findChildren(AskingSheet)
    return any(one.id == f"seat {seat}" and one.note == t("handing.free") for one in sheet._view.whom)


def test_a_caller_on_hold_is_alone_with_this_telephone(
    start: Start, hire: Hire, line: GatewayInThread, tmp_path: Path, qtbot: QtBot
) -> None:
    """One telephone: beside a held caller nobody is dialled and no colleague's call comes."""
    first, second, _ = two(start, hire, tmp_path, qtbot)
    mother = answer(first, line, qtbot, MOTHER)
    write(first, mother, HERS, qtbot)
    hold(first, mother, True, qtbot)
    dialled = new_id()
    assert done(first, lambda me: me.line.outgoing.dial_out(dialled, "13834400099", "", "")) == "not_now"
    wait(qtbot, lambda: "command_refused" in {one.code for one in first.seat.problems.store.value})
    daughter = answer(second, line, qtbot, DAUGHTER)
    wait(qtbot, lambda: state(second, daughter) is CallState.TALKING)
    second.parts.calls._act("transfer")
    wait(qtbot, lambda: "1001" in said(second.window))
    assert not offered(second, "1001")
    asked = done(second, lambda me: me.line.handing.ask_colleague(daughter, new_id(), "1001", "同事"))
    assert asked == "not_now"
    assert state(first, mother) is CallState.HELD
    assert state(first, daughter) is None
    hold(first, mother, False, qtbot)
    assert words_of(first, mother) == HERS


def leave_with_the_police(app: App, call: str, line: GatewayInThread, qtbot: QtBot) -> None:
    """Caller and police talk on; the operator is free for others."""
    police = new_id()
    assert done(app, lambda me: me.line.invite(call, police, "110", "110")) == ""
    line.scene(lambda scene: scene.party_rings(call, police))
    line.scene(lambda scene: scene.party_answers(call, police))
    assert done(app, lambda me: me.line.handing.leave(call)) == ""
    wait(qtbot, lambda: state(app, call) is CallState.RELEASED)


def hand_over(app: App, call: str, qtbot: QtBot) -> None:
    """Whoever asked the colleague in takes the caller back from hold and goes."""
    hold(app, call, False, qtbot)
    app.parts.calls._act("leave")
    wait(qtbot, lambda: state(app, call) is CallState.ENDED)


def test_a_colleague_hands_the_daughter_over_while_the_mother_talks_to_the_police(
    start: Start, hire: Hire, line: GatewayInThread, tmp_path: Path, qtbot: QtBot
) -> None:
    first, second, _ = two(start, hire, tmp_path, qtbot)
    assert first.station
    name = first.station.identity.operator.name
    mother = answer(first, line, qtbot, MOTHER)
    write(first, mother, HERS, qtbot)
    say(first, mother, Item.IDEATION_2W, qtbot)
    leave_with_the_police(first, mother, line, qtbot)
    daughter = answer(second, line, qtbot, DAUGHTER)
    ask(second, name, "a", qtbot)
    wait(qtbot, lambda: state(first, daughter) is CallState.RINGING)
    assert words_of(first, mother) == HERS
    first.parts.calls.answer_wanted.emit(daughter)
    wait(qtbot, lambda: first.parts.note.note == notes(first).get(daughter, notes(first)[mother]).id)
    write(first, daughter, OWN, qtbot)
    say(first, daughter, Item.PLAN_72H, qtbot)
    wait(qtbot, lambda: first.parts.risk.level_code == "R4")
    hand_over(second, daughter, qtbot)
    wait(qtbot, lambda: state(first, daughter) is CallState.TALKING)
    # Back to the mother, who still talks to the police: her words, her level, a word more.
    write(first, mother, HERS + OWN, qtbot)
    wait(qtbot, lambda: first.parts.risk.level_code != "R4")
    assert done(first, lambda me: me.line.handing.come_back(mother)) == "not_now"
    line.scene(lambda scene: scene.caller_hangs_up(mother))
    wait(qtbot, lambda: state(first, mother) is CallState.ENDED)
    assert state(first, daughter) is CallState.TALKING
    assert (words_of(first, mother), words_of(first, daughter)) == (HERS + OWN, OWN)
    line.scene(lambda scene: scene.caller_hangs_up(daughter))
    wait(qtbot, lambda: state(first, daughter) is CallState.ENDED)
    assert (words_of(first, mother), words_of(first, daughter)) == (HERS + OWN, OWN)


def test_with_the_line_gone_the_daughter_is_opened_by_hand_beside_her_mother_on_hold(
    signed_in: App, line: GatewayInThread, qtbot: QtBot
) -> None:
    app = signed_in
    mother = answer(app, line, qtbot, MOTHER)
    write(app, mother, HERS, qtbot)
    say(app, mother, Item.IDEATION_2W, qtbot)
    hold(app, mother, True, qtbot)
    line.stop()
    wait(qtbot, lambda: app.station and app.station.reach.value.up is False)
    app.parts.calls.open_by_hand_wanted.emit(DAUGHTER)
    wait(qtbot, lambda: len(notes(app)) == 2)
    (daughter,) = notes(app).keys() - {mother}
    write(app, daughter, OWN, qtbot)
    say(app, daughter, Item.PLAN_72H, qtbot)
    wait(qtbot, lambda: app.parts.risk.level_code == "R4")
    line.start()
    wait(qtbot, lambda: app.station and app.station.reach.value.up is True)
    wait(qtbot, lambda: state(app, mother) is CallState.HELD)
    write(app, mother, HERS + OWN, qtbot)
    wait(qtbot, lambda: app.parts.risk.level_code != "R4")
    hold(app, mother, False, qtbot)
    assert (words_of(app, mother), words_of(app, daughter)) == (HERS + OWN, OWN)
    line.scene(lambda scene: scene.caller_hangs_up(mother))
    wait(qtbot, lambda: state(app, mother) is CallState.ENDED)
    assert (words_of(app, mother), words_of(app, daughter)) == (HERS + OWN, OWN)
