"""Whole calls by keys alone through the real window, server and gateway; how many keys they take."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from console.app import App, Given
from console.session.endpoint import Endpoints
from console.session.secret_store import NoSecretStore
from console.settings import Settings
from models.cases.closing import RecordState
from models.clock import SystemClock
from models.risk.trail import Phase
from tests.journeys import keyed
from tests.journeys.keyed import Keyed
from tests.support.gateway import gateway_in_thread
from tests.support.hotline import PASSWORD, SITE, Hotline, found_hotline
from widgets.records.state import state_text

OPERATOR = "zhang"
PATIENCE_MS = 30_000
MOST_R4_KEYS, MOST_S5_KEYS = 65, 3


@pytest.fixture(scope="module")
def hotline(tmp_path_factory: pytest.TempPathFactory) -> Hotline:
    founded = found_hotline(tmp_path_factory.mktemp("keyed") / "hotline")
    founded.add_operator(OPERATOR)
    return founded


@pytest.fixture
def desk(hotline: Hotline, tmp_path: Path, qtbot: QtBot) -> Iterator[Keyed]:
    """An operator who is ready for calls."""

    def until(condition: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    with ExitStack() as running:
        server = running.enter_context(hotline.running("server"))
        line = running.enter_context(gateway_in_thread(SITE, public_key=hotline.public_key))
        settings = Settings(seat="1001", site=SITE, data=str(tmp_path / "workstation"))
        given = Given(OPERATOR, lambda: PASSWORD)
        app = App(settings, lambda: Endpoints(server, line.url), NoSecretStore(), SystemClock(), given)
        app.start()
        running.callback(_end, app)
        until(lambda: app.station is not None and app.station.shifts.view.value.mine)
        app.window.activateWindow()
        until(lambda: QGuiApplication.focusWindow() is app.window.windowHandle())
        desk = Keyed(app, line, until)
        desk.keys.press("F6")
        desk.keys.pressed.clear()
        yield desk


def _end(app: App) -> None:
    app.window.let_close()
    app.stop()
    app.window.deleteLater()


def test_a_plan_within_72_hours_is_recorded_whole_by_keys_alone(desk: Keyed, hotline: Hotline) -> None:
    count = desk.plan_within_72_hours("13834400001")

    def done() -> list[Any]:
        """The server knows the notes of the other calls too."""
        finished = [one for one in hotline.records("note") if one["state"] == "finished"]
        return [one for one in finished if one["body"]["category"] == "C3"]

    desk.until(done)
    (note,) = done()
    (assessment,) = [one for one in hotline.records("risk") if one["note"] == note["id"]]
    (referral,) = hotline.records("referral")
    assert {one["item"]: one["state"] for one in assessment["answers"]} == dict(
        zip(
            ("acting", "plan_72h", "plan_week", "plan", "attempt_2w", "ideation_2w", "means"),
            ("no", "yes", "yes", "no", "no", "yes", "yes"),
            strict=True,
        )
    )
    rated = {(one["dial"], one["phase"]): str(one["value"]) for one in assessment["ratings"]}
    dials = ("distress", "hope", "intent")
    assert rated == {
        **{(dial, Phase.BEFORE): value for dial, value in zip(dials, keyed.BEFORE, strict=True)},
        **{(dial, Phase.AFTER): value for dial, value in zip(dials, keyed.AFTER, strict=True)},
    }
    assert referral["target"] == "f110"
    accepted = [one for one in referral["timeline"] if one["step"] == "accepted"]
    assert [one["detail"] for one in accepted] == [keyed.RECEIPT]
    assert not note["incomplete_reason"]
    assert desk.listed_state() == state_text(RecordState.COMPLETE)
    assert count <= MOST_R4_KEYS, (count, desk.keys.pressed)


def test_a_wrong_number_is_three_keys(desk: Keyed, hotline: Hotline) -> None:
    count = desk.wrong_number("13834400002")
    desk.until(lambda: [one for one in hotline.records("note") if one["body"]["category"] == "S5"])
    assert count <= MOST_S5_KEYS, desk.keys.pressed


def test_the_key_for_a_wrong_number_never_changes_what_was_chosen(desk: Keyed) -> None:
    desk.ring_and_answer("13834400003")
    station = desk.app.station
    assert station
    desk.keys.press("Ctrl+J", "Home", "Down", "Down", "Down")
    desk.until(lambda: station.notes.desk.value.note and station.notes.desk.value.note.body.category)
    chosen = station.notes.desk.value.note.body.category if station.notes.desk.value.note else ""
    desk.keys.press("Ctrl+W", "F5", "N")
    desk.until(lambda: station.risk.assessment.value and station.risk.assessment.value.answers)
    note = station.notes.desk.value.note
    assert note
    assert note.body.category == chosen == "C3"
