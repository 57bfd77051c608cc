"""One call from ring to record over the simulated exchange: no root, no display, no practice."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import sqlcipher3
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.app import App, Given
from console.session.endpoint import Endpoints
from console.session.secret_store import NoSecretStore
from console.settings import Settings
from models.calls.call import CallState
from models.clock import SystemClock
from models.people.number import mask
from models.people.operator import Role
from models.risk.level import Level
from tests.journeys import journey
from tests.support.gateway import GatewayInThread, gateway_in_thread
from tests.support.hotline import PASSWORD, SITE, Hotline, found_hotline
from tests.support.keyboard import QtKeyboard
from widgets.main_window import Page

OPERATOR, LEAD = "zhang", "li"
PATIENCE_MS = 60_000

Open = Callable[[str, str], App]


@pytest.fixture(scope="module")
def hotline(tmp_path_factory: pytest.TempPathFactory) -> Hotline:
    founded = found_hotline(tmp_path_factory.mktemp("journey") / "hotline")
    founded.add_operator(OPERATOR)
    founded.add_operator(LEAD, Role.LEAD, Role.OPERATOR)
    return founded


@pytest.fixture
def line(hotline: Hotline) -> Iterator[GatewayInThread]:
    with gateway_in_thread(SITE, public_key=hotline.public_key) as gateway:
        yield gateway


@pytest.fixture
def sign_in(hotline: Hotline, line: GatewayInThread, tmp_path: Path, qtbot: QtBot) -> Iterator[Open]:
    """Start the program and sign somebody in through its window; the program is ended after the test."""
    with ExitStack() as running:
        server = running.enter_context(hotline.running("server"))

        def started(operator: str, seat: str) -> App:
            settings = Settings(seat=seat, site=SITE, data=str(tmp_path / "workstation"))
            app = App(
                settings, lambda: Endpoints(server, line.url), NoSecretStore(), SystemClock(), Given(operator)
            )
            app.start()
            running.callback(close, app)
            app.window.activateWindow()
            qtbot.waitUntil(app.window.isActiveWindow, timeout=PATIENCE_MS)
            keys = QtKeyboard(app.window)
            keys.write(PASSWORD)
            keys.press("Return")
            qtbot.waitUntil(lambda: app.window.page is not Page.SIGN_IN, timeout=PATIENCE_MS)
            return app

        yield started


def close(app: App) -> None:
    if app.io.loop.is_closed():
        return
    app.window.let_close()
    app.stop()
    app.window.deleteLater()


def shown(part: QWidget) -> str:
    """All that can be read in a part of the window, by eye or by a screen reader."""
    parts = [each for each in part.findChildren(QWidget) if each.isVisible()]
    words = [each.text() for each in parts if isinstance(each, QLabel)]
    return "\n".join([*words, *(each.accessibleName() for each in parts)])


@pytest.mark.long
def test_a_call_from_ring_to_record(
    sign_in: Open, hotline: Hotline, line: GatewayInThread, qtbot: QtBot, tmp_path: Path
) -> None:
    def until(condition: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    app = sign_in(OPERATOR, "1001")
    call = answer(app, line, until)
    write_and_assess(app, until)
    three_talk(app, call, line, until)
    QtKeyboard(app.window).press("Ctrl+F2")
    until(lambda: state(app, call) is CallState.ENDED)
    journey.finish(QtKeyboard(app.window))
    until(lambda: not app.parts.note.note)
    until(lambda: any(note["state"] == "finished" for note in hotline.records("note")))
    until(lambda: all(one["ended_at"] for one in hotline.records("call")))
    journey.assert_record(*(hotline.records(kind) for kind in journey.KINDS))
    close(app)
    assert_unreadable(tmp_path / "workstation" / f"{OPERATOR}.db")
    assert_listed_after_restart(sign_in, until)
    assert_lead_reads(sign_in, until)


def answer(app: App, line: GatewayInThread, until: journey.Until) -> str:
    """Be ready, let a call ring until the window shows it, answer it; its id."""
    keys, station = QtKeyboard(app.window), app.station
    assert station
    until(lambda: station.shifts.view.value.mine)
    keys.press("F6")
    call = line.scene(lambda scene: scene.ring(journey.CALLER_NUMBER, "12356"))
    until(lambda: mask(journey.CALLER_NUMBER) in shown(app.parts.calls))
    assert state(app, call) is CallState.RINGING
    keys.press("F2")
    until(lambda: app.parts.note.note)
    assert state(app, call) is CallState.TALKING
    return call


def write_and_assess(app: App, until: journey.Until) -> None:
    """The note through its widgets, and the quick screen until it says R4."""
    keys = QtKeyboard(app.window)
    journey.write_note(keys)
    journey.screen(keys)
    until(lambda: app.parts.risk.level_code == Level.R4)


def three_talk(app: App, call: str, line: GatewayInThread, until: journey.Until) -> None:
    """One key brings in the police, who join."""
    station = app.station
    assert station
    journey.bring_in_police(QtKeyboard(app.window))
    until(lambda: station.calls.view.value.calls[0].parties)
    (party,) = station.calls.view.value.calls[0].parties
    line.scene(lambda scene: scene.party_rings(call, party))
    line.scene(lambda scene: scene.party_answers(call, party))
    until(lambda: station.calls.view.value.calls[0].parties[party].joined_at)
    # Back where it was: the next key must not press a button that only came next.
    focus = QApplication.focusWidget()
    assert focus
    assert app.parts.risk.isAncestorOf(focus)


def state(app: App, call: str) -> CallState | None:
    """What the program knows of a call."""
    calls = app.station.calls.view.value.calls if app.station else ()
    return next((one.state for one in calls if one.id == call), None)


def assert_unreadable(database: Path) -> None:
    """Without its key the file does not open, and no word of the call stands in it or beside it."""
    connection = sqlcipher3.connect(str(database))
    try:
        with pytest.raises(sqlcipher3.DatabaseError):
            connection.execute("SELECT count(*) FROM sqlite_master")
    finally:
        connection.close()
    kept = b"".join(path.read_bytes() for path in database.parent.iterdir() if path.is_file())
    for word in (*journey.WORDS, journey.CALLER_NUMBER):
        assert word.encode() not in kept


def assert_listed_after_restart(sign_in: Open, until: journey.Until) -> None:
    """The list of today holds the record, and it opens with its words."""
    app = sign_in(OPERATOR, "1001")
    keys = QtKeyboard(app.window)
    station = app.station
    assert station
    until(lambda: station.records.records.value)
    assert not app.parts.note.note, "a finished record is not offered again"
    keys.press("F9")
    until(app.parts.records.isVisible)
    until(lambda: "1" in shown(app.parts.records))
    keys.press("Return")
    until(lambda: app.parts.note.note)
    note = station.notes.desk.value.note
    assert note
    assert note.body.values["complaint"] == journey.COMPLAINT
    until(lambda: app.parts.risk.level_code == Level.R4)
    close(app)


def assert_lead_reads(sign_in: Open, until: journey.Until) -> None:
    """The lead's desk shows the card, and, as the record is an R4, all of it."""
    app = sign_in(LEAD, "1003")
    station = app.station
    assert station
    keys = QtKeyboard(app.window)
    until(lambda: station.lead.cards.value)
    (card,) = station.lead.cards.value
    assert (card.author, card.level, card.category) == (OPERATOR, Level.R4, journey.CATEGORY)
    if app.window.page is not Page.LEAD:
        keys.press("F10")
    until(lambda: app.window.page is Page.LEAD)
    until(lambda: "R4" in shown(app.parts.lead))
    keys.press("Tab", "Return")
    until(lambda: journey.COMPLAINT in shown(app.parts.lead))
    assert journey.LOG_LINE in shown(app.parts.lead)
