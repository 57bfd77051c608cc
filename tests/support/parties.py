"""People at telephones, each with a tone of their own: a caller, operators, the police."""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support import tones
from tests.support.exchange import Exchange
from tests.support.processes import ended

_ROOT = Path(__file__).resolve().parents[2]
_LIMIT_SECONDS = 60.0

CALLER_NUMBER = "13834400000"


class Unmet(AssertionError):
    """What a test waited for did not come; the message holds all that did."""


@dataclass(frozen=True)
class Line:
    """Whose telephone it is and what it sounds like."""

    user: str
    account: str
    password: str
    tone: int
    registers: bool
    codec: str = "pcma"
    """`pcma`: the one of the public network here; another one is translated by the exchange."""


class Party:
    """One telephone in its own process; every wait is for something that happens, never for a time."""

    def __init__(self, process: subprocess.Popen[str], exchange: str) -> None:
        self._process = process
        self._exchange = exchange
        self._news: list[dict[str, Any]] = []
        self._noise: list[str] = []
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, name="party", daemon=True)
        self._reader.start()

    def register(self) -> None:
        """Be reachable under the own name."""
        self._order(order="register")
        self.wait_for("registered")

    def dial(self, number: str) -> None:
        """Call a number."""
        self._order(order="dial", uri=f"sip:{number}@{self._exchange}")

    def answer(self) -> None:
        """Pick up by hand, once it rings."""
        self._wait(self._rings, "a ring")
        self._order(order="answer")

    def be_busy(self) -> None:
        """Refuse the ring with the busy tone, once it rings."""
        self._wait(self._rings, "a ring")
        self._order(order="be_busy")

    def press(self, keys: str) -> None:
        """Press keys while talking."""
        self._order(order="press", keys=keys)

    def stall(self, on: bool) -> None:
        """Let the telephone send nothing (`on`), as one on a bad radio link, or go on."""
        self._process.send_signal(signal.SIGSTOP if on else signal.SIGCONT)

    def hang_up(self) -> None:
        """Put the receiver down."""
        self._order(order="hang_up")

    def wait_for(self, news: str, count: int = 1, limit: float | None = _LIMIT_SECONDS) -> float:
        """Wait until something was told so many times; the machine's monotonic seconds of that moment."""

        def told() -> list[dict[str, Any]]:
            return [one for one in self._news if one["news"] == news][count - 1 :]

        return float(self._wait(told, f"{count} {news}", limit)[0]["at"])

    def wait_hears(self, *wanted: int) -> None:
        """Wait until exactly these tones, and no other known one, are heard."""
        self._wait(lambda: self._heard() == frozenset(wanted), f"hears exactly {sorted(wanted)}")

    def wait_pressed(self, keys: str) -> None:
        """Wait until exactly these keypad tones were heard, in this order."""

        def heard() -> bool:
            return "".join(one["key"] for one in self._news if one["news"] == "pressed") == keys

        self._wait(heard, f"hears the keys {keys}")

    def told(self, news: str) -> int:
        """How many times something was told so far."""
        with self._changed:
            return sum(one["news"] == news for one in self._news)

    def hearing(self) -> list[tuple[float, frozenset[int]]]:
        """Every change of what is heard, each after so many seconds of sound."""
        with self._changed:
            return [(one["after"], frozenset(one["tones"])) for one in self._news if one["news"] == "hears"]

    def wait_hears_on(self, tone: int, seconds: float = 1) -> None:
        """Wait until so much more sound has arrived, and this tone is heard then."""
        with self._changed:
            end = self._listened() + seconds
        self._wait(lambda: self._listened() > end and tone in self._heard(), f"goes on hearing {tone}")

    def hears(self) -> frozenset[int]:
        """The tones of the latest stretch of sound, in Hz."""
        with self._changed:
            return self._heard()

    def leave(self) -> None:
        """Hang up whatever there is and end the process."""
        if self._process.stdin:
            self._process.stdin.close()
        try:
            self._process.wait(_LIMIT_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._reader.join(_LIMIT_SECONDS)

    def _rings(self) -> bool:
        moves = [one["news"] for one in self._news if one["news"] in ("incoming", "talking", "closed")]
        return moves[-1:] == ["incoming"]

    def _listened(self) -> float:
        return max((float(one["after"]) for one in self._news if one["news"] == "listens"), default=0.0)

    def _heard(self) -> frozenset[int]:
        heard = [one["tones"] for one in self._news if one["news"] == "hears"]
        return frozenset(heard[-1]) if heard else frozenset()

    def _wait(self, met: Callable[[], Any], what: str, limit: float | None = _LIMIT_SECONDS) -> Any:
        with self._changed:
            if not self._changed.wait_for(met, limit):
                raise Unmet(f"waited for {what}; came: {self._news}; said: {self._noise[-5:]}")
            return met()

    def _order(self, **order: str) -> None:
        if self._process.stdin:
            self._process.stdin.write(json.dumps(order) + "\n")
            self._process.stdin.flush()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            with self._changed:
                if line.startswith("{"):
                    self._news.append(json.loads(line))
                    self._changed.notify_all()
                else:
                    self._noise.append(line.rstrip())


@contextmanager
def party(
    exchange: Exchange, line: Line, *, picks_up: bool = False, window: float | None = None
) -> Iterator[Party]:
    """A telephone that is up, and registered where it has an account of its own.

    It listens in stretches of `window` seconds; short ones tell moments and mix up neighbouring tones.
    """
    address = f"{exchange.plan.address}:{exchange.plan.sip_port}"
    command = [
        *(sys.executable, "-m", "tests.support.party_process"),
        *("--exchange", address),
        *("--user", line.user, "--auth-user", line.account, "--password", line.password),
        *("--tone", str(line.tone), "--codec", line.codec),
        *(["--registers"] if line.registers else []),
        *(["--picks-up"] if picks_up else []),
        *(["--window", str(window)] if window else []),
    ]
    process = subprocess.Popen(
        command,
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    with ended(process):
        one = Party(process, address)
        try:
            one.wait_for("ready")
            if line.registers:
                one.register()
            yield one
        finally:
            one.leave()


def caller_line(exchange: Exchange, number: str = CALLER_NUMBER, tone: int = tones.CALLER) -> Line:
    """Somebody outside who calls the hotline with this number."""
    return Line(number, "trunk", exchange.plan.passwords["TRUNK"], tone, registers=False)


def seat_line(exchange: Exchange, seat: str = "1001", tone: int = tones.OPERATOR) -> Line:
    """The telephone of a seat; it picks up by itself when the exchange asks for it."""
    return Line(seat, seat, exchange.plan.passwords[seat], tone, registers=True)


def police_line(exchange: Exchange) -> Line:
    """The public network: takes 110, 0351110 and every other number."""
    return Line("trunk", "trunk", exchange.plan.passwords["TRUNK"], tones.POLICE, registers=True)


@pytest.fixture
def caller(exchange: Exchange) -> Iterator[Party]:
    """A caller of 440 Hz, not yet calling."""
    with party(exchange, caller_line(exchange)) as one:
        yield one


@pytest.fixture
def operator_phone(exchange: Exchange) -> Iterator[Party]:
    """The telephone of seat 1001, 700 Hz."""
    with party(exchange, seat_line(exchange)) as one:
        yield one


@pytest.fixture
def police(exchange: Exchange) -> Iterator[Party]:
    """The police, 1000 Hz; they pick up when the test says so."""
    with party(exchange, police_line(exchange)) as one:
        yield one
