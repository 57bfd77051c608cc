"""What a gateway of another making may say does not throw the console off."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from websockets.asyncio.server import ServerConnection, serve

from console.line import port
from console.line.gateway import GatewayLine
from console.session.endpoint import endpoint
from models.clock import ManualClock
from models.ids import new_id
from tests.console.line.stages import SEAT, Ears

WELCOME = (
    '{"kind":"welcome","protocol":1,"operator":"zhang","seat":"1001",'
    '"now":"2026-01-01T00:00:00Z","newer":"field"}'
)
QUEUE = '{"kind":"queue_moved","queue":{"waiting":3,"oldest_at":"2026-01-01T00:00:00Z"}}'
TROUBLED = '{"kind":"troubled","codes":["recordings_full"]}'
GARBAGE = ("", "{}", "[1", '{"kind":"of a newer gateway"}', '{"kind":"happened","event":{"kind":"x"}}', "\0")


@asynccontextmanager
async def gateway(frames: Sequence[str | bytes], heard: asyncio.Event | None = None) -> AsyncIterator[str]:
    """A gateway that says just this to everybody, and listens without a word of answer."""

    async def say(socket: ServerConnection) -> None:
        await socket.recv()
        for frame in frames:
            await socket.send(frame)
        async for _ in socket:
            if heard:
                heard.set()

    async with serve(say, "127.0.0.1", 0) as server:
        address = next(iter(server.sockets)).getsockname()[1]
        yield f"ws://127.0.0.1:{address}/line/v1"


async def never(_event: asyncio.Event, _seconds: float) -> bool:
    await asyncio.Event().wait()
    return False


@pytest.mark.expects_log("a message of the gateway was not understood")
def test_what_is_not_understood_is_passed_over() -> None:
    async def story() -> None:
        ears = Ears()
        async with gateway((*GARBAGE, b"\xff", WELCOME, TROUBLED, *GARBAGE, QUEUE)) as url:
            line = GatewayLine(endpoint(url), ManualClock(), never)
            run = asyncio.create_task(line.run("ticket", SEAT, ears.hear))
            moved = await ears.kind(port.QueueMoved)
            assert moved.queue.waiting == 3
            run.cancel()
            await asyncio.gather(run, return_exceptions=True)
        assert [type(one) for one in ears.news] == [port.Connected, port.Troubled, port.QueueMoved]
        assert ears.news[1] == port.Troubled(("recordings_full",))

    asyncio.run(story())


def test_a_command_whose_answer_never_comes_ends_with_the_connection() -> None:
    async def story() -> None:
        ears, heard = Ears(), asyncio.Event()
        async with gateway((WELCOME,), heard) as url:
            line = GatewayLine(endpoint(url), ManualClock(), never)
            run = asyncio.create_task(line.run("ticket", SEAT, ears.hear))
            await ears.kind(port.Connected)
            asked = asyncio.create_task(line.hold(new_id()))
            await heard.wait()
            run.cancel()
            assert await asked == port.GATEWAY_LOST
            await asyncio.gather(run, return_exceptions=True)

    asyncio.run(story())


def test_nobody_there_is_lost_since_the_first_attempt_and_told_once() -> None:
    async def story() -> None:
        ears, clock = Ears(), ManualClock()
        attempts: list[float] = []
        enough = asyncio.Event()

        async def wait(_event: asyncio.Event, seconds: float) -> bool:
            attempts.append(seconds)
            clock.forward(seconds)
            if len(attempts) == 7:
                enough.set()
                await asyncio.Event().wait()
            return False

        line = GatewayLine(endpoint("ws://127.0.0.1:1/line/v1"), clock, wait)
        since = clock.now()
        run = asyncio.create_task(line.run("ticket", SEAT, ears.hear))
        lost = await ears.kind(port.Lost)
        assert lost.since == since
        await enough.wait()
        run.cancel()
        await asyncio.gather(run, return_exceptions=True)
        assert attempts == [1, 2, 4, 8, 16, 30, 30]
        assert ears.news == [port.Lost(since)]

    asyncio.run(story())
