"""A seat of a founded hotline, for the tests of the composition: server, gateway and disk are real."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from console.runtime.reach import Reach
from console.runtime.store import Store
from console.runtime.waiting import wait_for
from console.seat import Seat
from console.session.endpoint import Endpoints
from console.session.secret_store import NoSecretStore, SecretStore
from console.settings import Settings
from console.surroundings import Forms
from console.workstation import Workstation
from models.clock import SystemClock
from tests.support.hotline import PASSWORD, SITE, Hotline

T = TypeVar("T")
NOWHERE = "http://127.0.0.1:1"
NO_GATEWAY = "ws://127.0.0.1:1/line/v1"
FORMS = Forms(("full", 1))
SEAT = "1001"
PATIENCE = 30


@dataclass
class Place:
    """Where one workstation keeps its files and what it can reach."""

    folder: Path
    server: str = NOWHERE
    gateway: str = NO_GATEWAY
    secrets: SecretStore = field(default_factory=NoSecretStore)
    practice: bool = False
    number: str = SEAT

    def seat(self) -> Seat:
        settings = Settings(site=SITE, seat=self.number, data=str(self.folder), practice=self.practice)
        return Seat(settings, self._endpoints, self.secrets, SystemClock(), FORMS)

    def _endpoints(self) -> Endpoints:
        return Endpoints(self.server, self.gateway)


@asynccontextmanager
async def seated(place: Place) -> AsyncIterator[Seat]:
    """A seat where nobody has signed in yet."""
    seat = place.seat()
    try:
        yield seat
    finally:
        await seat.stop()


@asynccontextmanager
async def at_work(place: Place, operator: str) -> AsyncIterator[tuple[Seat, Workstation]]:
    """A seat where an operator has signed in."""
    async with seated(place) as seat:
        yield seat, await signed_in(seat, operator, number=place.number)


async def signed_in(seat: Seat, operator: str, password: str = PASSWORD, number: str = SEAT) -> Workstation:
    return await seat.sign_in(operator, lambda: password, number)


async def until(store: Store[T], fits: Callable[[T], object], patience: float = PATIENCE) -> T:
    """The first value of a store that fits, within so many seconds."""
    reached: asyncio.Future[T] = asyncio.get_running_loop().create_future()

    def look(value: T) -> None:
        if not reached.done() and fits(value):
            reached.set_result(value)

    store.watch(look)
    async with asyncio.timeout(patience):
        return await reached


async def problem(seat: Seat, code: str, there: bool = True) -> None:
    """Wait until a problem stands, or does not any more."""
    await until(seat.problems.store, lambda known: (code in {one.code for one in known}) is there)


async def all_sent(seat: Seat, patience: float = PATIENCE) -> None:
    """Wait until the server has everything, for so many seconds at most."""

    def sent(reach: Reach) -> bool:
        return reach.up is True and not reach.waiting

    # What was told last may be older than what was written since.
    async with asyncio.timeout(patience):
        await until(seat.sync, sent, patience)
        while (await seat._db.run(lambda storage: storage.unsent())).count:
            await wait_for(asyncio.Event(), 0.05)


@contextmanager
def fixed_port(hotline: Hotline) -> Iterator[str]:
    """The address of the hotline's server, which from now on is the same at each start."""
    settings = hotline.folder / "server.toml"
    with hotline.running("server") as url:
        port = url.rsplit(":", 1)[1].strip("/")
    settings.write_text(settings.read_text().replace("port = 0", f"port = {port}"))
    yield url
