"""A gateway on loopback over the simulated exchange, and consoles that speak the line protocol to it."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from websockets.asyncio.client import ClientConnection, connect

from models.calls.advance import advance
from models.calls.call import Call, CallState
from models.calls.place import state_at
from models.clock import Clock, ManualClock
from models.ids import new_id
from models.people.operator import Operator, Role
from models.wire.base import Message
from models.wire.commands import Answer, SetDuty
from models.wire.line import NEWS, Done, Happened, Hello, Picture, Welcome
from server.central.tickets import Ticket, sign_ticket
from server.gateway.app import running
from server.gateway.exchange.scene import Scene
from server.gateway.exchange.simulated import Simulated
from server.gateway.settings import Settings

GIVE_UP = 90
T = TypeVar("T", bound=Message)


def new_key() -> tuple[bytes, str]:
    """A private and a public key for duty tickets, in PEM."""
    key = Ed25519PrivateKey.generate()
    return (
        key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode(),
    )


PRIVATE, PUBLIC = new_key()


def ticket_of(clock: Clock, seat: str = "1001", **changes: Any) -> str:
    """A duty ticket, signed by the server of these tests unless `key` is another one."""
    key = changes.pop("key", PRIVATE)
    who = Operator(
        f"op-{seat}", f"练习员 {seat}", "psychiatrist", "jinzhong", changes.pop("roles", (Role.OPERATOR,))
    )
    who = replace(who, **changes.pop("who", {}))
    now = clock.now()
    ticket = Ticket(who, seat, now, now + timedelta(hours=12), practice=False)
    return sign_ticket(replace(ticket, **changes), key)


@dataclass
class Console:
    """A console as another program would write it: it keeps a board by pictures and events."""

    socket: ClientConnection
    seat: str
    heard: list[Any] = field(default_factory=list)
    board: dict[str, Call] = field(default_factory=dict)

    async def hear(self) -> Any:
        news = NEWS.validate_json(await self.socket.recv())
        self.heard.append(news)
        match news:
            case Picture():
                self.board = {call.id: call for call in news.calls}
            case Happened():
                known = self.board.get(news.event.call, Call(news.event.call))
                self.board[news.event.call] = advance(known, news.event)
        return news

    async def until(self, kind: type[T], fits: Callable[[T], bool] = lambda _: True) -> T:
        """The next news of this kind that fits."""
        while True:
            news = await self.hear()
            if isinstance(news, kind) and fits(news):
                return news

    async def shows(self, *states: CallState) -> list[Call]:
        """The calls on the board, once their states are these."""
        while [state_at(call, self.seat) for call in self.calls] != list(states):
            await self.hear()
        return self.calls

    @property
    def calls(self) -> list[Call]:
        return [call for call in self.board.values() if state_at(call, self.seat) in _ON_THE_BOARD]

    async def say(self, message: Message) -> None:
        await self.socket.send(message.model_dump_json())

    async def do(self, command: Any) -> Done:
        """Send a command; what became of it."""
        await self.say(command)
        return await self.until(Done, lambda done: done.id == command.id)

    async def ready(self) -> None:
        assert (await self.do(SetDuty(id=new_id(), state="ready"))).ok

    async def answered(self) -> str:
        """Answer the call that rings; its id."""
        (call,) = await self.shows(CallState.RINGING)
        assert (await self.do(Answer(id=new_id(), call=call.id))).ok
        await self.shows(CallState.TALKING)
        return call.id


_ON_THE_BOARD = (CallState.RINGING, CallState.TALKING, CallState.HELD, CallState.RELEASED)


@dataclass
class Site:
    """A gateway under test."""

    url: str
    clock: ManualClock
    exchange: Simulated
    key: bytes = PRIVATE

    @property
    def scene(self) -> Scene:
        return self.exchange.scene

    @asynccontextmanager
    async def socket(self) -> AsyncIterator[ClientConnection]:
        async with connect(self.url, proxy=None) as socket:
            yield socket

    @asynccontextmanager
    async def console(self, seat: str = "1001", **ticket: Any) -> AsyncIterator[Console]:
        """A console that was let in and has its first picture."""
        async with self.socket() as socket:
            console = Console(socket, seat)
            await console.say(
                Hello(token=ticket_of(self.clock, seat, **{"key": self.key, **ticket}), seat=seat)
            )
            await console.until(Welcome)
            await console.until(Picture)
            yield console

    @asynccontextmanager
    async def at_work(self, seat: str = "1001", **ticket: Any) -> AsyncIterator[Console]:
        """A console whose operator takes calls."""
        async with self.console(seat, **ticket) as console:
            await console.ready()
            yield console


def settings_of(**changes: Any) -> Settings:
    return Settings(**{"site": "jinzhong", "public_key": PUBLIC, "seconds": 5, **changes})


@asynccontextmanager
async def site(
    exchange: Simulated | None = None, clock: ManualClock | None = None, **changes: Any
) -> AsyncIterator[Site]:
    clock = clock or ManualClock()
    exchange = exchange or Simulated(clock)
    async with running(settings_of(**changes), clock, exchange) as gateway:
        yield Site(gateway.url, clock, exchange)


def play(story: Callable[[Site], Awaitable[None]], **changes: Any) -> None:
    """Play a story at a fresh gateway."""

    async def evening() -> None:
        async with asyncio.timeout(GIVE_UP), site(**changes) as place:
            await story(place)

    asyncio.run(evening())
