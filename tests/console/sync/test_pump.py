"""Rounds over HTTP against the real central server, and what they tell of it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from console.runtime.waiting import Wait, wait_for
from console.session.endpoint import endpoint
from console.storage.storage import Storage
from console.storage.values import Batch
from console.sync import api, state
from console.sync.accounts import Accounts, Session, Wish
from console.sync.api import ServerApi
from console.sync.pump import LONG_POLL_SECONDS, Pump
from models.operation import Operation, Outcome
from models.people.operator import Role
from server.central.signing_in import add_operator
from server.central.tickets import Ticket, sign_ticket
from tests.console.sync.network import Network
from tests.console.sync.stage import Device
from tests.server.central.hotline import KEYS, Hotline
from tests.support.sealed import open_sealed

T = TypeVar("T")


@pytest.fixture
def hotline(tmp_path: Path) -> Iterator[Hotline]:
    engine = open_sealed(f"sqlite:///{tmp_path / 'central.db'}")
    yield Hotline(engine)
    engine.dispose()


class Desk:
    """One workstation with its pump and the network it hangs on."""

    def __init__(self, hotline: Hotline, ticket: Ticket, path: Path, wait: Wait | None = None) -> None:
        self.device = Device(hotline, ticket, path)
        self.network = Network(hotline)
        self.api = ServerApi(endpoint("http://127.0.0.1:1"), "test", self.network)
        self.token = sign_ticket(ticket, KEYS.private)
        self.changed: list[tuple[str, str]] = []
        self.pump = Pump(
            self.api,
            self.run_db,
            lambda: self.token,
            hotline.clock,
            self.changed.extend,
            wait or wait_for,
        )

    async def run_db(self, work: Callable[[Storage], T]) -> T:
        return work(self.device.storage)

    def rounds(self, *fates: str, times: int = 1) -> api.TurnedAway | api.Unreachable | None:
        """Rounds in a loop of their own; the first requests meet these fates. Gives what the last met."""
        self.network.fates.extend(fates)

        async def some() -> api.TurnedAway | api.Unreachable | None:
            met = None
            for _ in range(times):
                met = await self.pump.round()
            await self.api.close()
            return met

        return asyncio.run(some())


@pytest.fixture
def desk(hotline: Hotline, tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(hotline, hotline.ticket(Role.OPERATOR, name="zhang"), tmp_path / "zhang.db")
    yield desk
    desk.device.storage.close()


def some_acts(desk: Desk) -> list[Operation]:
    device = desk.device
    return [device.note_opened("n"), device.draft("n", "睡不着" * 2000), device.answer("n", 1)]


def test_a_round_brings_the_record_to_the_server_and_to_the_lead(desk: Desk, tmp_path: Path) -> None:
    desk.device.perform(*some_acts(desk))
    assert desk.rounds() is None
    hotline = desk.device.hotline
    assert len(hotline.stored("op_id")) == 3
    assert desk.pump.state.value == state.SyncState(state.Synced(hotline.clock.now()))
    lead = Desk(hotline, hotline.ticket(Role.OPERATOR, Role.LEAD, name="wang"), tmp_path / "wang.db")
    assert lead.rounds() is None
    found = lead.device.storage.record("note", "n")
    assert found is not None
    assert found.entity.body.values["complaint"] == "睡不着" * 2000
    assert ("note.card", "n") in lead.changed
    lead.device.storage.close()


FAULTS = {
    "request lost": "offline",
    "answer lost": "offline",
    "answer cut": "answer",
    "captive portal": "answer",
    "redirected": "answer",
    "bad gateway": "answer",
    "forbidden by the proxy": "answer",
    "busy": "busy",
    "timeout": "timeout",
}


@pytest.mark.parametrize(("fate", "why"), FAULTS.items())
def test_trouble_on_the_way_is_unreachable_and_loses_nothing(desk: Desk, fate: str, why: str) -> None:
    desk.device.perform(*some_acts(desk))
    met = desk.rounds(fate)
    assert met == api.Unreachable(why, 7.0 if fate == "busy" else 0.0)
    told = desk.pump.state.value
    since = desk.device.hotline.clock.now()
    assert told.link == state.Unreachable(since, why)
    assert told.unsent.count == 3
    desk.device.hotline.clock.forward(60)
    assert desk.rounds("request lost") is not None
    assert desk.pump.state.value.link == state.Unreachable(since, "offline")
    assert desk.rounds() is None
    assert len(desk.device.hotline.stored("op_id")) == 3
    assert desk.device.storage.unsent().count == 0


def test_a_push_that_is_delivered_twice_counts_once(desk: Desk) -> None:
    desk.device.perform(*some_acts(desk))
    assert desk.rounds("delivered twice", "delivered twice") is None
    assert len(desk.device.hotline.stored("op_id")) == 3
    assert desk.device.storage.unsent().count == 0


def test_many_acts_go_in_several_pushes_and_pages(desk: Desk) -> None:
    device = desk.device
    for number in range(250):
        device.perform(device.note_opened(f"n{number}"))
    assert desk.rounds() is None
    assert len(device.hotline.stored("op_id")) == 250
    assert [request.method for request in desk.network.requests] == ["POST", "POST", "GET"]


def test_an_expired_ticket_is_told_and_what_waits_goes_with_the_next(desk: Desk) -> None:
    desk.device.perform(*some_acts(desk))
    good, desk.token = desk.token, "nonsense"
    assert desk.rounds() == api.TurnedAway("ticket")
    assert desk.pump.state.value.link == state.TurnedAway(desk.device.hotline.clock.now(), "ticket")
    desk.token = good
    assert desk.rounds() is None


@pytest.mark.expects_log("is broken at entry .*: forked")
def test_a_cloned_disk_gets_an_epoch_of_its_own(desk: Desk, tmp_path: Path) -> None:
    device = desk.device
    device.perform(*some_acts(desk))
    image = tmp_path / "image.db"
    device.back_up(image)
    device.perform(device.answer("n", 2))
    assert desk.rounds() is None
    device.roll_back(image)
    device.perform(device.answer("n", 3), device.answer("n", 4))
    assert desk.rounds() is None
    found = device.storage.record("risk", "n")
    assert found is not None
    assert sorted(answer.n for answer in found.entity.answers) == [1, 2, 3, 4]


def test_an_act_the_server_holds_is_listed(desk: Desk, tmp_path: Path) -> None:
    desk.device.perform(*some_acts(desk))
    desk.rounds()
    hotline = desk.device.hotline
    other = Desk(hotline, hotline.ticket(Role.OPERATOR, name="li"), tmp_path / "li.db")
    other.device.perform(other.device.draft("n", "不是我的"))
    assert other.rounds() is None
    (held,) = other.pump.state.value.refused
    assert (held.outcome, held.why) == (Outcome.HELD, "not_yours")
    assert other.device.storage.unsent().count == 0
    other.device.storage.close()


def test_one_act_that_spoils_its_push_is_set_aside_and_the_rest_arrives(desk: Desk) -> None:
    device = desk.device
    device.perform(device.note_opened("n"), device.note_opened("x" * 65), device.draft("n", "一"))
    assert desk.rounds() is None
    (aside,) = desk.pump.state.value.refused
    assert (aside.id, aside.outcome) == ("x" * 65, Outcome.REJECTED)
    assert device.storage.unsent().count == 0
    assert [kind for (kind,) in device.hotline.stored("type")] == ["note.open", "note.draft.put"]


def test_signing_in(desk: Desk) -> None:
    hotline = desk.device.hotline
    who = hotline.ticket(Role.OPERATOR, name="zhang").operator
    add_operator(hotline.engine, who, "correct horse")

    async def attempts() -> None:
        accounts = Accounts(desk.api)
        told = await accounts.sign_in(Wish("zhang", "correct horse", "8001"))
        assert isinstance(told, Session)
        assert (told.operator, told.practice) == (who, False)
        assert await desk.api.pull(told.ticket, {}, 10, 0) != api.TurnedAway("ticket")
        assert await accounts.sign_in(Wish("zhang", "wrong", "8001")) == api.TurnedAway("sign_in_refused")
        assert await accounts.sign_in(Wish("", "", "")) == api.TurnedAway("malformed")
        desk.network.fates.append("captive portal")
        assert await accounts.sign_in(Wish("zhang", "x", "8001")) == api.Unreachable("answer")
        await desk.api.close()

    asyncio.run(attempts())


def test_a_server_that_is_not_there() -> None:
    async def attempt() -> None:
        server = ServerApi(endpoint("http://127.0.0.1:1"), "test")
        assert await server.push("t", Batch("epoch-one", ())) == api.Unreachable("offline")
        await server.close()

    asyncio.run(attempt())


class Clockwork:
    """Waits that are over at once or when something happens, and that remember how long they were to be."""

    def __init__(self) -> None:
        self.asked: list[float] = []
        self.enough = asyncio.Event()
        self.after = 10**9

    async def wait(self, event: asyncio.Event, seconds: float) -> bool:
        self.asked.append(seconds)
        if len(self.asked) >= self.after:
            self.enough.set()
            await asyncio.Event().wait()
        return event.is_set()


def running(desk: Desk, until: Callable[[], Awaitable[object]]) -> None:
    """Let the pump run until something happened."""

    async def run() -> None:
        pump = asyncio.create_task(desk.pump.run())
        await until()
        pump.cancel()
        await asyncio.gather(pump, return_exceptions=True)
        await desk.api.close()

    asyncio.run(run())


def test_attempts_grow_rarer_and_respect_what_the_server_asks(hotline: Hotline, tmp_path: Path) -> None:
    clockwork = Clockwork()
    clockwork.after = 9
    desk = Desk(hotline, hotline.ticket(name="zhang"), tmp_path / "zhang.db", clockwork.wait)
    desk.network.fates.extend(["busy", *["request lost"] * 20])
    running(desk, clockwork.enough.wait)
    assert clockwork.asked == [7, 2, 4, 8, 16, 32, 60, 60, 60]
    desk.device.storage.close()


def test_a_nudge_ends_the_long_poll_and_pushes_at_once(hotline: Hotline, tmp_path: Path) -> None:
    desk = Desk(hotline, hotline.ticket(name="zhang"), tmp_path / "zhang.db")

    async def story() -> None:
        polls, pushes = asyncio.Event(), asyncio.Event()

        def look() -> None:
            last = desk.network.requests[-1]
            if last.url.params.get("wait") == str(LONG_POLL_SECONDS):
                polls.set()
            if last.method == "POST":
                pushes.set()

        desk.network.heard = look
        await polls.wait()
        desk.device.perform(desk.device.note_opened("n"))
        desk.pump.nudge()
        await pushes.wait()

    running(desk, story)
    desk.device.storage.close()


def test_news_of_another_workstation_come_without_a_nudge(hotline: Hotline, tmp_path: Path) -> None:
    ticket = hotline.ticket(name="zhang")
    here, there = (Desk(hotline, ticket, tmp_path / f"{n}.db") for n in range(2))
    there.device.perform(there.device.note_opened("n"))

    async def story() -> None:
        polls, came = asyncio.Event(), asyncio.Event()
        here.network.heard = lambda: (
            polls.set() if here.network.requests[-1].url.params.get("wait") != "0" else None
        )
        here.pump._pulling._changed = lambda _: came.set()
        await polls.wait()
        await there.pump.round()
        await there.api.close()
        await came.wait()

    running(here, story)
    assert here.device.storage.record("note", "n") is not None
    here.device.storage.close()
    there.device.storage.close()
