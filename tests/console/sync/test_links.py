"""What a round says of the link: old programs, withdrawn rights, a first pull, unlike feeds, the time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from hypothesis import given
from hypothesis import strategies as st

from console.sync import api, state
from console.sync.timekeeping import Timekeeping
from models.clock import ManualClock
from models.people.operator import Role
from models.schema import SCHEMA, Span
from models.trusted_time import TrustedTime
from tests.console.sync.test_pump import Desk
from tests.server.central.hotline import Hotline
from tests.support.sealed import open_sealed


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    engine = open_sealed(f"sqlite:///{tmp_path / 'central.db'}")
    hotline = Hotline(engine)
    desk = Desk(hotline, hotline.ticket(Role.OPERATOR, name="zhang"), tmp_path / "zhang.db")
    yield desk
    desk.device.storage.close()
    engine.dispose()


class Answering(httpx2.AsyncBaseTransport):
    """Answers pulls by itself, and lets pushes through."""

    def __init__(self, server: httpx2.AsyncBaseTransport, status: int, body: dict[str, object]) -> None:
        self._server = server
        self._status = status
        self._body = body

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.method == "POST":
            return await self._server.handle_async_request(request)
        return httpx2.Response(self._status, json=self._body, request=request)


def test_a_program_that_is_too_old_to_pull_goes_on_pushing(desk: Desk) -> None:
    refused = {"why": "schema", "min_schema": SCHEMA + 1, "newest_schema": SCHEMA + 2}
    desk.api._transport = Answering(desk.network, 426, refused)
    for note in ("n", "m"):
        desk.device.perform(desk.device.note_opened(note))
        assert desk.rounds() == api.TurnedAway("program_old")
    assert len(desk.device.hotline.stored("op_id")) == 2
    assert desk.pump.state.value.unsent.count == 0
    assert isinstance(desk.pump.state.value.link, state.TurnedAway)


def test_the_server_refuses_the_pull_of_an_old_program_and_takes_its_push(desk: Desk) -> None:
    desks = desk.network.desks
    span = Span(SCHEMA, oldest_pushed=1, oldest_pulled=SCHEMA + 1)
    object.__setattr__(desks, "pull", replace(desks.pull, span=span))
    desk.device.perform(desk.device.note_opened("n"))
    assert desk.rounds() == api.TurnedAway("program_old")
    assert len(desk.device.hotline.stored("op_id")) == 1


def test_a_program_newer_than_the_server_keeps_everything(desk: Desk) -> None:
    desks = desk.network.desks
    object.__setattr__(desks, "push", replace(desks.push, span=Span(SCHEMA - 1, 1, 1)))
    desk.device.perform(desk.device.note_opened("n"))
    assert desk.rounds() == api.TurnedAway("program_new")
    assert desk.pump.state.value.unsent.count == 1


def test_who_was_withdrawn_hands_everything_in_and_is_drained(desk: Desk) -> None:
    desk.api._transport = Answering(desk.network, 403, {"why": "drain"})
    desk.device.perform(desk.device.note_opened("n"))
    desk.network.fates.append("request lost")
    assert desk.rounds() == api.Unreachable("offline")
    links: list[state.Link] = []
    desk.pump.state.watch(lambda told: links.append(told.link))
    drained = state.Drained(desk.device.hotline.clock.now())
    assert desk.rounds() == api.TurnedAway("drain")
    desk.device.hotline.clock.forward(60)
    assert desk.rounds() == api.TurnedAway("drain")
    assert drained not in links[:1]
    assert links[1:] == [drained]


def test_a_first_pull_of_many_tells_how_far_it_is(desk: Desk, tmp_path: Path) -> None:
    device = desk.device
    for number in range(0, 1200, 100):
        device.perform(*(device.note_opened(f"n{number + n}") for n in range(100)))
    assert desk.rounds() is None
    fresh = Desk(device.hotline, device.ticket, tmp_path / "fresh.db")
    told: list[state.Link] = []
    usable: list[int] = []

    def look(now: state.SyncState) -> None:
        told.append(now.link)
        moment = device.hotline.clock.now() - timedelta(hours=1)
        usable.append(len(fresh.device.storage.my_notes(moment, moment + timedelta(days=1), limit=2000)))

    fresh.pump.state.watch(look)
    assert fresh.rounds() is None
    assert told[1:-1] == [state.Fetching(500, 1200), state.Fetching(1000, 1200)]
    assert isinstance(told[-1], state.Synced)
    assert usable == [0, 500, 1000, 1200]
    fresh.device.storage.close()


def spoil(desk: Desk) -> None:
    with desk.device.storage._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE cursor SET sum = '00000000000000ff'")


@pytest.mark.expects_log("are pulled anew")
def test_a_feed_that_is_unlike_is_repaired_without_an_alarm(desk: Desk) -> None:
    desk.device.perform(desk.device.note_opened("n"))
    assert desk.rounds() is None
    spoil(desk)
    assert desk.rounds(times=2) is None
    assert desk.pump.state.value.unlike == ()
    assert desk.device.storage.record("note", "n") is not None
    assert desk.rounds() is None


@pytest.mark.expects_log("are pulled anew")
def test_a_feed_that_is_unlike_again_after_the_repair_is_an_alarm(desk: Desk) -> None:
    desk.device.perform(desk.device.note_opened("n"))
    assert desk.rounds() is None
    for expected in ((), ("op:zhang",)):
        with desk.device.hotline.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE feed_head SET x = '00000000000000ff' WHERE feed = 'op:zhang'")
        assert desk.rounds() is None
        assert desk.pump.state.value.unlike == expected


def test_the_time_of_the_server_is_kept_and_the_skew_is_told(desk: Desk) -> None:
    hotline = desk.device.hotline
    ours = ManualClock(hotline.clock.now() - timedelta(days=1))
    keeping = desk.pump._pulling._time = Timekeeping(ours, TrustedTime(ours))
    assert desk.rounds() is None
    assert keeping.skew.value == timedelta(days=1)
    assert keeping.trusted.now() == hotline.clock.now()
    assert desk.device.storage.timing.last() == hotline.clock.now()


@given(st.lists(st.tuples(st.integers(-86400, 86400), st.floats(0, 20)), min_size=1, max_size=30))
def test_trusted_time_never_runs_backwards_whatever_the_wall_clock_does(
    steps: list[tuple[int, float]],
) -> None:
    clock = ManualClock()
    server = ManualClock()
    keeping = Timekeeping(clock, TrustedTime(clock))
    before = None
    for jump, took in steps:
        clock.current += timedelta(seconds=jump)
        told = server.now()
        server.forward(took / 2)
        clock.elapsed += took
        keeping.heard(told, took)
        now = keeping.trusted.now()
        assert before is None or now >= before
        before = now
        server.forward(took / 2)
