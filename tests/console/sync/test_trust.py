"""Server and gateway are spoken to only where the hotline's own authority vouches for them."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from websockets.asyncio.server import ServerConnection, serve

from console.line import port
from console.line.gateway import GatewayLine
from console.session.endpoint import Endpoint, endpoint
from console.sync import api
from console.sync.api import ServerApi
from models.clock import ManualClock, SystemClock
from server.central.certificates import Authority
from tests.console.line.stages import SEAT, Ears
from tests.console.line.test_gateway import WELCOME, never

REFUSAL = b'{"why":"ticket"}'
ANSWER = b"HTTP/1.1 401 x\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(REFUSAL)


@pytest.fixture
def tls(tmp_path: Path) -> ssl.SSLContext:
    """What a program of the hotline shows; `own.pem` and `other.pem` are two authorities."""
    own, other = (Authority(name, SystemClock().now()) for name in ("own", "other"))
    (tmp_path / "own.pem").write_bytes(own.pair.public)
    (tmp_path / "other.pem").write_bytes(other.pair.public)
    program = own.certify("program", ["127.0.0.1"])
    (tmp_path / "program.pem").write_bytes(program.public + program.private)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "program.pem")
    return context


@asynccontextmanager
async def central(tls: ssl.SSLContext) -> AsyncIterator[str]:
    """Something that answers every request alike."""

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(ANSWER + REFUSAL)
        await writer.drain()
        await reader.read()
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0, ssl=tls)
    async with server:
        yield f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}"


async def asked(place: Endpoint) -> object:
    server = ServerApi(place, "test")
    try:
        return await server.pull("ticket", {}, 1, 0)
    finally:
        await server.close()


def test_the_server(tls: ssl.SSLContext, tmp_path: Path) -> None:
    async def story() -> None:
        async with central(tls) as url:
            assert await asked(endpoint(url, str(tmp_path / "own.pem"))) == api.TurnedAway("ticket")
            strange = endpoint(url, str(tmp_path / "other.pem"))
            assert await asked(strange) == api.Unreachable("certificate")
            assert await asked(endpoint(url)) == api.Unreachable("certificate")
            unnamed = endpoint(url.replace("127.0.0.1", "localhost"), str(tmp_path / "own.pem"))
            assert await asked(unnamed) == api.Unreachable("certificate")

    asyncio.run(story())


@pytest.mark.parametrize(("authority", "told"), [("own", port.Connected), ("other", port.Lost)])
def test_the_gateway(tls: ssl.SSLContext, tmp_path: Path, authority: str, told: type[port.News]) -> None:
    async def greet(socket: ServerConnection) -> None:
        await socket.recv()
        await socket.send(WELCOME)
        await socket.wait_closed()

    async def story() -> None:
        ears = Ears()
        async with serve(greet, "127.0.0.1", 0, ssl=tls) as server:
            address = next(iter(server.sockets)).getsockname()[1]
            place = endpoint(f"wss://127.0.0.1:{address}", str(tmp_path / f"{authority}.pem"))
            line = GatewayLine(place, ManualClock(), never)
            run = asyncio.create_task(line.run("ticket", SEAT, ears.hear))
            await ears.until(lambda: ears.news)
            run.cancel()
            await asyncio.gather(run, return_exceptions=True)
        assert isinstance(ears.news[0], told)

    asyncio.run(story())
