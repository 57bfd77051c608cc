"""A workstation's clock is wrong by a day, or jumps: it decides nothing."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from console.storage.opening import open_storage
from console.storage.storage import Storage
from models.clock import ManualClock
from models.codec import to_document
from models.operation import Outcome
from models.people.operator import Role
from tests.console.sync.stage import KEY, Device
from tests.server.central.hotline import Hotline

_DAY = timedelta(days=1)
_NOTE = "n" * 32
Skew = Callable[[int], timedelta]
_SKEWS: dict[str, Skew] = {
    "a day ahead": lambda _: _DAY,
    "a day behind": lambda _: -_DAY,
    "jumping": lambda times: _DAY * (times % 3 - 1),
    "running backwards": lambda times: -times * timedelta(minutes=7),
}


@dataclass
class WrongClock:
    """Says another time than the server's, and another one each time it is asked."""

    right: ManualClock
    skew: Skew
    asked: int = 0

    def now(self) -> datetime:
        self.asked += 1
        return self.right.now() + self.skew(self.asked)

    def monotonic(self) -> float:
        return self.right.monotonic()


@dataclass
class Wrong(Device):
    """A workstation whose clock is wrong, in its acts and in its storage."""

    skew: Skew = lambda _: timedelta()

    def __post_init__(self) -> None:
        self.clock = WrongClock(self.hotline.clock, self.skew)
        super().__post_init__()

    def act(self, kind: str, entity: str, **body: Any) -> Any:
        right = super().act(kind, entity, **body)
        return type(right)(right.op, kind, entity, right.actor, self.clock.now(), body)

    def _opened(self) -> Storage:
        return open_storage(self.path, KEY, self.ticket.operator.id, self.clock)


@pytest.fixture
def database(tmp_path: Path) -> str:
    """What is about clocks is tried over one kind of database."""
    return f"sqlite:///{tmp_path}/central.sqlite3"


@pytest.fixture(params=_SKEWS)
def devices(request: pytest.FixtureRequest, hotline: Hotline, tmp_path: Path) -> Iterator[list[Device]]:
    ticket = hotline.ticket(Role.OPERATOR, name="zhang")
    right = Device(hotline, ticket, tmp_path / "right.db")
    wrong = Wrong(hotline, ticket, tmp_path / "wrong.db", skew=_SKEWS[request.param])
    yield [right, wrong]
    for device in (right, wrong):
        device.storage.close()


def test_who_wrote_later_is_not_asked_of_the_clock(hotline: Hotline, devices: list[Device]) -> None:
    devices[0].perform(devices[0].note_opened(_NOTE))
    for turn in range(12):
        hotline.clock.forward(600)
        writer, reader = devices[turn % 2], devices[1 - turn % 2]
        writer.settle()
        writer.perform(writer.draft(_NOTE, f"turn {turn}", seen=True))
        writer.settle()
        reader.settle()
        for device in devices:
            found = device.storage.record("note", _NOTE)
            assert found is not None
            # Each saw the words of the other before writing: none is ever put aside.
            assert found.entity.body.values["complaint"] == f"turn {turn}"
            assert found.entity.versions == ()
    assert {outcome for (outcome,) in hotline.stored("outcome")} == {Outcome.APPLIED}


def test_two_at_once_lose_nothing(hotline: Hotline, devices: list[Device]) -> None:
    devices[0].perform(devices[0].note_opened(_NOTE))
    for device in devices:
        device.settle()
        assert device.storage.record("note", _NOTE) is not None
    for device, text in zip(devices, ("right", "wrong"), strict=True):
        device.perform(device.draft(_NOTE, text))
    for device in (*devices, devices[0]):
        device.settle()
    one, other = (device.storage.record("note", _NOTE) for device in devices)
    assert one is not None
    assert other is not None
    assert to_document(one.entity) == to_document(other.entity)
    assert one.entity.body.values["complaint"] == "right"
    assert [version.body.values["complaint"] for version in one.entity.versions] == ["wrong"]


def test_what_was_confirmed_is_kept_for_a_restored_server(hotline: Hotline, devices: list[Device]) -> None:
    for device in devices:
        for _ in range(5):
            device.perform(device.answer(device.path.stem, 1))
            device.settle()
            device.kill()
        acts = len(device.owed)
        device.storage.start_epoch(offer_again=True)
        assert device.storage.unsent().count == acts
