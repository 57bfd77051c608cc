"""Who mistypes a password too often waits, longer and longer, also after a restart; nobody waits for ever."""

import json
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from console.session.secret_store import Found, NoSecretStore, SecretStore, Trouble
from console.session.waits import LONGEST_SECONDS, Waits
from models.clock import ManualClock


@dataclass
class Memory:
    """A secret store in memory."""

    secrets: dict[str, bytes] = field(default_factory=dict)

    def read(self, name: str) -> Found | Trouble:
        return Found(self.secrets[name]) if name in self.secrets else Trouble.EMPTY

    def write(self, name: str, secret: bytes) -> Trouble | None:
        self.secrets[name] = secret
        return None


@dataclass
class Window:
    """The program at one workstation, started as often as a test likes."""

    path: Path
    clock: ManualClock = field(default_factory=ManualClock)
    store: SecretStore = field(default_factory=Memory)

    def started(self) -> Waits:
        return Waits(self.path, self.store, self.clock)


@pytest.fixture(params=[Memory, NoSecretStore])
def window(tmp_path: Path, request: pytest.FixtureRequest) -> Window:
    return Window(tmp_path / "sign-in.waits", store=request.param())


def test_the_wait_grows_from_the_fifth_failure_to_a_minute(window: Window) -> None:
    waits = window.started()
    told = [waits.failed("zhang") for _ in range(12)]
    assert told == [0, 0, 0, 0, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_restart_does_not_end_it_and_time_does(window: Window) -> None:
    for _ in range(7):
        window.started().failed("zhang")
    assert window.started().left("zhang") == 8
    window.clock.forward(7.5)
    assert window.started().left("zhang") == 1
    window.clock.forward(0.5)
    assert window.started().left("zhang") == 0
    assert window.started().failed("zhang") == 16, "the count goes on"


def test_others_do_not_wait(window: Window) -> None:
    for _ in range(9):
        window.started().failed("zhang")
    assert window.started().left("li") == 0
    assert window.started().failures("li") == 0


def test_the_right_password_ends_it(window: Window) -> None:
    for _ in range(9):
        window.started().failed("zhang")
    window.started().forget("zhang")
    assert (window.started().left("zhang"), window.started().failures("zhang")) == (0, 0)


def test_a_day_later_nothing_is_known(window: Window) -> None:
    for _ in range(9):
        window.started().failed("zhang")
    window.clock.forward(24 * 3600 + 61)
    window.started().failed("li")
    assert window.started().failures("zhang") == 0


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=400)])
def test_a_clock_that_was_set_back_makes_nobody_wait_longer(window: Window, back: timedelta) -> None:
    for _ in range(20):
        window.started().failed("zhang")
    window.clock.current -= back
    assert window.started().left("zhang") == LONGEST_SECONDS


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", b"\xff", b'{"waits": {}, "mac": ""}', None])
def test_a_file_that_was_changed_lets_everybody_wait_once(tmp_path: Path, damage: bytes | None) -> None:
    window = Window(tmp_path / "sign-in.waits")
    for _ in range(9):
        window.started().failed("zhang")
    if damage is None:
        content = json.loads(window.path.read_bytes())
        content["waits"]["zhang"][0] = 0
        damage = json.dumps(content).encode()
    window.path.write_bytes(damage)
    assert window.started().left("zhang") == LONGEST_SECONDS
    assert window.started().left("li") == LONGEST_SECONDS
    window.clock.forward(LONGEST_SECONDS)
    assert window.started().left("li") == 0
