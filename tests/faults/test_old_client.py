"""Programs of different age: an old console's words are taken even where it can read nothing any more."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import httpx2
import pytest

from console.sync.api import TurnedAway
from models.clock import SystemClock
from models.operation import Outcome
from models.schema import SCHEMA, Span
from server.central.app import build_app
from tests.faults.founded import Seat, seated
from tests.server.central.hotline import Hotline, Workstation

# A console of today at servers that are older and younger than itself.
_NOW = Span(SCHEMA, 1, 1)
_THREE_AHEAD = Span(SCHEMA + 3, oldest_pushed=SCHEMA, oldest_pulled=SCHEMA + 1)
_FOUR_AHEAD = Span(SCHEMA + 4, oldest_pushed=SCHEMA + 1, oldest_pulled=SCHEMA + 1)
_BEHIND = Span(SCHEMA - 1, 1, 1)


class Upgraded(httpx2.AsyncBaseTransport):
    """The way to a server that is exchanged for one of another age."""

    def __init__(self, hotline: Hotline) -> None:
        self._app = build_app(hotline.settings, hotline.clock, hotline.engine)
        self._server = httpx2.ASGITransport(self._app)

    def to(self, span: Span) -> None:
        desks = self._app.state.desks
        push, pull = replace(desks.push, span=span), replace(desks.pull, span=span)
        self._app.state.desks = replace(desks, push=push, pull=pull)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        return await self._server.handle_async_request(request)


@pytest.fixture
def server(hotline: Hotline) -> Upgraded:
    hotline.clock.current = SystemClock().now()
    return Upgraded(hotline)


@pytest.fixture
def seat(hotline: Hotline, server: Upgraded, tmp_path: Path) -> Iterator[Seat]:
    desk: Workstation = hotline.seat()
    with ExitStack() as left:
        yield left.enter_context(seated(Seat(tmp_path, "http://127.0.0.1:1", desk.who, desk.token, server)))


def test_three_schemas_behind_everything_is_taken(hotline: Hotline, server: Upgraded, seat: Seat) -> None:
    server.to(_THREE_AHEAD)
    note = seat.write("before", "旧程序里的话")
    # It cannot read what is new and says so, yet all it wrote is at the server.
    assert seat.round() == TurnedAway("program_old")
    assert seat.storage.unsent().count == 0
    assert dict(hotline.stored("op_id", "outcome")) == dict.fromkeys(seat.acts, Outcome.APPLIED)
    server.to(_NOW)
    assert seat.round() is None
    assert seat.text(note) == "旧程序里的话"


@pytest.mark.parametrize(("span", "why"), [(_FOUR_AHEAD, "program_old"), (_BEHIND, "program_new")])
def test_too_far_apart_keeps_everything(
    hotline: Hotline, server: Upgraded, seat: Seat, span: Span, why: str
) -> None:
    server.to(span)
    seat.write("留在这里")
    for _ in range(3):
        assert seat.round() == TurnedAway(why)
        seat.restart()
    assert hotline.stored("op_id") == []
    assert seat.storage.unsent().count == len(seat.acts)
    server.to(_NOW)
    assert seat.round() is None
    assert dict(hotline.stored("op_id", "outcome")) == dict.fromkeys(seat.acts, Outcome.APPLIED)
