"""Workstations over a bad network, with disks rolled back: nothing lost, doubled, unlike or leaked."""

from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field, replace
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from models.ids import new_id
from models.operation import Operation
from models.people.operator import Role
from models.sync.feeds import feeds_of
from models.wire.sync import Push, Pushed, PushedOperation, PushRefused
from tests.server.central.hotline import Case, Hotline, Workstation

Travel = Callable[[Callable[[], Any]], Any]
_ITEMS = ("acting", "plan_week", "plan", "ideation_2w", "means")


@dataclass
class Disk:
    """What a workstation finds again after a crash or when an old image is put back."""

    epoch: str = field(default_factory=new_id)
    next: int = 1
    outbox: list[tuple[int, Operation]] = field(default_factory=list)
    cursor: dict[str, int] = field(default_factory=dict)
    drawer: dict[str, dict[tuple[str, str], tuple[int, Any]]] = field(default_factory=dict)


class Device:
    """A workstation with a disk; `naive` drops by the highest number instead of by what was confirmed."""

    def __init__(self, seat: Workstation, random: Random, *, naive: bool = False) -> None:
        self.seat = seat
        self.random = random
        self.naive = naive
        self.disk = Disk()
        self.image = deepcopy(self.disk)
        self.produced: set[str] = set()
        self.cases = [Case(seat, number=f"1380000000{n}") for n in range(3)]

    def act(self) -> None:
        case = self.random.choice(self.cases)
        base = self.random.randint(0, 4)
        answer = case.answer(self.random.choice(_ITEMS), self.random.choice(("yes", "no")), base)
        choices = [case.add(), case.open(), case.draft(new_id(), base), case.finish(), answer, case.refer()]
        operation = self.random.choice(choices)
        self.disk.outbox.append((self.disk.next, operation))
        self.disk.next += 1
        self.produced.add(operation.op)

    def push(self, travel: Travel) -> None:
        batch = self.disk.outbox[: self.random.randint(1, 4)]
        if not batch:
            return
        ops = tuple(PushedOperation.of(seq, operation) for seq, operation in batch)
        message = Push(app="test", epoch=self.disk.epoch, ops=ops)
        match travel(lambda: self.seat.send(message)):
            case Pushed() as answer:
                confirmed = {one.op for one in answer.results}
                self.disk.outbox = [
                    (seq, operation)
                    for seq, operation in self.disk.outbox
                    if (seq > answer.last if self.naive else operation.op not in confirmed)
                ]
            case PushRefused(why="fork" | "gap"):
                self._begin_anew()

    def _begin_anew(self) -> None:
        self.disk.epoch = new_id()
        self.disk.outbox = [(n, operation) for n, (_, operation) in enumerate(self.disk.outbox, start=1)]
        self.disk.next = len(self.disk.outbox) + 1

    def pull(self, travel: Travel) -> None:
        reader = replace(self.seat, cursor=dict(self.disk.cursor), drawer=deepcopy(self.disk.drawer))
        page = travel(lambda: reader.pull(3))
        if page is not None:
            self.disk.cursor = {feed: seq for feed, seq in reader.cursor.items() if feed in page.feeds}
            self.disk.drawer = {feed: held for feed, held in reader.drawer.items() if feed in page.feeds}

    def lead_no_more(self) -> None:
        who = replace(self.seat.ticket.operator, roles=(Role.OPERATOR,))
        self.seat = replace(self.seat, ticket=replace(self.seat.ticket, operator=who))

    def roll_back(self) -> set[str]:
        """Put the old image back; the acts that were only on this disk are gone for good."""
        before = {operation.op for _, operation in self.disk.outbox}
        self.disk = deepcopy(self.image)
        return before - {operation.op for _, operation in self.disk.outbox}


class Story:
    """Three workstations and a network that loses and doubles."""

    def __init__(self, hotline: Hotline, seed: int, *, naive: bool = False) -> None:
        self.random = Random(seed)
        self.hotline = hotline
        roles = ((Role.OPERATOR,), (Role.OPERATOR,), (Role.LEAD, Role.OPERATOR))
        self.devices = [Device(hotline.seat(*role), self.random, naive=naive) for role in roles]
        self.loss = self.random.random() * 0.5
        self.destroyed: set[str] = set()

    def play(self, steps: int = 120) -> int:
        """Play to the end and let everybody finish; returns how many acts were lost."""
        for _ in range(steps):
            self._step(self.random.choice(self.devices))
        for device in self.devices:
            self._finish(device)
            _check(device)
        return self._missing()

    def _step(self, device: Device) -> None:
        step = self.random.random()
        if step < 0.4:
            device.act()
        elif step < 0.65:
            device.push(self._rough)
        elif step < 0.9:
            device.pull(self._rough)
        elif step < 0.95:
            device.image = deepcopy(device.disk)
        elif step < 0.98:
            self.destroyed |= device.roll_back()
        else:
            device.lead_no_more()

    def _rough(self, send: Callable[[], Any]) -> Any:
        if self.random.random() < self.loss:
            return None
        answer = send()
        if self.random.random() < 0.2:
            send()
        return None if self.random.random() < self.loss else answer

    def _finish(self, device: Device) -> None:
        while device.disk.outbox:
            device.push(_smooth)
        before = None
        while before != device.disk.cursor:
            before = device.disk.cursor
            device.pull(_smooth)

    def _missing(self) -> int:
        stored = [op for (op,) in self.hotline.stored("op_id")]
        assert len(stored) == len(set(stored))
        produced = set().union(*(device.produced for device in self.devices))
        return len(produced - self.destroyed - set(stored))


def _smooth(send: Callable[[], Any]) -> Any:
    return send()


def _check(device: Device) -> None:
    """The workstation holds what a new one would be given, and nothing of feeds that are not its own."""
    fresh = replace(device.seat, cursor={}, drawer={}).pull_all()
    assert {feed: held for feed, held in device.disk.drawer.items() if held} == fresh.drawer
    assert set(fresh.drawer) <= set(feeds_of(device.seat.ticket.operator))
    for feed in fresh.drawer.values():
        for (kind, _), (_, document) in feed.items():
            if kind == "risk":
                acts = [answer["op"] for answer in document["answers"]]
                assert len(acts) == len(set(acts))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15)
@given(st.integers(0, 2**32))
def test_nothing_is_lost_doubled_unlike_or_leaked(engine: Engine, seed: int) -> None:
    assert Story(Hotline(engine), seed).play() == 0


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_story_catches_a_workstation_that_drops_what_was_not_confirmed(engine: Engine) -> None:
    assert any(Story(Hotline(engine), seed, naive=True).play() for seed in range(40))
