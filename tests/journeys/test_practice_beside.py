"""Somebody practises while a real call is on the line: what counts or lists shows the real one only."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import httpx2
import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.app import App, Given
from console.session.endpoint import Endpoints
from console.session.secret_store import NoSecretStore
from console.settings import Settings
from models.calls.call import CallState
from models.calls.events import Origin
from models.clock import SystemClock
from models.people.operator import Role
from models.practice.sheet import Outcome
from models.risk.level import Level
from resources.practice.scripts import shipped
from resources.texts import t
from tests.journeys import journey
from tests.journeys.test_simulated_call import three_talk
from tests.journeys.two_notes import Side
from tests.support.gateway import GatewayInThread, gateway_in_thread
from tests.support.hotline import PASSWORD, SITE, Hotline, found_hotline
from tests.support.keyboard import QtKeyboard
from tests.support.processes import ended
from widgets.lead.notes import ShiftNotes
from widgets.main_window import Page
from widgets.session.practice import PracticeMark

OPERATOR, LEAD = "zhang", "li"
PATIENCE_MS = 60_000
SECONDS = 20
ROOT = Path(__file__).resolve().parents[2]
COUNTED = ("call", "note", "risk", "referral", "alert", "callback", "followup", "person", "case", "contact")
BRIDGE = next(script for script in shipped() if script.id == "bridge")

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("practice")]


@dataclass
class Practice:
    """The program of practice beside; `server` is its own."""

    said: IO[str]
    orders: IO[str]
    server: str = ""

    def begin(self, script: str) -> None:
        self.orders.write(f"{script}\n")
        self.orders.flush()

    def told(self) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.said.readline())
        return told


@dataclass
class Hall:
    """A hotline at work and a window of practice on one machine, each with its own server and exchange."""

    hotline: Hotline
    line: GatewayInThread
    server: str
    sign_in: Callable[[str, str], App]
    practice: Practice
    until: journey.Until

    def figures(self, server: str) -> dict[str, float]:
        page = httpx2.get(f"{server}/metrics", trust_env=False, timeout=SECONDS).text
        rows = (line.rsplit(" ", 1) for line in page.splitlines() if not line.startswith("#"))
        return {name: float(value) for name, value in rows}

    def operations(self, server: str) -> float:
        named = self.figures(server).items()
        return sum(value for name, value in named if name.startswith("xinqiao_operations_total"))

    def settled(self, app: App) -> None:
        """Everything that the real operator did is at the server."""
        station, hotline = app.station, self.hotline
        assert station
        self.until(lambda: [len(one["answers"]) for one in hotline.records("risk")] == [2])
        self.until(
            lambda: [one["body"]["log"][0]["text"] for one in hotline.records("note")] == [journey.LOG_LINE]
        )
        self.until(lambda: hotline.records("alert"))
        self.until(lambda: station.standing.outstanding.value.count == 0)


def close(app: App) -> None:
    if app.io.loop.is_closed():
        return
    app.window.let_close()
    app.stop()
    app.window.deleteLater()


def words(part: QWidget) -> str:
    labels = [label.text() for label in part.findChildren(QLabel)]
    return "\n".join([*labels, *(one.accessibleName() for one in part.findChildren(QWidget))])


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    command = [sys.executable, "-m", "tests.journeys.practising_console", str(tmp_path / "practice")]
    pipe = subprocess.PIPE
    with ended(subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True)) as console:
        assert console.stdout
        assert console.stdin
        one = Practice(console.stdout, console.stdin)
        one.server = one.told()["ready"]
        yield one
        console.stdin.close()
        console.wait(SECONDS)


@pytest.fixture
def hall(practice: Practice, tmp_path: Path, qtbot: QtBot) -> Iterator[Hall]:
    def until(condition: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    hotline = found_hotline(tmp_path / "hotline")
    hotline.add_operator(OPERATOR)
    hotline.add_operator(LEAD, Role.LEAD)
    with ExitStack() as running:
        server = running.enter_context(hotline.running("server"))
        line = running.enter_context(gateway_in_thread(SITE, public_key=hotline.public_key))
        places = Endpoints(server, line.url)

        def signed_in(who: str, seat: str) -> App:
            settings = Settings(seat=seat, site=SITE, data=str(tmp_path / who))
            app = App(settings, lambda: places, NoSecretStore(), SystemClock(), Given(who, lambda: PASSWORD))
            running.callback(close, app)
            app.start()
            app.window.activateWindow()
            until(app.window.isActiveWindow)
            until(lambda: app.window.page is not Page.SIGN_IN)
            until(lambda: app.station and app.station.reach.value.up)
            return app

        yield Hall(hotline, line, server, signed_in, practice, until)


def begin_real_call(hall: Hall, app: App) -> tuple[str, QtKeyboard]:
    """A caller of the line is answered, written about and assessed as R4."""
    side = Side(app, hall.until)
    side.ready()
    call = hall.line.scene(lambda scene: scene.ring(journey.CALLER_NUMBER, "12356"))
    side.take(journey.CALLER_NUMBER)
    keys = side.keys
    journey.write_note(keys)
    journey.screen(keys)
    hall.until(lambda: app.parts.risk.level_code == Level.R4)
    return call, keys


def finish_real_call(hall: Hall, app: App, call: str, keys: QtKeyboard) -> None:
    station = app.station
    assert station
    three_talk(app, call, hall.line, hall.until)
    keys.press("Ctrl+F2")
    hall.until(lambda: all(one.state is CallState.ENDED for one in station.calls.view.value.calls))
    journey.finish(keys)
    hall.until(lambda: not app.parts.note.note)
    hall.until(lambda: any(note["state"] == "finished" for note in hall.hotline.records("note")))
    hall.until(lambda: all(one["ended_at"] for one in hall.hotline.records("call")))
    hall.settled(app)


def test_a_practice_call_to_its_end_beside_a_real_one_is_in_no_figure(hall: Hall) -> None:
    operator = hall.sign_in(OPERATOR, "1001")
    call, keys = begin_real_call(hall, operator)
    hall.settled(operator)
    before, practised_before = hall.operations(hall.server), hall.operations(hall.practice.server)
    hall.practice.begin(BRIDGE.id)
    sheet = hall.practice.told()
    assert (sheet["level"], sheet["as_key"], sheet["marked"]) == (Level.R4, Outcome.AS_KEY, True)
    # The practice call went the whole way, and not one act of it came to the server of the hotline.
    assert hall.operations(hall.practice.server) > practised_before
    assert hall.operations(hall.server) == before
    finish_real_call(hall, operator, call, keys)
    the_server_has_the_real_one(hall, call)
    the_workstation_has_the_real_one(operator, call, sheet["calls"].split())
    the_figures_tell_practice_apart(hall)
    close(operator)
    the_lead_sees_the_real_one(hall, call)


def the_server_has_the_real_one(hall: Hall, call: str) -> None:
    kept = {kind: hall.hotline.records(kind) for kind in COUNTED}
    journey.assert_record(*(kept[kind] for kind in journey.KINDS))
    assert [(one["id"], one["origin"]) for one in kept["call"]] == [(call, Origin.LINE)]
    assert {one["call"] for one in kept["alert"]} == {call}


def the_lead_sees_the_real_one(hall: Hall, call: str) -> None:
    app = hall.sign_in(LEAD, "1009")
    station = app.station
    assert station
    hall.until(lambda: [one.state for one in station.lead.cards.value] == ["finished"])
    (card,) = station.lead.cards.value
    assert (card.author, card.level) == (OPERATOR, Level.R4)
    assert station.lead.missed.value == ()
    assert {one.call for one in station.alerts.known.value.alerts.values()} == {call}
    assert {duty.operator for duty in station.shifts.view.value.seats.values() if duty.operator} <= {
        OPERATOR,
        LEAD,
    }
    if app.window.page is not Page.LEAD:
        QtKeyboard(app.window).press("F10")
    hall.until(lambda: app.window.page is Page.LEAD)
    (board,) = app.parts.lead.findChildren(ShiftNotes)
    hall.until(lambda: "R4" in words(board))
    shown = words(app.window)
    assert OPERATOR in shown
    for word in (BRIDGE.caller.zh, BRIDGE.title.zh, t("server.practice_operator")):
        assert word not in shown


def the_workstation_has_the_real_one(app: App, call: str, practised: list[str]) -> None:
    """Of both programs on one machine each lists its own, and the one of practice says what it is."""
    assert app.station
    assert [card.call.id for card in app.station.records.records.value if card.call] == [call]
    assert practised
    assert call not in practised
    assert not app.window.findChildren(PracticeMark)


def the_figures_tell_practice_apart(hall: Hall) -> None:
    assert hall.figures(hall.server)["xinqiao_practice"] == 0.0
    assert hall.figures(hall.practice.server)["xinqiao_practice"] == 1.0
    assert 'xinqiao_operations_total{outcome="practice"}' not in hall.figures(hall.server)
