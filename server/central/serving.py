"""The application under uvicorn: bound first, told ready once, ended without cutting anybody off."""

import asyncio
import gc
import json
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from functools import partial

import uvicorn
from fastapi import FastAPI

from models.clock import Clock, SystemClock
from server.central.access.keeping import keep_expiring
from server.central.app import build_app
from server.central.config import Config
from server.central.news.keeping import keep_looking
from server.central.people.staff import tell_staff
from server.central.sealing.master import MASTER_FILE, read_master
from server.central.sealing.vocabulary import load as load_vocabulary
from server.central.storage.engine import Database, DatabaseTrouble, counting, open_engine, sealed_with
from server.central.storage.keys import open_sealing
from server.central.storage.notices import notices_over
from server.central.storage.schema import make_database, refuse_lost
from server.central.trace.hourly import keep_hours
from server.central.trouble import CommandTrouble, ExitCode

_GRACE_SECONDS = 5
_BACKLOG = 1024
_UNREAD_MILLISECONDS = 30_000
# Longer than a console is silent: each new connection would cost a handshake.
_KEEP_ALIVE_SECONDS = 75
_LOOK_FOR_GARBAGE = (50_000, 20, 100)


class CentralServer(uvicorn.Server):
    """Tells on standard output when it is ready; ends rights, closes hours, looks for news.

    At its end everybody who waits or listens is sent away.
    """

    def __init__(self, config: uvicorn.Config, app: FastAPI, url: str) -> None:
        super().__init__(config)
        self._app = app
        self._url = url
        self.tell: Callable[[str], None] = partial(tell_ready, "server")
        self._stopping = asyncio.Event()
        self._beside: list[asyncio.Task[None]] = []

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start to listen and say where."""
        await super().startup(sockets)
        desks = self._app.state.desks
        works = [
            keep_expiring(desks, self._stopping),
            keep_hours(desks.trace, self._stopping),
            keep_looking(desks, self._stopping),
        ]
        notices = notices_over(desks.engine, desks.news.hear)
        if notices:
            desks.news.elsewhere = notices.say
            works.append(notices.keep(self._stopping))
        self._beside += map(asyncio.create_task, works)
        self.tell(self._url)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Answer everybody who waits, then stop."""
        self._app.state.desks.news.close()
        self._stopping.set()
        await super().shutdown(sockets)
        await asyncio.gather(*self._beside)


def tell_ready(program: str, url: str) -> None:
    """One line for whoever started this program."""
    sys.stdout.write(json.dumps({"ready": program, "url": url}) + "\n")
    sys.stdout.flush()


def open_made_database(config: Config) -> Database:
    """The database of a configuration, made where there is none yet. Raises CommandTrouble."""
    engine = open_sealed_database(config)
    try:
        refuse_lost(engine)
        make_database(engine, practice=config.practice)
        tell_staff(engine)
    except DatabaseTrouble as trouble:
        raise database_trouble(trouble) from trouble
    return engine


def open_sealed_database(config: Config) -> Database:
    """The database of a configuration with its keys, whatever is in it. Raises CommandTrouble."""
    master = read_master(config.folder / MASTER_FILE)
    try:
        keys = open_engine(config.keys, config.folder)
        sealing = open_sealing(keys, master, SystemClock())
        database = sealed_with(open_engine(config.database, config.folder), sealing)
        return counting(database, load_vocabulary(config.folder, config.site))
    except DatabaseTrouble as trouble:
        raise database_trouble(trouble) from trouble


def database_trouble(trouble: DatabaseTrouble) -> CommandTrouble:
    """The sentence for a database that cannot be used."""
    return CommandTrouble(ExitCode.DATABASE, f"database_{trouble.code}", why=trouble.detail)


async def serve(
    config: Config,
    engine: Database,
    clock: Clock,
    listening: Sequence[socket.socket],
    tell: Callable[[str], None] | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT; for a process of its own. `tell` hears where, once it can be reached."""
    # What is loaded by now stays: looking through it again and again would cost a quarter of every push.
    gc.freeze()
    gc.set_threshold(*_LOOK_FOR_GARBAGE)
    server = central_server(config, engine, clock, listening[0])
    server.tell = tell or server.tell
    await server.serve(sockets=list(listening))


def central_server(config: Config, engine: Database, clock: Clock, listening: socket.socket) -> CentralServer:
    """A server over an open database and a bound socket. Raises CommandTrouble."""
    app = build_app(config.settings(), clock, engine)
    how = uvicorn.Config(
        app,
        lifespan="off",
        ws="none",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=_GRACE_SECONDS,
        timeout_keep_alive=_KEEP_ALIVE_SECONDS,
        ssl_certfile=config.certificate,
        ssl_keyfile=config.key,
    )
    _check_tls(config, how)
    server = CentralServer(how, app, _url(config, listening))
    # Told before it serves, it ends as soon as it does. uvicorn raises the signal again when it is done: the
    # program is to end by itself then.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, server.handle_exit)
    return server


def bind(config: Config) -> socket.socket:
    """A socket that listens where the configuration says. Raises CommandTrouble."""
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    listening = _bound(config.host, config.port, family)
    if hasattr(socket, "TCP_USER_TIMEOUT"):
        # Connections inherit it: who takes nothing of what was sent to them for so long is cut off.
        listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, _UNREAD_MILLISECONDS)
    return listening


def bind_alone(config: Config, index: int) -> list[socket.socket]:
    """The socket of one of several processes alone, by which each is watched; none where none is named.

    Raises CommandTrouble.
    """
    if not config.metrics_port:
        return []
    return [_bound("127.0.0.1", config.metrics_port + index, socket.AF_INET)]


def _bound(host: str, port: int, family: socket.AddressFamily) -> socket.socket:
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise CommandTrouble(ExitCode.PORT, "port_taken", host=host, port=port, why=error.strerror) from error


def _check_tls(config: Config, how: uvicorn.Config) -> None:
    try:
        how.load()
    except OSError as error:
        raise CommandTrouble(
            ExitCode.CONFIG, "file_unreadable", file=config.certificate, why=error.strerror
        ) from error


def _url(config: Config, listening: socket.socket) -> str:
    host, port = listening.getsockname()[:2]
    named = f"[{host}]" if ":" in host else host
    return f"{'https' if config.certificate else 'http'}://{named}:{port}"
