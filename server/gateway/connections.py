"""The line protocol on a WebSocket: frames in, frames out, one connection for each console."""

import asyncio
import json
import logging
import secrets
import ssl
from collections import deque
from contextlib import suppress
from http import HTTPStatus

from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed, ConnectionClosedOK
from websockets.http11 import Request, Response

from models.clock import Clock
from models.patience import answers, until_silent
from models.people.proof import NONCE_HEADER
from models.wire.base import Message
from models.wire.commands import COMMAND
from models.wire.line import PROTOCOL, Done, Hello, Refused
from server.gateway.desk import Desk
from server.gateway.rights import PATH, Badge, Door, Refusal

LARGEST_FRAME = 64 * 1024
_NONCE_BYTES = 16
_log = logging.getLogger(__name__)


class _SilentError(Exception):
    """Somebody connected and did not say who."""


class Connection:
    """One console that was let in; `send` never waits, a reader that does not keep up is cut by its pings."""

    def __init__(self, socket: ServerConnection, badge: Badge, seconds: float) -> None:
        self.badge = badge
        self._socket = socket
        self._seconds = seconds
        self._news: deque[Message] = deque()
        self._more = asyncio.Event()
        self.expelled = False
        """Put out: what it still asks for is not done."""

    def send(self, *news: Message) -> None:
        """Send in this order, soon."""
        self._news.extend(news)
        self._more.set()

    def unsent(self) -> list[Message]:
        """What could not be sent before the connection ended."""
        return list(self._news)

    async def is_alive(self) -> bool:
        """Whether a ping comes back in time."""
        try:
            return await answers(self._socket.ping, self._seconds)
        except ConnectionClosed:
            return False

    async def gone(self) -> None:
        """Return once the connection has ended."""
        await self._socket.wait_closed()

    def expel(self, why: str) -> None:
        """Say why and end the connection: nothing is sent after it, nothing obeyed."""
        self.expelled = True
        self.send(Refused(why=why))

    def close(self) -> None:
        """Drop it: nobody answers at the other end."""
        self._socket.transport.abort()

    async def pump(self) -> None:
        """Send what there is until cancelled or closed."""
        with suppress(ConnectionClosed):
            while True:
                while self._news:
                    news = self._news[0]
                    await self._socket.send(news.model_dump_json())
                    self._news.popleft()
                    if isinstance(news, Refused):
                        await self._socket.close()
                        return
                self._more.clear()
                await self._more.wait()


class Reception:
    """Greets consoles, lets in who may work, and passes frames between them and the desk."""

    def __init__(self, desk: Desk, door: Door, clock: Clock, seconds: float) -> None:
        self._desk = desk
        self._door = door
        self._clock = clock
        self._seconds = seconds

    async def listen(self, address: str, port: int, tls: ssl.SSLContext | None) -> Server:
        """A server that listens. Raises OSError."""
        # At level DEBUG the library writes frames, and frames hold numbers and tickets.
        logging.getLogger("websockets.server").setLevel(logging.INFO)
        return await serve(
            self.receive,
            address,
            port,
            ssl=tls,
            process_request=_only_this_path,
            process_response=_with_nonce,
            # A web page always names its origin; consoles never do.
            origins=[None],
            compression=None,
            max_size=LARGEST_FRAME,
            # The library's own pings take a gateway that stood still for consoles that are gone.
            ping_interval=None,
            close_timeout=self._seconds,
        )

    async def receive(self, socket: ServerConnection) -> None:
        """One connection from its first frame to its end."""
        tasks = [asyncio.create_task(_cut_when_silent(socket, self._seconds))]
        try:
            console = await self._greet(socket)
            tasks.append(asyncio.create_task(console.pump()))
            await self._desk.enter(console)
            await self._converse(console, socket)
        except Refusal as refusal:
            _log.warning("a console was refused: %s", refusal.why)
            with suppress(ConnectionClosed):
                await socket.send(Refused(why=refusal.why).model_dump_json())
        except _SilentError:
            # No refusal: a console that is told no stays away, and this one was only too slow.
            _log.info("a connection that said nothing in time was ended")
        except ConnectionClosed:
            _log.info("a connection ended before it was let in")
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.wait(tasks)

    async def _greet(self, socket: ServerConnection) -> Connection:
        try:
            async with asyncio.timeout(self._seconds):
                frame = await socket.recv()
        except TimeoutError as cause:
            raise _SilentError from cause
        hello = _hello(frame)
        nonce = socket.response.headers.get(NONCE_HEADER, "") if socket.response else ""
        badge = self._door.admit(hello, nonce, self._clock.now())
        return Connection(socket, badge, self._seconds)

    async def _converse(self, console: Connection, socket: ServerConnection) -> None:
        _log.info("operator %s at seat %s", console.badge.operator.id, console.badge.seat)
        signed_off = False
        try:
            while True:
                frame = await socket.recv()
                if not console.expelled:
                    console.send(await self._obeyed(console, frame))
        except ConnectionClosed as closed:
            # A gateway that stops closes the connection too; then nobody signed off.
            signed_off = isinstance(closed, ConnectionClosedOK) and closed.rcvd_then_sent is True
        finally:
            self._desk.leave(console, signed_off)
            _log.info("operator %s left seat %s", console.badge.operator.id, console.badge.seat)

    async def _obeyed(self, console: Connection, frame: str | bytes) -> Done:
        document = _document(frame)
        try:
            command = COMMAND.validate_python(document)
        except ValueError:
            known = document.get("id")
            known = known if isinstance(known, str) and len(known) <= 64 else ""
            _log.warning("operator %s sent a malformed frame", console.badge.operator.id)
            return Done(id=known, ok=False, why="malformed")
        return await self._desk.obey(console, command)


async def _cut_when_silent(socket: ServerConnection, seconds: float) -> None:
    with suppress(ConnectionClosed):
        await until_silent(socket.ping, seconds)
        socket.transport.abort()


def _hello(frame: str | bytes) -> Hello:
    document = _document(frame)
    try:
        hello = Hello.model_validate(document)
    except ValueError as cause:
        raise Refusal("malformed") from cause
    if document.get("kind") != "hello":
        raise Refusal("malformed")
    if hello.protocol != PROTOCOL:
        raise Refusal("protocol")
    return hello


def _document(frame: str | bytes) -> dict[str, object]:
    try:
        document = json.loads(frame) if isinstance(frame, str) else None
    except (ValueError, RecursionError):
        document = None
    return document if isinstance(document, dict) else {}


def _with_nonce(_socket: ServerConnection, _request: Request, response: Response) -> Response:
    """The nonce that a proof in the first frame of this very connection must have."""
    response.headers[NONCE_HEADER] = secrets.token_urlsafe(_NONCE_BYTES)
    return response


def _only_this_path(socket: ServerConnection, request: Request) -> Response | None:
    if request.path == PATH:
        return None
    return socket.respond(HTTPStatus.NOT_FOUND, "")
