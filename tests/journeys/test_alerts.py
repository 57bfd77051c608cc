"""An alert at one console rings at a lead's, and that it was seen comes back: with either way alone."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from console.app import App, Given
from console.presenters import attention
from console.session.endpoint import Endpoints
from console.session.secret_store import NoSecretStore
from console.settings import Settings
from console.supervision.service import Watch
from models.alerts.alert import Cause
from models.calls.call import CallState
from models.calls.events import Watching
from models.clock import SystemClock
from models.people.operator import Role
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from models.shifts.duty import DutyState
from resources.texts import t
from tests.support.gateway import GatewayInThread, gateway_in_thread
from tests.support.hotline import PASSWORD, SITE, Hotline, found_hotline
from tests.support.keyboard import QtKeyboard
from widgets.base.tag import Tag
from widgets.main_window import Page
from widgets.session.view import SignIn

OPERATOR, LEAD = "zhang", "li"
PATIENCE_MS = 60_000
Until = Callable[[Callable[[], object]], None]


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    founded = found_hotline(tmp_path / "hotline")
    founded.add_operator(OPERATOR)
    founded.add_operator(LEAD, Role.LEAD)
    return founded


@pytest.fixture
def line(hotline: Hotline) -> Iterator[GatewayInThread]:
    with gateway_in_thread(SITE, public_key=hotline.public_key) as gateway:
        yield gateway


@pytest.fixture
def sounds(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The sounds that were played, in place of the machine's loudspeaker."""
    played: list[str] = []
    monkeypatch.setattr(attention, "_play", lambda _player, sound: played.append(sound.stem))
    return played


@dataclass
class Room:
    """An operator's and a lead's console in one process, each with its own window, disk and threads."""

    folder: Path
    line: GatewayInThread
    server: str
    stack: ExitStack
    server_runs: ExitStack
    until: Until
    apps: dict[str, App] = field(default_factory=dict)

    def sign_in(self, who: str, seat: str) -> App:
        settings = Settings(seat=seat, site=SITE, data=str(self.folder / who))
        places = Endpoints(self.server, self.line.url)
        app = App(settings, lambda: places, NoSecretStore(), SystemClock(), Given(who))
        self.stack.callback(close, app)
        app.start()
        app.parts.sign_in.sign_in_wanted.emit(SignIn(who, PASSWORD, seat))
        self.until(lambda: app.window.page is not Page.SIGN_IN)
        self.until(lambda: app.station and app.station.reach.value.up)
        self.apps[who] = app
        return app


def close(app: App) -> None:
    app.window.let_close()
    app.stop()
    app.window.deleteLater()


@pytest.fixture
def room(hotline: Hotline, line: GatewayInThread, tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    def until(condition: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    with ExitStack() as stack:
        server_runs = stack.enter_context(ExitStack())
        server = server_runs.enter_context(hotline.running("server"))
        yield Room(tmp_path, line, server, stack, server_runs, until)


def words(part: QWidget) -> str:
    return "\n".join(label.text() for label in part.findChildren(QLabel) if label.isVisible())


def assess_urgent(app: App) -> None:
    """Answered as in the panel: a plan within 72 hours."""
    app.parts.risk.answered.emit(Item.PLAN_72H, AskState.YES)


def acknowledge(room: Room, lead: App) -> None:
    """The lead's one key."""
    lead.window.activateWindow()
    room.until(lead.window.isActiveWindow)
    QtKeyboard(lead.window).press("Ctrl+K")
    room.until(lambda: not lead.window.alerts.isVisible())


def test_with_the_server_away_it_goes_through_the_gateway(room: Room, sounds: list[str]) -> None:
    operator, lead = room.sign_in(OPERATOR, "1001"), room.sign_in(LEAD, "1009")
    mine, theirs = operator.station, lead.station
    assert mine
    assert theirs
    room.server_runs.close()
    room.until(lambda: mine.shifts.view.value.mine)
    operator.parts.calls.state_wanted.emit(DutyState.READY, None)
    call = room.line.scene(lambda scene: scene.ring("13834400000", "12356"))
    room.until(lambda: [one.state for one in mine.calls.view.value.calls] == [CallState.RINGING])
    operator.parts.calls.answer_wanted.emit(call)
    room.until(lambda: mine.notes.desk.value.note)
    assess_urgent(operator)

    room.until(lead.window.alerts.isVisible)
    (alert,) = theirs.alerts.known.value.alerts.values()
    assert (alert.cause, alert.level, alert.call, alert.author) == (Cause.LEVEL, Level.R4, call, OPERATOR)
    assert OPERATOR in words(lead.window.alerts)
    assert "alert" in sounds
    assert not operator.window.alerts.isVisible()
    assert t("risk.alert_sent") in words(operator.parts.risk)

    acknowledge(room, lead)
    room.until(lambda: mine.alerts.known.value.seen(alert.id))
    (sight,) = mine.alerts.known.value.seen(alert.id)
    assert (sight.author, sight.name) == (LEAD, LEAD)
    room.until(lambda: LEAD in words(operator.parts.risk))
    assert t("risk.alert_sent") not in words(operator.parts.risk)


def test_with_the_gateway_away_it_goes_through_the_server(
    room: Room, hotline: Hotline, sounds: list[str]
) -> None:
    operator, lead = room.sign_in(OPERATOR, "1001"), room.sign_in(LEAD, "1009")
    mine, theirs = operator.station, lead.station
    assert mine
    assert theirs
    room.line.stop()
    room.until(lambda: mine.reach.value.up is False and theirs.reach.value.up is False)
    operator.parts.calls.open_by_hand_wanted.emit("")
    room.until(lambda: mine.notes.desk.value.note)
    assess_urgent(operator)

    room.until(lead.window.alerts.isVisible)
    (alert,) = theirs.alerts.known.value.alerts.values()
    assert (alert.cause, alert.level, alert.author) == (Cause.LEVEL, Level.R4, OPERATOR)
    assert "alert" in sounds
    acknowledge(room, lead)
    room.until(lambda: mine.alerts.known.value.seen(alert.id))
    room.until(lambda: LEAD in words(operator.parts.risk))
    assert [one["id"] for one in hotline.records("alert") if one["call"] == alert.call] == [alert.id]

    # The gateway comes back and hears the same: it stays one alert, and rings nobody again.
    count = len(sounds)
    room.line.start()
    room.until(lambda: mine.reach.value.up and theirs.reach.value.up)
    operator.parts.calls.supervised.help_wanted.emit(alert.call)
    room.until(lead.window.alerts.isVisible)
    waiting = theirs.alerts.known.value.waiting(theirs.identity.operator)
    assert [one.cause for one in waiting] == [Cause.HELP]
    assert len(theirs.alerts.known.value.alerts) == 2
    assert len(sounds) > count


def test_a_lead_who_looks_into_it_sees_the_risk_and_listens(room: Room, sounds: list[str]) -> None:
    operator, lead = room.sign_in(OPERATOR, "1001"), room.sign_in(LEAD, "1009")
    mine, theirs = operator.station, lead.station
    assert mine
    assert theirs
    room.until(lambda: mine.shifts.view.value.mine)
    operator.parts.calls.state_wanted.emit(DutyState.READY, None)
    call = room.line.scene(lambda scene: scene.ring("13834400000", "12356"))
    room.until(lambda: [one.state for one in mine.calls.view.value.calls] == [CallState.RINGING])
    operator.parts.calls.answer_wanted.emit(call)
    room.until(lambda: mine.notes.desk.value.note)

    # Nothing alarming was found; the operator calls for help all the same.
    operator.parts.risk.answered.emit(Item.IDEATION_2W, AskState.YES)
    operator.parts.calls.supervised.help_wanted.emit(call)
    room.until(lead.window.alerts.isVisible)
    assert t("alerts.help") in [tag.text() for tag in lead.window.alerts.findChildren(Tag)]
    (alert,) = theirs.alerts.known.value.waiting(theirs.identity.operator)
    lead.window.alerts.look_wanted.emit(alert.id, alert.note)
    room.until(lambda: lead.parts.live.made.level_code == "R2")
    assert lead.window.page is Page.LEAD
    room.until(lambda: LEAD in words(operator.parts.calls.supervised))
    # What is found further on comes before the lead by itself.
    assess_urgent(operator)
    room.until(lambda: lead.parts.live.made.level_code == "R4")

    lead.parts.lead.watch_wanted.emit(call, Watching.LISTEN)
    room.until(lambda: theirs.supervision.watch.value == Watch(call, Watching.LISTEN))
    room.until(lambda: t("lead.part_listen") in words(lead.parts.lead))
    supervised = operator.parts.calls.supervised
    room.until(lambda: t("calls.watched_listen") in [tag.text() for tag in supervised.findChildren(Tag)])
    lead.parts.lead.take_over_wanted.emit(call)
    room.until(lambda: [one.holder for one in theirs.calls.view.value.calls] == ["1009"])
    room.until(lambda: theirs.supervision.watch.value == Watch())
    assert "alert" in sounds
