"""A loopback server that plays an Asterisk by a script, for what a real one never says."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from server.gateway.exchange.ami import Address

GREETING = b"Asterisk Call Manager/11.0.0\r\n"


class Dialogue:
    """One connection as the server sees it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self.asked: list[dict[str, str]] = []

    def say(self, *lines: str | bytes) -> None:
        """One packet."""
        raw = [line.encode() if isinstance(line, str) else line for line in lines]
        self._writer.write(b"\r\n".join([*raw, b"", b""]))

    def raw(self, text: bytes) -> None:
        """Bytes as they are."""
        self._writer.write(text)

    async def hear(self) -> dict[str, str]:
        """The next action."""
        text = (await self._reader.readuntil(b"\r\n\r\n")).decode()
        action = dict(line.split(": ", 1) for line in text.split("\r\n") if line)
        self.asked.append(action)
        return action

    async def agree(self, *more: str) -> dict[str, str]:
        """Take the next action."""
        action = await self.hear()
        self.say("Response: Success", f"ActionID: {action['ActionID']}", *more)
        return action

    async def refuse(self, why: str) -> None:
        """Refuse the next action."""
        action = await self.hear()
        self.say("Response: Error", f"ActionID: {action['ActionID']}", f"Message: {why}")

    async def greet(self) -> None:
        """Greet and let the gateway sign in."""
        self.raw(GREETING)
        await self.agree("Challenge: 12345")
        await self.agree("Message: Authentication accepted")


@asynccontextmanager
async def scripted(script: Callable[[Dialogue], Awaitable[None]]) -> AsyncIterator[Address]:
    """A server that plays the script once to each connection and then ends it."""
    playing: set[asyncio.Task[None]] = set()

    async def play(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            await script(Dialogue(reader, writer))
        except (OSError, asyncio.IncompleteReadError):
            return  # the gateway has gone first
        finally:
            writer.close()

    def started(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.create_task(play(reader, writer))
        playing.add(task)
        task.add_done_callback(playing.discard)

    server = await asyncio.start_server(started, "127.0.0.1", 0)
    try:
        yield Address("127.0.0.1", server.sockets[0].getsockname()[1], "gateway", "secret")
    finally:
        server.close()
        for task in playing:
            task.cancel()
        await asyncio.gather(*playing, return_exceptions=True)
        await server.wait_closed()
