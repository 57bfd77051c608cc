"""The gateway as a program: settings, exchange, desk and reception put together, started and stopped."""

import asyncio
import json
import os
import signal
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key
from websockets.asyncio.server import Server

from models.calls.witnessing import Seen
from models.clock import Clock, SystemClock
from server.gateway.asking import keep_asking
from server.gateway.connections import Reception
from server.gateway.desk import Desk
from server.gateway.exchange.asterisk import Asterisk
from server.gateway.exchange.port import Exchange
from server.gateway.exchange.practice import CallersError, PracticeExchange, read_callers
from server.gateway.exchange.unconfigured import Unconfigured
from server.gateway.house import house_of
from server.gateway.outlook import outlook_of
from server.gateway.problems import GatewayError
from server.gateway.recordings.collecting import collecting
from server.gateway.rights import PATH, Door
from server.gateway.roster import Roster
from server.gateway.settings import Settings, read_settings
from server.gateway.shift import Rules
from server.gateway.standing import Standing
from server.gateway.summoning import summoning
from server.gateway.sync.recording import recording


@dataclass(frozen=True, slots=True)
class Running:
    """A gateway that listens at `url`, joined to `exchange`; `listening` ends only by a bug."""

    url: str
    exchange: Exchange
    listening: asyncio.Task[None]


def run_gateway(config_path: Path, practice: bool) -> int:
    """Run until told to stop; the exit code. Trouble at the start is one sentence on standard error."""
    try:
        asyncio.run(serve(read_settings(config_path, practice), SystemClock()))
    except GatewayError as error:
        sys.stderr.write(f"{error.sentence}\n")
        return error.exit_code
    except KeyboardInterrupt:
        return 0
    return 0


async def serve(settings: Settings, clock: Clock) -> None:
    """Run until SIGTERM, SIGINT or cancelled; one JSON line on standard output says where it listens.

    Raises GatewayError.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    if sys.platform != "win32":
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, stop.set)
    async with running(settings, clock) as gateway:
        sys.stdout.write(json.dumps({"ready": "gateway", "url": gateway.url}) + "\n")
        sys.stdout.flush()
        stopped = asyncio.create_task(stop.wait())
        await asyncio.wait([stopped, gateway.listening], return_when=asyncio.FIRST_COMPLETED)
        stopped.cancel()
        if gateway.listening.done():
            gateway.listening.result()


@asynccontextmanager
async def running(
    settings: Settings, clock: Clock, exchange: Exchange | None = None
) -> AsyncIterator[Running]:
    """A gateway for as long as the context is open; `exchange` stands in for the one of the settings.

    Raises GatewayError.
    """
    tls, trust = _tls(settings), _trust(settings)
    exchange = exchange or _exchange(settings, clock)
    async with recording(settings, trust, clock) as recorder:
        rules = Rules(settings.terms, Roster(settings.roster), settings.discreet)
        record = recorder.hear if recorder else _unheard
        desk = Desk(settings.site, exchange, clock, settings.seconds, record, rules)
        desk.outward.outlook = outlook_of(settings.site, settings.hotline, settings.shown)
        desk.usher.use(house_of(settings.site, settings.hotline), recorder.callers if recorder else None)
        if recorder:
            recorder.remember = desk.remember
            recorder.recall = desk.alerts.remember
            recorder.troubled = partial(desk.troubles.hear, "calls")
            recorder.retell = desk.briefs.remember
            desk.alerts.keep = desk.briefs.keep = recorder.hear
            desk.supervising.trace = desk.outward.trace = recorder.hear
        async with (
            summoning(exchange.supervision, settings.rings) as summoner,
            _answering(settings, clock, desk, (tls, trust)) as (server, listening),
            collecting(settings, trust, clock, exchange.recording, partial(desk.troubles.hear, "recordings")),
        ):
            if summoner:
                desk.alerts.summon = summoner.hear
            yield Running(_url(server, tls is not None), exchange, listening)


@asynccontextmanager
async def _answering(
    settings: Settings, clock: Clock, desk: Desk, secure: tuple[ssl.SSLContext | None, ssl.SSLContext | None]
) -> AsyncIterator[tuple[Server, asyncio.Task[None]]]:
    """A desk that listens to its exchange and to consoles; `secure` is how it does and whom it trusts."""
    tls, trust = secure
    door = _door(settings)
    reception = Reception(desk, door, clock, settings.seconds)
    listening = asyncio.create_task(desk.run())
    asking = asyncio.create_task(_ask(settings, trust, door, desk))
    try:
        await _oriented(desk, settings.seconds)
        server = await _listen(reception, settings, tls)
        try:
            yield server, listening
        finally:
            # First the exchange: the seats of consoles that are now cut off must not be paused.
            await _ended(listening)
            server.close()
            await server.wait_closed()
    finally:
        await _ended(asking)
        await _ended(listening)


def _unheard(_seen: Seen) -> None:
    """A gateway without an account writes no calls."""


async def _ask(settings: Settings, trust: ssl.SSLContext | None, door: Door, desk: Desk) -> None:
    """Know who was revoked, as long as there is a server to ask."""
    if settings.server:
        await keep_asking(
            settings.server,
            trust,
            door.standing,
            lambda: desk.dismiss(door.has_revoked),
            settings.ask_seconds,
        )


async def _ended(listening: asyncio.Task[None]) -> None:
    listening.cancel()
    await asyncio.wait([listening])


async def _oriented(desk: Desk, seconds: float) -> None:
    """Wait a little for the exchange, so that the first consoles find the shift as it is."""
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await desk.oriented.wait()


async def _listen(reception: Reception, settings: Settings, tls: ssl.SSLContext | None) -> Server:
    try:
        return await reception.listen(settings.address, settings.port, tls)
    except OSError as cause:
        where = {"address": settings.address, "port": str(settings.port)}
        raise GatewayError("address_unusable", **where, why=os.strerror(cause.errno or 0)) from cause


def _url(server: Server, tls: bool) -> str:
    address, port = next(iter(server.sockets)).getsockname()[:2]
    host = f"[{address}]" if ":" in address else address
    return f"{'wss' if tls else 'ws'}://{host}:{port}{PATH}"


def _exchange(settings: Settings, clock: Clock) -> Exchange:
    if settings.practice:
        try:
            return PracticeExchange(clock, read_callers())
        except CallersError as cause:
            raise GatewayError("practice_callers", why=str(cause)) from cause
    return Asterisk(settings.exchange, clock) if settings.exchange else Unconfigured()


def _door(settings: Settings) -> Door:
    key = settings.public_key.encode()
    try:
        usable = isinstance(load_pem_public_key(key), Ed25519PublicKey)
    except (ValueError, UnsupportedAlgorithm):
        usable = False
    if not usable:
        raise GatewayError("public_key")
    return Door(Standing(key, settings.kept), settings.site, settings.practice, settings.grace)


def _trust(settings: Settings) -> ssl.SSLContext | None:
    if settings.trust is None:
        return None
    try:
        return ssl.create_default_context(cafile=settings.trust)
    except OSError as cause:
        raise GatewayError("certificate", file=str(settings.trust), why=str(cause)) from cause


def _tls(settings: Settings) -> ssl.SSLContext | None:
    if settings.certificate is None:
        return None
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    try:
        context.load_cert_chain(settings.certificate, settings.key)
    except OSError as cause:
        raise GatewayError("certificate", file=str(settings.certificate), why=str(cause)) from cause
    return context
