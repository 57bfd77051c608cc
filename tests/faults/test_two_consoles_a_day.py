"""Two consoles write one record off line for a day: every word is found again, at both and at the server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from models.codec import to_document
from models.operation import Outcome
from models.people.operator import Role
from tests.console.sync.stage import Device
from tests.server.central.hotline import Hotline

_NOTE = "n" * 32
_EVERY = 20 * 60.0
# Just less than the day in which a note may be changed.
_TIMES = 71


@pytest.fixture
def devices(hotline: Hotline, tmp_path: Path) -> Iterator[list[Device]]:
    ticket = hotline.ticket(Role.OPERATOR, name="zhang")
    devices = [Device(hotline, ticket, tmp_path / f"{number}.db") for number in range(2)]
    yield devices
    for device in devices:
        device.storage.close()


@pytest.mark.parametrize("first", [0, 1])
def test_a_day_apart(hotline: Hotline, devices: list[Device], first: int) -> None:
    devices[0].perform(devices[0].note_opened(_NOTE), devices[0].draft(_NOTE, "早上"))
    for device in devices:
        device.settle()
        assert device.storage.record("note", _NOTE) is not None
    for moment in range(_TIMES):
        hotline.clock.forward(_EVERY)
        for number, device in enumerate(devices):
            device.perform(
                device.draft(_NOTE, f"{number}:{moment}"), device.answer(_NOTE, 2 * moment + number)
            )
        if moment % 9 == 8:
            devices[moment % 2].kill()
    devices[1].perform(devices[1].act("note.finish", _NOTE))
    for device in (devices[first], devices[1 - first], devices[first]):
        device.settle()
    _assert_alike(hotline, devices)
    found = devices[0].storage.record("note", _NOTE)
    assert found is not None
    bodies = [found.entity.body, *(version.body for version in found.entity.versions)]
    texts = {body.values["complaint"] for body in bodies}
    # The last words of both are there, one of them as the text, the other beside it.
    assert {f"{number}:{_TIMES - 1}" for number in range(2)} <= texts
    assert found.entity.state == "finished"


def test_longer_than_a_note_may_be_changed(hotline: Hotline, devices: list[Device]) -> None:
    # What comes too late is held for a lead, never refused, and stands on the screen of who wrote it.
    devices[0].perform(devices[0].note_opened(_NOTE), devices[0].draft(_NOTE, "早上"))
    for device in devices:
        device.settle()
        assert device.storage.record("note", _NOTE) is not None
    for number, device in enumerate(devices):
        device.perform(device.draft(_NOTE, f"late {number}"))
    hotline.clock.forward(25 * 3600)
    for device in devices:
        device.settle()
    late = [op for op, outcome in hotline.stored("op_id", "outcome") if outcome == Outcome.HELD]
    assert len(late) == len(devices)
    for number, device in enumerate(devices):
        assert {one.op for one in device.storage.refused()} == device.owed & set(late)
        found = device.storage.record("note", _NOTE)
        assert found is not None
        bodies = [found.entity.body, *(version.body for version in found.entity.versions)]
        assert f"late {number}" in [body.values["complaint"] for body in bodies]


def test_every_answer_of_both_is_in_the_assessment(hotline: Hotline, devices: list[Device]) -> None:
    for moment in range(_TIMES):
        hotline.clock.forward(_EVERY)
        for number, device in enumerate(devices):
            device.perform(device.answer(_NOTE, 2 * moment + number))
    for device in (*devices, devices[0]):
        device.settle()
    _assert_alike(hotline, devices)
    found = devices[0].storage.record("risk", _NOTE)
    assert found is not None
    assert [answer.n for answer in found.entity.answers] == list(range(2 * _TIMES))


def _assert_alike(hotline: Hotline, devices: list[Device]) -> None:
    for device in devices:
        assert device.owed <= {op for (op,) in hotline.stored("op_id")}
        assert device.storage.unsent().count == 0
    for kind in ("note", "risk"):
        one, other = (device.storage.record(kind, _NOTE) for device in devices)
        assert (one is None) == (other is None)
        if one is not None and other is not None:
            assert (one.version, to_document(one.entity)) == (other.version, to_document(other.entity))
