"""The line as the gateway gives it: a WebSocket that comes back by itself."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from console.line import port
from console.line.done import GATEWAY_LOST, Done
from console.line.gateway_alerting import GatewayAlerting
from console.line.gateway_handing import GatewayHanding
from console.line.gateway_outgoing import GatewayOutgoing
from console.line.gateway_seating import GatewaySeating
from console.line.gateway_supervision import GatewaySupervision
from console.line.port import News
from console.line.seating import Seating
from console.runtime.waiting import Pauses, Wait, wait_for
from console.session.endpoint import Endpoint
from console.session.proof import Prover
from models.clock import Clock
from models.ids import new_id
from models.patience import until_silent
from models.people import proof
from models.shifts.duty import BreakReason, DutyState

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection, connect

MOST_PAUSE_SECONDS = 30.0
_OPEN_SECONDS = 5.0
_CLOSE_SECONDS = 1.0
_PING_SECONDS = 5.0
_MOST_BYTES = 4 * 1024 * 1024
_TAKEN = ("seat_taken", "no_lead", "seat_denied")
"""Refusals that a later attempt may not meet: the other console goes some time."""
_log = logging.getLogger(__name__)


class GatewayLine:
    """The real line of a workstation; pydantic and websockets are imported with the first connection."""

    def __init__(
        self, endpoint: Endpoint, clock: Clock, wait: Wait = wait_for, prover: Prover | None = None
    ) -> None:
        self._endpoint = endpoint
        self._prover = prover
        self._clock = clock
        self._wait = wait
        self._socket: ClientConnection | None = None
        self._asked: dict[str, asyncio.Future[Done]] = {}
        self._pauses = Pauses(MOST_PAUSE_SECONDS)
        self._state: News | None = None
        self._wanted = asyncio.Event()
        self.handing = GatewayHanding(self._ask)
        self.seating: Seating = GatewaySeating(self._ask, self._wanted.set)
        self.outgoing = GatewayOutgoing(self._ask)
        self.supervision = GatewaySupervision(self._ask)
        self.alerting = GatewayAlerting(self._ask)

    async def run(self, ticket: str, seat: str, hear: Callable[[News], None]) -> None:
        """Connect, stay connected, tell news until cancelled; returns after a lasting refusal."""
        self._state = None
        while True:
            refusal = await self._connection(ticket, seat, hear)
            self._tell(refusal or port.Lost(self._clock.now()), hear)
            if refusal is None or refusal.why in _TAKEN:
                await self._wait(self._wanted, self._pauses.take())
            elif refusal.why == "taken_over":
                # Two consoles would take the seat from each other: this one comes back when it is asked to.
                await self._wanted.wait()
            else:
                return

    async def answer(self, call: str) -> Done:
        """Pick the ringing call up at this seat's telephone."""
        return await self._ask("answer", call=call)

    async def hang_up(self, call: str) -> Done:
        """End the call."""
        return await self._ask("hang_up", call=call)

    async def hold(self, call: str) -> Done:
        """Let the caller hear music."""
        return await self._ask("hold", call=call)

    async def resume(self, call: str) -> Done:
        """Take the caller back from hold."""
        return await self._ask("resume", call=call)

    async def mute(self, call: str, on: bool) -> Done:
        """Cut the operator's voice or let it be heard again."""
        return await self._ask("mute", call=call, on=on)

    async def invite(self, call: str, party: str, dial: str, label: str) -> Done:
        """Bring a third party in."""
        return await self._ask("invite", call=call, party=party, dial=dial, label=label)

    async def drop(self, call: str, party: str) -> Done:
        """Let a third party go."""
        return await self._ask("drop", call=call, party=party)

    async def press(self, call: str, keys: str) -> Done:
        """Send keypad tones."""
        return await self._ask("press", call=call, keys=keys)

    async def tape(self, call: str, on: bool) -> Done:
        """Pause the recording, or let it go on."""
        return await self._ask("tape", call=call, on=on)

    async def set_duty(self, state: DutyState, reason: BreakReason | None = None) -> Done:
        """Take calls or none for a while."""
        return await self._ask("set_duty", state=state.value, reason=reason)

    async def _connection(self, ticket: str, seat: str, hear: Callable[[News], None]) -> port.Refused | None:
        """One connection from its first frame to its end; gives the refusal it ended with, if any."""
        from websockets.exceptions import WebSocketException

        from models.wire.line import Hello

        try:
            async with self._open() as socket:
                silent = asyncio.create_task(self._cut_when_silent(socket))
                try:
                    proven = self._proof(socket, ticket)
                    wanted = self._wanted.is_set()
                    self._wanted.clear()
                    hello = Hello(token=ticket, seat=seat, proof=proven, take_over=wanted)
                    await socket.send(hello.model_dump_json())
                    return await self._listen(socket, hear)
                finally:
                    silent.cancel()
                    # A clean goodbye, also where this is cancelled: who signs off is off duty.
                    await socket.close()
        except (OSError, WebSocketException) as cause:
            _log.info("gateway connection ended: %s", type(cause).__name__)
        finally:
            self._end()
        return None

    def _proof(self, socket: "ClientConnection", ticket: str) -> str:
        """What an enrolled workstation adds to its ticket, "" from one that is not."""
        if self._prover is None or socket.request is None or socket.response is None:
            return ""
        self._prover.heard(socket.response.headers.get(proof.NONCE_HEADER, ""))
        path = urlsplit(socket.request.path).path
        return self._prover.prove(proof.Request("GET", path, ticket))

    async def _cut_when_silent(self, socket: "ClientConnection") -> None:
        from websockets.exceptions import ConnectionClosed

        with suppress(ConnectionClosed):
            await until_silent(socket.ping, _PING_SECONDS)
            socket.transport.abort()

    async def _listen(self, socket: "ClientConnection", hear: Callable[[News], None]) -> port.Refused | None:
        async for frame in socket:
            news = self._read(frame)
            if isinstance(news, port.Refused):
                return news
            if isinstance(news, port.Connected):
                self._socket = socket
                self._pauses.restart()
            if news is not None:
                self._tell(news, hear)
        return None

    def _open(self) -> "connect":
        from websockets.asyncio.client import connect

        return connect(
            self._endpoint.url,
            ssl=self._endpoint.tls,
            proxy=None if self._endpoint.on_loopback else self._endpoint.proxy or True,
            open_timeout=_OPEN_SECONDS,
            close_timeout=_CLOSE_SECONDS,
            # The library's own pings take a workstation that slept for a gateway that is gone.
            ping_interval=None,
            max_size=_MOST_BYTES,
        )

    def _read(self, frame: str | bytes) -> News | None:
        from console.line.messages import Settled, read

        try:
            said = read(frame)
        except ValueError:
            # A newer gateway may say more than this program knows.
            _log.warning("a message of the gateway was not understood")
            return None
        if isinstance(said, Settled):
            asked = self._asked.pop(said.id, None)
            if asked is not None and not asked.done():
                asked.set_result(said.done)
            return None
        return said

    def _tell(self, news: News, hear: Callable[[News], None]) -> None:
        """Tell news, a state that stands already only once."""
        state = isinstance(news, (port.Connected, port.Lost, port.Refused))
        if state and type(news) is type(self._state) and (news == self._state or isinstance(news, port.Lost)):
            return
        if state:
            self._state = news
        hear(news)

    async def _ask(self, kind: str, **wanted: object) -> Done:
        from websockets.exceptions import WebSocketException

        if self._socket is None:
            return GATEWAY_LOST
        try:
            name, frame = self._command(kind, **wanted)
        except ValueError:
            return Done(False, "malformed")
        answer: asyncio.Future[Done] = asyncio.get_running_loop().create_future()
        self._asked[name] = answer
        try:
            await self._socket.send(frame)
            return await answer
        except (OSError, WebSocketException):
            return GATEWAY_LOST
        finally:
            self._asked.pop(name, None)

    def _command(self, kind: str, **wanted: object) -> tuple[str, str]:
        """The id of a new command and its frame. Raises ValueError where a value does not fit."""
        from models.wire.commands import COMMAND

        name = new_id()
        message = COMMAND.validate_python({"kind": kind, "id": name, **wanted})
        return name, COMMAND.dump_json(message).decode()

    def _end(self) -> None:
        self._socket = None
        for answer in self._asked.values():
            if not answer.done():
                answer.set_result(GATEWAY_LOST)
