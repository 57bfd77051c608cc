"""A mother calls about her daughter, who then calls herself: two notes at once, through a kill, by keys."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import IO

import pytest
from pytestqt.qtbot import QtBot

from console.app import App, Given
from console.session.endpoint import Endpoints
from console.session.secret_store import NoSecretStore
from console.settings import Settings
from models.calls.call import CallState
from models.clock import SystemClock
from server.gateway.exchange.scene import Scene
from tests.journeys.two_notes import (
    DAUGHTER,
    HER_LINE,
    HER_WORDS,
    MOTHER,
    OWN_LINE,
    OWN_MORE,
    OWN_WORDS,
    SUICIDAL,
    THIRD_PARTY,
    Side,
    Until,
)
from tests.support.gateway import GatewayInThread, gateway_in_thread
from tests.support.hotline import PASSWORD, SITE, Hotline, found_hotline
from tests.support.processes import ended

OPERATOR, SEAT = "zhang", "1001"
PATIENCE_MS = 60_000
ROOT = Path(__file__).resolve().parents[2]
MARKED = "哭泣"


@pytest.fixture
def hotline(tmp_path: Path) -> Hotline:
    founded = found_hotline(tmp_path / "hotline")
    founded.add_operator(OPERATOR)
    return founded


@pytest.fixture
def line(hotline: Hotline) -> Iterator[GatewayInThread]:
    with gateway_in_thread(SITE, public_key=hotline.public_key) as gateway:
        yield gateway


@pytest.fixture
def until(qtbot: QtBot) -> Until:
    def until(condition: Callable[[], object]) -> None:
        qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    return until


def test_two_notes_at_once_keep_apart_and_outlive_the_program(
    hotline: Hotline, line: GatewayInThread, tmp_path: Path, until: Until
) -> None:
    data = tmp_path / "workstation"
    with hotline.running("server") as server:
        calls = written_until_killed(server, line, data)
        settings = Settings(seat=SEAT, site=SITE, data=str(data))
        app = App(
            settings, lambda: Endpoints(server, line.url), NoSecretStore(), SystemClock(), Given(OPERATOR)
        )
        app.start()
        try:
            side = Side(app, until)
            both_are_there(side, until)
            each_keeps_its_own(side, until)
            hers_is_handed_in(side, hotline, until)
            the_other_goes_on(side, line, calls[DAUGHTER], until)
            own_is_handed_in(side, hotline, until)
        finally:
            app.window.let_close()
            app.stop()
    assert_records(hotline)


def written_until_killed(server: str, line: GatewayInThread, data: Path) -> dict[str, str]:
    """Both calls at a console of its own, until it is killed while the second is talking; their ids."""
    command = [
        sys.executable,
        "-m",
        "tests.journeys.two_notes_console",
        server,
        line.url,
        str(data),
        OPERATOR,
    ]
    calls: dict[str, str] = {}
    with ended(subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)) as console:
        assert console.stdout
        for number in (MOTHER, DAUGHTER):
            assert told(console.stdout) == {"rings": number}
            calls[number] = line.scene(partial(_ring, number))
            if number == MOTHER:
                assert told(console.stdout) == {"hangs_up": MOTHER}
                line.scene(lambda scene: scene.caller_hangs_up(calls[MOTHER]))
        assert told(console.stdout) == {"saved": True}
        console.kill()
    return calls


def _ring(number: str, scene: Scene) -> str:
    return scene.ring(number, "12356")


def told(output: IO[str]) -> object:
    return json.loads(output.readline())


def both_are_there(side: Side, until: Until) -> None:
    """Sign in again: the call that runs has its note in front, the other note lies beside it."""
    app = side.app
    app.window.activateWindow()
    until(app.window.isActiveWindow)
    side.keys.write(PASSWORD)
    side.keys.press("Return")
    until(lambda: app.station and app.station.notes.desk.value.beside and app.parts.note.note)
    until(lambda: side.state(DAUGHTER) is CallState.TALKING)
    assert side.front.body.category == SUICIDAL
    until(lambda: app.parts.risk.level_code == "R4")


def each_keeps_its_own(side: Side, until: Until) -> None:
    """Round both by the key: words, lines, mark and level of each, and a further answer goes to its own."""
    assert [one.text for one in side.front.body.log] == [OWN_LINE, OWN_MORE]
    side.go_round()
    until(lambda: side.app.parts.risk.level_code == "R2")
    hers = side.front.body
    assert (hers.category, hers.values["complaint"]) == (THIRD_PARTY, HER_WORDS)
    assert [one.text for one in hers.log] == [HER_LINE, MARKED]
    side.keys.press("F5", "Y")
    side.go_round()
    until(lambda: side.app.parts.risk.level_code == "R4")
    assert side.front.body.values["complaint"] == OWN_WORDS
    side.go_round()


def hers_is_handed_in(side: Side, hotline: Hotline, until: Until) -> None:
    """The mother's record goes, incomplete as it is; the daughter's stays a draft."""
    note = side.front.id
    side.keys.press("Ctrl+Return", "Ctrl+Return")
    until(lambda: side.app.parts.note.note != note)
    until(lambda: {one["id"]: one["state"] for one in hotline.records("note")}.get(note) == "finished")
    assert sorted(one["state"] for one in hotline.records("note")) == ["draft", "finished"]


def the_other_goes_on(side: Side, line: GatewayInThread, call: str, until: Until) -> None:
    """The daughter's call runs on, her note is brought to the front and written in; then she hangs up."""
    if not side.app.parts.note.note:
        side.go_round()
    assert side.state(DAUGHTER) is CallState.TALKING
    assert side.front.body.values["complaint"] == OWN_WORDS
    until(lambda: side.app.parts.risk.level_code == "R4")
    side.keys.press("F5", "Y")
    line.scene(lambda scene: scene.caller_hangs_up(call))
    until(lambda: side.state(DAUGHTER) in (CallState.ENDED, None))


def own_is_handed_in(side: Side, hotline: Hotline, until: Until) -> None:
    """The second one too: the desk is empty."""
    side.keys.press("Ctrl+Return", "Ctrl+Return")
    until(lambda: not side.app.parts.note.note)
    until(lambda: [one["state"] for one in hotline.records("note")] == ["finished"] * 2)


def assert_records(hotline: Hotline) -> None:
    """At the server each person has what was said in the own call, and nothing of the other."""
    notes = {one["body"]["category"]: one for one in hotline.records("note")}
    hers, own = notes[THIRD_PARTY], notes[SUICIDAL]
    assert (hers["body"]["values"]["complaint"], own["body"]["values"]["complaint"]) == (HER_WORDS, OWN_WORDS)
    assert [one["text"] for one in hers["body"]["log"]] == [HER_LINE, MARKED]
    assert [one["text"] for one in own["body"]["log"]] == [OWN_LINE, OWN_MORE]
    assessed = {one["note"]: one for one in hotline.records("risk")}
    assert len(assessed) == len(hotline.records("risk")) == 2
    answers = {
        kind: [(one["item"], one["state"]) for one in assessed[notes[kind]["id"]]["answers"]]
        for kind in notes
    }
    assert [state for _, state in answers[THIRD_PARTY]] == ["no"] * 5 + ["yes"] * 2
    assert [state for _, state in answers[SUICIDAL]] == ["no", "yes", "yes"]
