"""The telephone of seat 1004 in the real engine, as its own program, spoken with as a console does."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from console.softphone.start import installed, socket_name
from models.softphone import orders
from models.softphone.news import Conversation, News, heard
from models.softphone.orders import Account
from models.softphone.phone import Phone, advance
from tests.support.exchange import Exchange
from tests.support.processes import ended
from tests.support.sound import SoundSystem
from tests.support.window import until

_ROOT = Path(__file__).resolve().parents[2]
_LIMIT_SECONDS = 60.0
SEAT = "1004"


class Softphone:
    """One telephone; `phone` is what it has told so far."""

    def __init__(self, folder: Path, process: subprocess.Popen[str]) -> None:
        self.folder = folder
        self.process = process
        self.phone = Phone()
        self.news: list[News] = []
        self._changed = threading.Condition()
        self._socket: socket.socket | None = None
        self._reader: threading.Thread | None = None

    def connect(self) -> None:
        """Come as a console does that knows nothing yet."""
        place = socket_name(self.folder)
        until(Path(place).exists)
        self.phone, self.news = Phone(), []
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.connect(place)
        self._reader = threading.Thread(target=self._read, args=(self._socket,), name="softphone")
        self._reader.start()

    def disconnect(self) -> None:
        """Go as a console does that is killed."""
        if self._socket and self._reader:
            self._socket.shutdown(socket.SHUT_RDWR)
            self._reader.join(_LIMIT_SECONDS)
            self._socket.close()
            self._socket = None

    def order(self, line: str) -> None:
        """Tell it to do something."""
        assert self._socket
        self._socket.sendall(line.encode() + b"\n")

    def wait(self, met: Callable[[Phone], object]) -> Phone:
        """Wait until the telephone is so."""
        with self._changed:
            if not self._changed.wait_for(lambda: met(self.phone), _LIMIT_SECONDS):
                raise AssertionError(f"the telephone is {self.phone}; it told {self.news[-10:]}")
            return self.phone

    def wait_told(self, met: Callable[[News], object]) -> None:
        """Wait until the telephone tells something like this, from now on."""
        with self._changed:
            begin = len(self.news)
            if not self._changed.wait_for(lambda: any(map(met, self.news[begin:])), _LIMIT_SECONDS):
                raise AssertionError(f"it told {self.news[begin:][-10:]}")

    def wait_registered(self) -> None:
        """Wait until the exchange knows it."""
        self.wait(lambda phone: phone.registered)

    def wait_talks(self) -> None:
        """Wait until it has a conversation."""
        self.wait(lambda phone: phone.call.state is Conversation.TALKING)

    def crash_page(self) -> None:
        """End the process of the page, as a fault in it would."""
        os.kill(_renderer(self.process.pid), signal.SIGKILL)

    def fall_and_return(self) -> None:
        """Let the page crash in a conversation, and wait until the next one has it."""
        talked = self.phone.call.dialog
        self.crash_page()
        self.wait(lambda phone: phone.call.dialog not in ((), talked))

    def _read(self, source: socket.socket) -> None:
        with source.makefile() as lines:
            for line in lines:
                news = heard(line)
                with self._changed:
                    if news is not None:
                        self.news.append(news)
                        self.phone = advance(self.phone, news)
                    self._changed.notify_all()


def _renderer(program: int) -> int:
    """The process of the page: the only one that a child of the program made by parting in two."""
    numbers = [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]
    found = [one for one in numbers if one != program and _parent(_parent(one)) == program]
    assert len(found) == 1, f"the telephone has {len(found)} pages"
    return found[0]


def _parent(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def address(exchange: Exchange) -> str:
    """Where the telephone finds the exchange of the tests."""
    return f"ws://{exchange.plan.address}:{exchange.plan.http_port}/ws"


def safe_address(exchange: Exchange) -> str:
    """Where it finds the exchange over TLS."""
    return f"wss://{exchange.plan.address}:{exchange.plan.tls_port}/ws"


def account(exchange: Exchange, password: str | None = None, where: str = "") -> Account:
    """The account of the seat, or the same with a password that is wrong, or by another way."""
    return Account(where or address(exchange), SEAT, password or exchange.plan.passwords[SEAT])


@contextmanager
def running_softphone(where: str, environment: dict[str, str], *more: str) -> Iterator[Softphone]:
    """A telephone that is connected, and nobody yet."""
    if not installed():
        pytest.skip("the optional part softphone is not installed (`make test` installs it)")
    with tempfile.TemporaryDirectory(prefix="phone-") as folder:
        command = [sys.executable, "-m", "console", "softphone", "run", "--data", folder, "--exchange", where]
        own = {**environment, "PYTHONPATH": str(_ROOT)}
        if os.geteuid() == 0:
            # Chromium refuses its sandbox to root.
            own["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
        errors = Path(folder) / "said"
        with errors.open("w") as said:
            process = subprocess.Popen([*command, *more], env=own, stdout=said, stderr=said, text=True)
        with ended(process):
            one = Softphone(Path(folder), process)
            try:
                one.connect()
                yield one
            finally:
                one.disconnect()


@pytest.fixture
def softphone(exchange: Exchange, sound_system: SoundSystem) -> Iterator[Softphone]:
    """The telephone of the seat, registered, with headset and loudspeaker apart."""
    with running_softphone(address(exchange), sound_system.environment()) as one:
        one.order(orders.be(account(exchange)))
        one.wait_registered()
        yield one
        one.order(orders.leave())
        until(lambda: one.process.poll() is not None)
