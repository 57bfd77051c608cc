"""When a difference between what is believed and what is listed counts, and when it does not."""

import asyncio
from datetime import timedelta

import pytest

from models.calls.events import Answered, CallEnd, Ended, Held, Invited, Joined, Muted, Offered
from models.clock import ManualClock
from server.gateway.exchange import asterisk_looks
from server.gateway.exchange.ami import Ami
from server.gateway.exchange.asterisk_floor import Floor
from server.gateway.exchange.asterisk_looks import Looks, facts
from server.gateway.exchange.port import SeatChanged
from tests.exchange.scripted import Dialogue, scripted

GIVE_UP = 60


def floor(*calls: str) -> Floor:
    made = Floor("exchange", ManualClock())
    for call in calls:
        made.begin(call, "13800000001", "12356", made.moment())
    return made


class Listed:
    """What the exchange lists, one floor after another; the last one for ever."""

    def __init__(self, *floors: Floor) -> None:
        self._floors = list(floors)
        self.looks = 0
        self.enough = asyncio.Event()

    async def see(self, _ami: Ami) -> Floor:
        self.looks += 1
        if self.looks == 8:
            self.enough.set()
        return self._floors.pop(0) if len(self._floors) > 1 else self._floors[0]


def oriented(believed: Floor, *listed: Floor, heals: bool = True) -> int:
    """How often everything was asked for anew in eight looks."""
    times = 0
    known = [believed]

    async def orient() -> None:
        nonlocal times
        times += 1
        if heals:
            known[0] = listed[-1]

    async def script(dialogue: Dialogue) -> None:
        await dialogue.greet()
        await dialogue.hear()

    async def evening() -> None:
        there = Listed(*listed)
        async with scripted(script) as address, asyncio.timeout(GIVE_UP):
            looking = asyncio.create_task(Looks(address, there.see).run(lambda: known[0], orient))
            await there.enough.wait()
            looking.cancel()
            await asyncio.gather(looking, return_exceptions=True)

    asyncio.run(evening())
    return times


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asterisk_looks, "LOOK_SECONDS", 0.01)


def test_what_is_believed_and_listed_alike_needs_nothing() -> None:
    assert oriented(floor("a"), floor("a")) == 0


def test_what_differs_once_was_on_its_way() -> None:
    assert oriented(floor("a"), floor("a", "b"), floor("a"), floor("a", "b"), floor("a")) == 0


def test_what_differs_twice_was_missed() -> None:
    assert oriented(floor("a"), floor("a", "b")) == 1
    assert oriented(floor("a", "b"), floor("a")) == 1


def test_two_ways_of_saying_the_same_are_asked_about_once() -> None:
    assert oriented(floor("a"), floor("a", "b"), heals=False) == 1


def test_facts_are_what_consoles_see() -> None:
    one = floor("a")
    (call,) = one.calls
    at = one.moment()
    waiting = facts(one)
    one.happened(Offered("1", call, at, "1001", "13800000001", "12356", at))
    assert facts(one) - waiting == {("rings", call, "1001")}
    one.happened(Answered("2", call, at + timedelta(seconds=1), "1001"))
    talking = facts(one)
    assert {("state", call, "talking"), ("at", call, "1001")} <= talking
    one.happened(Muted("3", call, at, True))
    assert facts(one) == talking
    one.happened(Held("4", call, at + timedelta(seconds=2)))
    assert facts(one) - talking == {("state", call, "held")}
    one.happened(Invited("5", call, at, "p", "110", ""))
    assert ("party", call, "p", "is asked") in facts(one)
    one.happened(Joined("6", call, at, "p"))
    assert ("party", call, "p", "talks") in facts(one)
    one.happened(Ended("7", call, at + timedelta(seconds=9), CallEnd.NORMAL))
    assert facts(one) == set()
    one.seats["1001"] = SeatChanged("1001", False, True)
    assert facts(one) == {("paused", "1001")}
