"""A conversation on the real exchange is recorded, locked away, kept by the server and heard in a console."""

import array
import stat
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from console.app import App, Given
from console.session.endpoint import Endpoints
from console.session.secret_store import NoSecretStore
from console.settings import Settings
from console.workstation import Workstation
from models.calls.call import Call, CallState
from models.calls.events import Taping
from models.clock import SystemClock
from models.shifts.duty import DutyState
from resources.texts import t
from server.central.config import read_config
from server.central.serving import open_made_database
from server.central.storage.tables import access_log, recording
from tests.exchange.stretches import stretches
from tests.support.callbook import callbook
from tests.support.exchange import Exchange
from tests.support.hotline import PASSWORD, SITE, Hotline, let_everybody_in
from tests.support.parties import Party
from tests.support.tones import CALLER, OPERATOR
from widgets.base.buttons import KeyButton
from widgets.recordings.bar import RecordingBar

pytestmark = [pytest.mark.exchange, pytest.mark.postgres]
PATIENCE_MS = 60_000
SECOND = 16_000  # bytes of 16-bit sound at 8 kHz
RATE = 8000


class Room:
    """A console at seat 1001 of a hotline that records."""

    def __init__(self, app: App, qtbot: QtBot, monitor: Path) -> None:
        self.app = app
        self._qtbot = qtbot
        self._monitor = monitor

    @property
    def station(self) -> Workstation:
        assert self.app.station
        return self.app.station

    @property
    def call(self) -> Call | None:
        return next(iter(self.station.calls.view.value.calls), None)

    @property
    def tape(self) -> Taping | None:
        """What the console knows of the recording."""
        return self.call.tape.state if self.call and self.call.tape else None

    @property
    def bar(self) -> RecordingBar:
        """The one in the view of the note on the desk."""
        return self.app.parts.recordings[0]

    def until(self, fits: object) -> None:
        assert callable(fits)
        self._qtbot.waitUntil(fits, timeout=PATIENCE_MS)

    def wish(self, act: object) -> None:
        assert callable(act)
        self.app.bridge.wish(lambda: self.station.spawn(act()))

    def recorded(self, seconds: float) -> None:
        """Wait until so much more of the conversation was written."""
        before = self.written()
        self.until(lambda: self.written() >= before + seconds * SECOND)

    def written(self) -> int:
        """Bytes of the conversation until now."""
        return sum(path.stat().st_size for path in self._monitor.glob("*.wav"))

    def press(self, word: str) -> None:
        for one in self.bar.findChildren(KeyButton):
            if one.text() == t(f"recordings.{word}") and one.isVisible() and one.isEnabled():
                one.click()
                return

    def sees(self, word: str) -> bool:
        buttons = self.bar.findChildren(KeyButton)
        return any(one.text() == t(f"recordings.{word}") and one.isVisible() for one in buttons)


@pytest.fixture
def loudspeaker(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the workstation's player was given to play, and nothing else of it."""
    heard, programs = tmp_path / "heard", tmp_path / "programs"
    programs.mkdir()
    player = programs / "paplay"
    body = f"import sys\nopen({str(heard)!r}, 'wb').write(sys.stdin.buffer.read())\n"
    player.write_text(f"#!{sys.executable}\n{body}")
    player.chmod(player.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", str(programs), prepend=":")
    return heard


@pytest.fixture
def hotline(exchange: Exchange, postgres_database: str, tmp_path: Path) -> Hotline:
    hotline = callbook(tmp_path / "hotline", postgres_database)
    let_everybody_in(hotline.folder)
    hotline.add_operator("zhang")
    hotline.join(exchange)
    with (hotline.folder / "gateway.toml").open("a") as settings:
        settings.write(f'recordings = "{exchange.folder / "spool/monitor"}"\n')
    return hotline


@pytest.fixture
def room(hotline: Hotline, exchange: Exchange, tmp_path: Path, qtbot: QtBot) -> Iterator[Room]:
    exchange.ask("dialplan set global XINQIAO_RECORD yes")
    monitor = exchange.folder / "spool/monitor"
    monitor.mkdir(exist_ok=True)
    for left in monitor.glob("*.wav"):
        left.unlink()
    with ExitStack() as running:
        running.callback(exchange.ask, "dialplan set global XINQIAO_RECORD no")
        urls = [running.enter_context(hotline.running(name)) for name in ("server", "gateway")]
        settings = Settings(seat="1001", site=SITE, data=str(tmp_path / "workstation"))
        given = Given("zhang", lambda: PASSWORD)
        app = App(settings, lambda: Endpoints(*urls), NoSecretStore(), SystemClock(), given)
        app.start()
        try:
            room = Room(app, qtbot, monitor)
            room.until(lambda: app.station is not None and app.station.reach.value.up)
            yield room
        finally:
            app.window.let_close()
            app.stop()


def test_from_the_dial_plan_to_the_ear(
    room: Room,
    exchange: Exchange,
    hotline: Hotline,
    loudspeaker: Path,
    caller: Party,
    operator_phone: Party,
    tmp_path: Path,
) -> None:
    longest = talk(room, caller, operator_phone)
    monitor = exchange.folder / "spool/monitor"
    room.until(lambda: not list(monitor.glob("*.wav")))
    room.until(lambda: look_again(room))
    room.press("listen")
    room.press("why_review")
    room.until(lambda: room.sees("again"))
    both = {CALLER, OPERATOR}
    assert stretches(array.array("h", loudspeaker.read_bytes()), RATE) == [both, set(), both]
    assert_kept_and_logged(hotline, longest)
    assert_nowhere_in_clear(loudspeaker.read_bytes(), hotline.folder, tmp_path / "workstation", monitor)


def talk(room: Room, caller: Party, operator_phone: Party) -> float:
    """Both are heard for two seconds, nobody is for two, then both again; how long the pause is at most."""
    line = room.station.line
    room.wish(lambda: room.station.set_duty(DutyState.READY, None))
    caller.dial("12356")
    room.until(lambda: room.call is not None and room.call.state is CallState.RINGING)
    call = room.call
    assert call
    room.wish(lambda: line.answer(call.id))
    room.until(lambda: operator_phone.told("talking"))
    operator_phone.wait_hears(CALLER)
    caller.wait_hears(OPERATOR)
    room.recorded(2)
    before = room.written()
    room.wish(lambda: line.tape(call.id, False))
    room.until(lambda: room.tape is Taping.PAUSED)
    room.recorded(2.5)
    room.wish(lambda: line.tape(call.id, True))
    room.until(lambda: room.tape is Taping.ON)
    longest = (room.written() - before) / SECOND
    room.recorded(2)
    room.wish(lambda: line.hang_up(call.id))
    caller.wait_for("closed")
    return longest


def look_again(room: Room) -> bool:
    room.press("look_again")
    return room.sees("listen")


def assert_kept_and_logged(hotline: Hotline, longest: float) -> None:
    engine = open_made_database(read_config(hotline.folder))
    try:
        with engine.connect() as connection:
            (label,) = connection.scalars(select(recording.c.label)).all()
            logged = connection.execute(
                select(access_log.c.actor, access_log.c.feed).where(access_log.c.act == "played")
            ).all()
    finally:
        engine.dispose()
    ((start, end),) = [(one["start"], one["end"]) for one in label["silent"]]
    # The exchange writes to its file now and then: what is in it is behind by a part of a second.
    assert 2.0 <= end - start <= longest + 1.5
    assert [tuple(row) for row in logged] == [("zhang", "review")]


def assert_nowhere_in_clear(sound: bytes, *folders: Path) -> None:
    pieces = [
        sound[at : at + 64] for at in range(SECOND // 4, len(sound), SECOND) if any(sound[at : at + 64])
    ]
    assert pieces
    for folder in folders:
        for path in folder.rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            assert not any(piece in content for piece in pieces), path
