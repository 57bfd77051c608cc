"""The telephone whose program falls, says nonsense or is never there, or whose secret store waits."""

import json
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from pytestqt.qtbot import QtBot

from console.presenters.softphone import SoftphonePresenter
from console.runtime.io_thread import IoThread
from console.runtime.problems import Problems
from console.session.secret_store import Found, Trouble
from console.settings import Settings
from console.softphone.start import socket_name
from models.clock import SystemClock
from models.softphone.devices import Choice
from tests.console.presenters.conftest import Stage
from widgets.softphone.bar import PhoneBar
from widgets.softphone.panel import PhonePanel
from widgets.softphone.view import Standing

_LIMIT_MS = 30_000


class Secrets:
    """A secret store that answers at once, or once it is let."""

    def __init__(self) -> None:
        self.answer: Found | Trouble = Found(b"a password")
        self.lets = threading.Event()
        self.lets.set()

    def read(self, name: str) -> Found | Trouble:
        assert name
        self.lets.wait()
        return self.answer

    def write(self, name: str, secret: bytes) -> Trouble | None:
        raise AssertionError((name, len(secret)))


class Program:
    """The place where the program of the telephone listens, and what it was told."""

    def __init__(self, folder: Path) -> None:
        self._name = socket_name(folder)
        self.server = QLocalServer()
        self.server.newConnection.connect(self._come)
        self.sockets: list[QLocalSocket] = []
        self.orders: list[dict[str, object]] = []

    def start(self) -> None:
        QLocalServer.removeServer(self._name)
        assert self.server.listen(self._name)

    def say(self, line: bytes) -> None:
        self.sockets[-1].write(line + b"\n")
        self.sockets[-1].flush()

    def tell(self, news: str, **more: object) -> None:
        self.say(json.dumps({"news": news, **more}).encode())

    def fall(self) -> None:
        self.server.close()
        for socket in self.sockets:
            socket.abort()

    def told(self, order: str) -> list[dict[str, object]]:
        return [one for one in self.orders if one["order"] == order]

    def _come(self) -> None:
        socket = self.server.nextPendingConnection()
        self.sockets.append(socket)
        socket.readyRead.connect(lambda: self._hear(socket))

    def _hear(self, socket: QLocalSocket) -> None:
        while socket.canReadLine():
            self.orders.append(json.loads(bytes(socket.readLine().data())))


class Desk:
    """A window with a telephone."""

    def __init__(self, stage: Stage, folder: Path, qtbot: QtBot) -> None:
        self.qtbot, self.folder = qtbot, folder
        self.secrets, self.program = Secrets(), Program(folder)
        self.io = IoThread()
        self.io.start()
        self.problems = Problems(SystemClock())
        settings = Settings(softphone="wss://exchange.example/ws", seat="1004", data=str(folder))
        self.phone = SoftphonePresenter(settings, self.io, self.problems, self.secrets)
        self.phone.attach(stage.parts.window)
        (self.bar,) = stage.parts.window.findChildren(PhoneBar)
        (self.panel,) = stage.parts.window.findChildren(PhonePanel)

    def wait(self, fits: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(fits()), timeout=_LIMIT_MS)

    @property
    def codes(self) -> set[str]:
        return {one.code for one in self.problems.store.value}

    @property
    def standing(self) -> Standing:
        return self.phone._standing()

    def up(self) -> None:
        """The telephone is at the exchange."""
        self.program.start()
        self.phone.start()
        self.wait(lambda: self.program.told("choose"))
        self.program.tell("line", registered=True)
        self.wait(lambda: self.standing is Standing.READY)


@pytest.fixture
def desk(stage: Stage, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setattr("console.presenters.softphone.installed", lambda: True)
    # What is started where none is found ends at once; none is found where the test has none.
    monkeypatch.setattr(sys, "executable", "/bin/true")
    one = Desk(stage, tmp_path, qtbot)
    try:
        yield one
    finally:
        one.secrets.lets.set()
        one.phone.stop()
        one.program.fall()
        one.io.stop()


def test_the_program_is_told_whose_telephone_it_is_and_a_conversation_is_shown(desk: Desk) -> None:
    desk.up()
    (told,) = desk.program.told("be")
    assert (told["seat"], told["password"]) == ("1004", "a password")
    desk.program.tell("call", state="talking", dialog={"id": "d"})
    desk.wait(lambda: desk.phone.talks)
    assert desk.standing is Standing.TALKING
    assert desk.codes == set()


unreadable = pytest.mark.expects_log("the telephone told something that cannot be read")


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(b"no json", marks=unreadable),
        pytest.param(b'{"news": "trouble", "code": "of_tomorrow", "stands": true}', marks=unreadable),
        pytest.param(b'{"news": "call"}', marks=unreadable),
        pytest.param(b"[1]", marks=unreadable),
        b'{"news": "\xff\xfe"}',
        b'{"news": "of_tomorrow"}',
    ],
)
def test_a_line_that_cannot_be_read_takes_none_of_the_next_away(desk: Desk, line: bytes) -> None:
    desk.up()
    desk.program.say(line)
    desk.program.tell("call", state="ringing", dialog=None)
    desk.wait(lambda: desk.standing is Standing.RINGING)


def test_a_program_that_falls_is_told_and_brought_back_into_its_conversation(desk: Desk) -> None:
    desk.up()
    desk.program.tell("trouble", code="no_microphone", stands=True)
    desk.program.tell("call", state="talking", dialog={"id": "d"})
    desk.wait(lambda: desk.codes == {"softphone_no_microphone"})
    desk.program.fall()
    desk.wait(lambda: desk.codes == {"softphone_ended"})
    assert desk.standing is Standing.STARTING
    desk.program.start()
    desk.wait(lambda: desk.program.told("resume"))
    assert desk.program.told("resume") == [{"order": "resume", "dialog": {"id": "d"}}]
    desk.wait(lambda: desk.codes == set())


def test_a_program_that_never_comes_is_told(desk: Desk) -> None:
    desk.phone._patience.setInterval(0)
    desk.phone.start()
    desk.wait(lambda: desk.codes == {"softphone_ended"})
    assert desk.standing is Standing.STARTING
    desk.program.start()
    desk.wait(lambda: desk.codes == set())


def test_a_secret_store_that_never_answers_is_told_and_one_that_does_at_last_serves(desk: Desk) -> None:
    desk.secrets.lets.clear()
    desk.program.start()
    desk.phone._patience.setInterval(0)
    desk.phone.start()
    desk.wait(lambda: desk.codes == {"softphone_ended"})
    desk.secrets.lets.set()
    desk.wait(lambda: desk.program.told("be"))
    desk.wait(lambda: desk.codes == set())


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Trouble.EMPTY, "softphone_password"),
        (Trouble.ABSENT, "softphone_password"),
        (Trouble.LOCKED, "softphone_password_locked"),
        (Found(b"\xff"), "softphone_password"),
    ],
)
def test_without_a_password_it_is_told_why_and_nothing_else(
    desk: Desk, answer: Found | Trouble, code: str
) -> None:
    desk.secrets.answer = answer
    desk.phone.start()
    desk.wait(lambda: desk.codes == {code})
    desk.wait(lambda: not desk.phone._patience.isActive())
    assert desk.codes == {code}


def test_an_answer_that_comes_after_the_end_begins_nothing(desk: Desk) -> None:
    desk.secrets.lets.clear()
    desk.program.start()
    desk.phone.start()
    desk.phone.stop()
    told: list[object] = []
    desk.phone._known.connect(told.append)
    desk.secrets.lets.set()
    desk.wait(lambda: told)
    assert desk.phone._link is None


def test_without_the_optional_part_it_says_so(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("console.presenters.softphone.installed", lambda: False)
    desk.phone.start()
    desk.wait(lambda: desk.codes == {"softphone_absent"})


def test_presses_reach_the_program_each_once(desk: Desk) -> None:
    desk.up()
    desk.bar.answer_wanted.emit()
    desk.bar.hang_up_wanted.emit()
    desk.wait(lambda: desk.program.told("hang_up"))
    assert len(desk.program.told("answer")) == 1


def test_a_device_stays_chosen_where_the_disk_takes_nothing(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_what: object) -> None:
        raise OSError(28, "no space")

    monkeypatch.setattr("console.presenters.softphone.remember", full)
    desk.up()
    desk.panel.chosen.emit(Choice(microphone="of the headset"))
    desk.wait(lambda: len(desk.program.told("choose")) == 2)
    assert desk.phone._choice == Choice(microphone="of the headset")


def test_levels_are_shown_and_change_nothing_else(desk: Desk) -> None:
    desk.up()
    desk.program.tell("levels", microphone=50, headset=10, loudspeaker=0)
    desk.program.tell("devices", microphones=["a"], outputs=[])
    desk.wait(lambda: desk.phone._phone.devices.microphones == ("a",))
    assert desk.standing is Standing.READY
