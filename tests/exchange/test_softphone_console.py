"""The console with its telephone: set up by a command, started by itself, devices kept, troubles told."""

import argparse
import io as text_io
import os
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

from console.presenters.attention import Attention
from console.presenters.softphone import SoftphonePresenter
from console.runtime.io_thread import IoThread
from console.runtime.problems import Problems
from console.session.secret_store import KeyringSecretStore
from console.settings import Settings
from console.softphone.commands import set_password
from console.softphone.remembered import remembered
from models.clock import SystemClock
from models.softphone.devices import Choice
from tests.support.exchange import Exchange
from tests.support.parties import Party
from tests.support.secretstore import SecretStore
from tests.support.softphone import SEAT, address
from tests.support.sound import HEADSET, LOUDSPEAKER, MICROPHONE, SoundSystem
from tests.support.tones import CALLER, OPERATOR
from tests.support.window import until
from tests.widgets.window import make_window
from widgets.main_window import MainWindow
from widgets.softphone.bar import PhoneBar
from widgets.softphone.panel import PhonePanel

pytestmark = [pytest.mark.exchange, pytest.mark.secretstore]
_LIMIT_MS = 30_000


class Desk:
    """A workstation with a window and its telephone."""

    def __init__(self, settings: Settings, qtbot: QtBot) -> None:
        self.folder = Path(settings.data)
        self.io = IoThread()
        self.io.start()
        self.problems = Problems(SystemClock())
        self.phone = SoftphonePresenter(settings, self.io, self.problems, KeyringSecretStore())
        self.window: MainWindow = make_window(practice=False)
        qtbot.addWidget(self.window, before_close_func=lambda window: window.let_close())
        self.phone.attach(self.window)
        self.window.show()
        self._qtbot = qtbot

    @property
    def codes(self) -> set[str]:
        """The known troubles."""
        return {one.code for one in self.problems.store.value}

    def wait_trouble(self, code: str) -> None:
        """Wait until this trouble, and no other, is known."""
        self._qtbot.waitUntil(lambda: self.codes == {code}, timeout=_LIMIT_MS)

    def wait_ready(self) -> None:
        """Wait until the telephone can ring."""
        self._qtbot.waitUntil(lambda: self.phone.ring(False) and not self.codes, timeout=_LIMIT_MS)

    def program(self) -> int:
        """The program of the telephone, which is nobody's child."""
        for place in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                told = (place / "cmdline").read_bytes().split(b"\0")
                if str(self.folder).encode() in told and b"softphone" in told:
                    return int(place.name)
        return 0

    def close(self) -> None:
        """End all of it, whatever the test came to."""
        self.phone.stop()
        self.io.stop()
        with suppress(AssertionError):
            until(lambda: self.program() == 0)
        if left := self.program():
            os.kill(left, signal.SIGKILL)
            raise AssertionError("the telephone was still there")


@pytest.fixture
def settings(
    exchange: Exchange, sound_system: SoundSystem, secret_store: SecretStore, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Settings]:
    """A console.toml that names the telephone; no password is kept yet."""
    environment = {**secret_store.environment(), "PULSE_SERVER": sound_system.environment()["PULSE_SERVER"]}
    for name in ("DBUS_SESSION_BUS_ADDRESS", "PULSE_SERVER"):
        monkeypatch.setenv(name, environment[name])
    if os.geteuid() == 0:
        monkeypatch.setenv("QTWEBENGINE_DISABLE_SANDBOX", "1")
    with tempfile.TemporaryDirectory(prefix="desk-") as folder:
        (Path(folder) / "console.toml").write_text(f'softphone = "{address(exchange)}"\nseat = "{SEAT}"\n')
        yield Settings(softphone=address(exchange), seat=SEAT, data=folder)


def keep(settings: Settings, password: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the hotline's IT does."""
    monkeypatch.setattr(sys, "stdin", text_io.StringIO(password + "\n"))
    options = argparse.Namespace(config=Path(settings.data) / "console.toml", seat=None, stdin=True)
    assert set_password(options, KeyringSecretStore()) == 0


@pytest.fixture
def desk(
    settings: Settings, exchange: Exchange, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> Iterator[Desk]:
    """A telephone that is ready."""
    keep(settings, exchange.plan.passwords[SEAT], monkeypatch)
    one = Desk(settings, qtbot)
    try:
        one.phone.start()
        one.wait_ready()
        yield one
    finally:
        one.close()


def test_a_conversation_without_a_gateway_and_a_fallen_program(
    desk: Desk, sound_system: SoundSystem, caller: Party, qtbot: QtBot
) -> None:
    bar = desk.window.findChildren(PhoneBar)[0]
    caller.dial("12356")
    qtbot.waitUntil(bar.isVisible, timeout=_LIMIT_MS)
    bar.answer_wanted.emit()
    sound_system.wait_hears(HEADSET, CALLER)
    former = desk.program()
    qtbot.waitUntil(lambda: bool(desk.phone.talks), timeout=_LIMIT_MS)
    os.kill(former, signal.SIGKILL)
    desk.wait_trouble("softphone_ended")
    desk.wait_ready()
    assert desk.program() not in (0, former)
    sound_system.wait_hears(HEADSET, CALLER)
    until(lambda: OPERATOR in caller.hears())
    assert caller.told("closed") == 0
    bar.hang_up_wanted.emit()
    caller.wait_for("closed")
    qtbot.waitUntil(bar.isHidden, timeout=_LIMIT_MS)


def test_devices_are_chosen_in_the_sheet_and_kept_at_the_workstation(
    desk: Desk, sound_system: SoundSystem, qtbot: QtBot
) -> None:
    panel = desk.window.findChildren(PhonePanel)[0]
    boxes = panel.findChildren(QComboBox)
    qtbot.waitUntil(lambda: boxes[2].findData(LOUDSPEAKER) > 0, timeout=_LIMIT_MS)
    for box, name in zip(boxes, (MICROPHONE, HEADSET, LOUDSPEAKER), strict=True):
        box.setCurrentIndex(box.findData(name))
        box.activated.emit(box.currentIndex())
    assert remembered(desk.folder).named() == {
        "microphone": MICROPHONE,
        "headset": HEADSET,
        "loudspeaker": LOUDSPEAKER,
    }
    attention = Attention(desk.window, desk.phone.ring)
    attention.ring()
    sound_system.wait_sounds(LOUDSPEAKER, QApplication.processEvents)
    attention.quiet()
    sound_system.wait_hears(LOUDSPEAKER, meanwhile=QApplication.processEvents)
    sound_system.pull_out(HEADSET)
    desk.wait_trouble("softphone_headset_gone")


def test_a_telephone_that_stands_still_is_told_and_the_console_rings_by_itself(
    desk: Desk, sound_system: SoundSystem
) -> None:
    panel = desk.window.findChildren(PhonePanel)[0]
    panel.chosen.emit(Choice(MICROPHONE, HEADSET, LOUDSPEAKER))
    attention = Attention(desk.window, desk.phone.ring)
    os.kill(stopped := desk.program(), signal.SIGSTOP)
    try:
        attention.ring()
        desk.wait_trouble("softphone_stuck")
        # The system's own output.
        sound_system.wait_sounds(HEADSET, QApplication.processEvents)
    finally:
        os.kill(stopped, signal.SIGCONT)
    sound_system.wait_sounds(LOUDSPEAKER, QApplication.processEvents)
    desk.wait_ready()
    attention.quiet()
    sound_system.wait_hears(LOUDSPEAKER, meanwhile=QApplication.processEvents)


def test_a_wrong_password_is_a_trouble_with_what_to_do(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    keep(settings, "wrong", monkeypatch)
    desk = Desk(settings, qtbot)
    try:
        desk.phone.start()
        desk.wait_trouble("softphone_refused")
        assert not desk.phone.ring(True)
    finally:
        desk.close()
    for name in ("softphone.log", "softphone.json"):
        path = desk.folder / name
        assert not path.exists() or "wrong" not in path.read_text()


@pytest.mark.parametrize(
    ("where", "seat", "code"),
    [
        ("ws://exchange.example/ws", SEAT, "softphone_address"),
        ("wss://exchange.example/ws", "1999", "softphone_password"),
    ],
)
def test_what_is_missing_is_said(settings: Settings, where: str, seat: str, code: str, qtbot: QtBot) -> None:
    desk = Desk(replace(settings, softphone=where, seat=seat), qtbot)
    try:
        desk.phone.start()
        desk.wait_trouble(code)
        assert desk.program() == 0
    finally:
        desk.close()


def test_without_the_optional_part_it_is_said_and_nothing_is_started(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtWebEngineCore", None)
    desk = Desk(settings, qtbot)
    try:
        desk.phone.start()
        desk.wait_trouble("softphone_absent")
        assert not desk.phone.ring(True)
        assert desk.program() == 0
    finally:
        desk.close()


def test_with_a_telephone_on_the_desk_nothing_is_there(settings: Settings, qtbot: QtBot) -> None:
    desk = Desk(replace(settings, softphone=""), qtbot)
    try:
        desk.phone.start()
        assert desk.window.findChildren(PhonePanel) == []
        assert desk.codes == set()
        assert desk.program() == 0
    finally:
        desk.close()
