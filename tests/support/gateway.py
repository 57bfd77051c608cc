"""A gateway over the simulated exchange in a thread of its own, for tests whose loop is elsewhere."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TypeVar

import pytest

from models.clock import SystemClock
from models.people.operator import Role
from server.gateway.app import running
from server.gateway.exchange.scene import Scene
from server.gateway.exchange.simulated import Simulated
from server.gateway.settings import Settings
from tests.server.gateway.consoles import PUBLIC, ticket_of
from tests.support.processes import free_port

T = TypeVar("T")
_PATIENCE = 60


class GatewayInThread:
    """`url` stays the same when it is stopped and started again; the exchange lives as long as the object."""

    def __init__(self, site: str = "jinzhong", practice: bool = False, public_key: str = PUBLIC) -> None:
        self.clock = SystemClock()
        self.exchange = Simulated(self.clock, practice=practice)
        self.url = ""
        # Not one that the system hands out: while nobody listens, a connection going out might be given it.
        self._settings = Settings(site, public_key, port=free_port(), practice=practice)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="gateway under test")
        self._stop = asyncio.Event()
        self._gone: Future[None] | None = None
        self._thread.start()

    def start(self) -> None:
        """Listen; at the same port as before."""
        ready: Future[str] = Future()
        self._stop.clear()
        self._gone = asyncio.run_coroutine_threadsafe(self._run(ready), self._loop)
        self._gone.add_done_callback(
            lambda gone: None if ready.done() else ready.set_exception(gone.exception())
        )
        self.url = ready.result(_PATIENCE)

    def stop(self) -> None:
        """Be gone, as a gateway that was killed."""
        if self._gone:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._gone.result(_PATIENCE)
            self._gone = None

    def scene(self, act: Callable[[Scene], T]) -> T:
        """Let something happen outside: `gateway.scene(lambda scene: scene.ring("13800000001", "12356"))`."""

        async def acted() -> T:
            return act(self.exchange.scene)

        return asyncio.run_coroutine_threadsafe(acted(), self._loop).result(_PATIENCE)

    def ticket(self, seat: str = "1001", roles: tuple[Role, ...] = (Role.OPERATOR,)) -> str:
        """A duty ticket of operator `op-<seat>`, signed by the key of the tests."""
        known = self._settings
        return ticket_of(self.clock, seat, roles=roles, who={"site": known.site}, practice=known.practice)

    def close(self) -> None:
        """End the thread."""
        self.stop()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_PATIENCE)
        self._loop.close()

    async def _run(self, ready: "Future[str]") -> None:
        async with running(self._settings, self.clock, self.exchange) as gateway:
            ready.set_result(gateway.url)
            await self._stop.wait()


@contextmanager
def gateway_in_thread(
    site: str = "jinzhong", practice: bool = False, public_key: str = PUBLIC
) -> Iterator[GatewayInThread]:
    """A gateway that listens."""
    gateway = GatewayInThread(site, practice, public_key)
    try:
        gateway.start()
        yield gateway
    finally:
        gateway.close()


@pytest.fixture
def gateway() -> Iterator[GatewayInThread]:
    """A gateway of the site 晋中 that listens; its exchange has no callers until a test lets them ring."""
    with gateway_in_thread() as one:
        yield one
