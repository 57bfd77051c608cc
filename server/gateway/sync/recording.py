"""Recorder and pump put together, started and stopped with the gateway."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from models.clock import Clock
from server.gateway.settings import Settings
from server.gateway.sync.pump import Pump
from server.gateway.sync.recorder import Recorder
from server.gateway.sync.server import Server, read_identity
from server.gateway.sync.standings import keep_hearing


@asynccontextmanager
async def recording(
    settings: Settings, trust: ssl.SSLContext | None, clock: Clock
) -> AsyncIterator[Recorder | None]:
    """A recorder for as long as the context is open; None for a gateway without an account.

    What was heard is on the disk when the context is left. Raises GatewayError.
    """
    if settings.account is None:
        yield None
        return
    key = read_identity(settings.account.identity)
    recorder = Recorder(settings.account)
    server = Server(settings.server, trust, key, clock)
    try:
        await recorder.begin()
        pump = Pump(server, recorder, clock)
        recorder.wrote = pump.nudge
        writing, pushing = asyncio.create_task(recorder.run()), asyncio.create_task(pump.run())
        hearing = asyncio.create_task(keep_hearing(server, recorder, recorder.callers, settings.ask_seconds))
        try:
            yield recorder
        finally:
            for task in (hearing, pushing, writing):
                task.cancel()
                await asyncio.wait([task])
    finally:
        await server.close()
        await recorder.close()
