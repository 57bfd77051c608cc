"""Practice: server and gateway in one process on loopback, for as long as somebody holds standard input."""

import asyncio
import json
import os
import secrets
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from models.clock import Clock, SystemClock
from models.people.operator import Operator, Role
from resources.texts import t
from server.central.config import GATEWAY_FILE, SERVER_FILE, Config, read_config
from server.central.founding import Plan, complete_practice, found, write_secret
from server.central.people.staff import tell_staff
from server.central.serving import CentralServer, bind, central_server, open_made_database, tell_ready
from server.central.signing_in import add_operator
from server.central.trouble import CommandTrouble, ExitCode
from server.gateway.app import running
from server.gateway.exchange.directing import Directing
from server.gateway.exchange.port import Exchange
from server.gateway.exchange.practice import PracticeExchange
from server.gateway.problems import GatewayError
from server.gateway.settings import read_settings

ENTRY_FILE = "practice-password"
OPERATOR = "practice"
LEAD = "lead"
_CHUNK = 4096


def practise(folder: Path, site: str) -> int:
    """Run until standard input closes, so that it never outlives whoever started it; the exit code.

    The folder is founded where there is nothing yet; the password of both accounts is in a file there.
    Raises CommandTrouble.
    """
    clock = SystemClock()
    if not (folder / SERVER_FILE).exists():
        found(Plan(folder, site, port=0, practice=True), clock)
    config = read_config(folder)
    if not config.practice:
        raise CommandTrouble(ExitCode.CONFIG, "not_practice", folder=folder)
    complete_practice(folder, config.site, clock)
    try:
        asyncio.run(_practise(config, clock))
    except GatewayError as error:
        sys.stderr.write(f"{error.sentence}\n")
        return error.exit_code
    return ExitCode.DONE


async def _practise(config: Config, clock: Clock) -> None:
    engine = open_made_database(config)
    try:
        password = _password(config.folder / ENTRY_FILE)
        for operator in _operators(config.site):
            add_operator(engine, operator, password)
        tell_staff(engine)
        with bind(config) as listening:
            server = central_server(config, engine, clock, listening)
            async with running(read_settings(config.folder / GATEWAY_FILE, practice=True), clock) as gateway:
                tell_ready("gateway", gateway.url)
                _follow_input(server, _directing(gateway.exchange))
                await server.serve(sockets=[listening])
    finally:
        engine.dispose()


def _operators(site: str) -> tuple[Operator, ...]:
    return (
        Operator(OPERATOR, t("server.practice_operator"), "", site, (Role.OPERATOR,)),
        Operator(LEAD, t("server.practice_lead"), "", site, (Role.LEAD, Role.OPERATOR)),
    )


def _password(path: Path) -> str:
    if not path.exists():
        write_secret(path, secrets.token_urlsafe(12).encode())
    return path.read_text(encoding="utf-8").strip()


def _directing(exchange: Exchange) -> Callable[[str], None]:
    """Who rings is said on standard input, by the console that started this."""
    return Directing(exchange, _tell).hear if isinstance(exchange, PracticeExchange) else lambda _line: None


def _tell(told: dict[str, str]) -> None:
    # Whoever started this may be gone: then standard input ends too, and with it all of this.
    with suppress(BrokenPipeError):
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()


def _follow_input(server: CentralServer, hear: Callable[[str], None]) -> None:
    def end() -> None:
        server.should_exit = True

    loop = asyncio.get_running_loop()
    threading.Thread(target=_read_to_end, args=(loop, hear, end), daemon=True).start()


def _read_to_end(
    loop: asyncio.AbstractEventLoop, hear: Callable[[str], None], end: Callable[[], None]
) -> None:
    begun = b""
    # Below sys.stdin: its lock, held while reading, would stop the interpreter from ending.
    while given := os.read(sys.stdin.fileno(), _CHUNK):
        *lines, begun = (begun + given).split(b"\n")
        for line in lines:
            _soon(loop, partial(hear, line.decode("utf-8", "replace")))
    _soon(loop, end)


def _soon(loop: asyncio.AbstractEventLoop, act: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(act)
