"""Founding a hotline's server: a folder with configuration, keys and certificates, made once."""

import json
import os
import secrets
import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path

from models.clock import Clock
from server.central.certificates import Authority, ticket_pair
from server.central.config import DEFAULT_KEYS, GATEWAY_FILE, SERVER_FILE, is_loopback
from server.central.keys import FILES, GATEWAY_PUBLIC, RECORDINGS_PUBLIC, fresh_files, fresh_recordings
from server.central.sealing.master import MASTER_FILE, new_master
from server.central.trouble import CommandTrouble, ExitCode

DEFAULT_DATABASE = "sqlite:///central.sqlite3"
DEFAULT_PORT = 8443
GATEWAY_IDENTITY, OUTBOX_KEY = "gateway-identity.key", "outbox.key"
_OUTBOX_KEY_BYTES = 32
_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be founded. `names` are further names under which workstations reach this machine."""

    folder: Path
    site: str
    host: str = "127.0.0.1"
    port: int = DEFAULT_PORT
    database: str = DEFAULT_DATABASE
    practice: bool = False
    names: Sequence[str] = ()


def found(plan: Plan, clock: Clock) -> list[Path]:
    """Write all files; returns their paths. Nothing that exists is overwritten. Raises CommandTrouble."""
    if plan.practice and not is_loopback(plan.host):
        raise CommandTrouble(ExitCode.CONFIG, "practice_host", host=plan.host)
    files = {**_keys(plan, clock), SERVER_FILE: _server(plan), GATEWAY_FILE: _gateway(plan)}
    present = [name for name in files if (plan.folder / name).exists()]
    if present:
        raise CommandTrouble(ExitCode.CONFIG, "already_there", file=plan.folder / present[0])
    try:
        plan.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return [_write(plan.folder / name, content) for name, content in files.items()]
    except OSError as error:
        raise CommandTrouble(
            ExitCode.CONFIG, "folder_unwritable", folder=plan.folder, why=error.strerror
        ) from error


def complete_practice(folder: Path, site: str, clock: Clock) -> None:
    """Give a practice folder of an earlier program the keys that were added since; in practice all serve."""
    missing = [name for name in (*FILES, MASTER_FILE) if not (folder / name).exists()]
    if missing:
        fresh = fresh_files(Authority(f"Xinqiao {site}", clock.now())) | {MASTER_FILE: new_master()}
        for name in missing:
            _write(folder / name, fresh[name])


def add_master(folder: Path) -> Path:
    """Give a server that an earlier program founded its master key. Raises CommandTrouble if it has one."""
    path = folder / MASTER_FILE
    try:
        return _write(path, new_master())
    except FileExistsError as error:
        raise CommandTrouble(ExitCode.CONFIG, "already_there", file=path) from error
    except OSError as error:
        raise CommandTrouble(
            ExitCode.CONFIG, "folder_unwritable", folder=folder, why=error.strerror
        ) from error


def add_recordings(folder: Path) -> list[Path]:
    """Give a server that an earlier program founded its keys for recordings. Raises CommandTrouble."""
    files = fresh_recordings()
    present = [name for name in files if (folder / name).exists()]
    if present:
        raise CommandTrouble(ExitCode.CONFIG, "already_there", file=folder / present[0])
    try:
        return [_write(folder / name, content) for name, content in files.items()]
    except OSError as error:
        raise CommandTrouble(
            ExitCode.CONFIG, "folder_unwritable", folder=folder, why=error.strerror
        ) from error


def write_secret(path: Path, content: bytes) -> Path:
    """Write a new file that only its owner may read; raises FileExistsError where there is one."""
    return _write(path, content)


def _keys(plan: Plan, clock: Clock) -> dict[str, bytes]:
    authority = Authority(f"Xinqiao {plan.site}", clock.now())
    names = {*plan.names, plan.host, socket.gethostname(), "localhost", "127.0.0.1"}
    hosts = sorted(name for name in names if not _is_everywhere(name))
    server, gateway = authority.certify("server", hosts), authority.certify("gateway", hosts)
    tickets, identity = ticket_pair(), ticket_pair()
    return {
        **fresh_files(authority),
        **fresh_recordings(),
        MASTER_FILE: new_master(),
        "ca.key": authority.pair.private,
        "server.crt": server.public,
        "server.key": server.private,
        "gateway.crt": gateway.public,
        "gateway.key": gateway.private,
        GATEWAY_PUBLIC: identity.public,
        GATEWAY_IDENTITY: identity.private,
        OUTBOX_KEY: secrets.token_hex(_OUTBOX_KEY_BYTES).encode(),
        "tickets.pub": tickets.public,
        "tickets.key": tickets.private,
    }


def _server(plan: Plan) -> bytes:
    settings: dict[str, str | int | bool] = {
        "site": plan.site,
        "host": plan.host,
        "port": plan.port,
        "database": plan.database,
        "keys": DEFAULT_KEYS,
        "practice": plan.practice,
        "enrolment": not plan.practice,
        "ticket_private_key": "tickets.key",
        "ticket_public_key": "tickets.pub",
    }
    return _toml(settings | _tls(plan, "server"))


def _gateway(plan: Plan) -> bytes:
    listen: dict[str, str | int | bool] = {
        "address": plan.host,
        "port": plan.port + 1 if plan.port else 0,
    }
    top = _toml({"site": plan.site})
    parts = [
        top,
        b"[listen]",
        _toml(listen | _tls(plan, "gateway")),
        b"[tickets]",
        _toml({"public_key": "tickets.pub", "grace_hours": 24}),
    ]
    return b"\n".join([*parts, b"[server]", _toml(_where(plan))])


def _where(plan: Plan) -> dict[str, str]:
    """Where the gateway finds the server, in the certificate's own words; nowhere yet with any free port."""
    own = {"identity": GATEWAY_IDENTITY, "outbox_key": OUTBOX_KEY, "recordings_key": RECORDINGS_PUBLIC}
    if not plan.port:
        return {"url": "", **own}
    if is_loopback(plan.host):
        return {"url": f"http://{_named(plan.host)}:{plan.port}", **own}
    host = "localhost" if _is_everywhere(plan.host) else _named(plan.host)
    return {"url": f"https://{host}:{plan.port}", "authority": "ca.crt", **own}


def _named(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _is_everywhere(host: str) -> bool:
    """True for the address that means all addresses of a machine; nobody can reach it by that."""
    try:
        return ip_address(host).is_unspecified
    except ValueError:
        return False


def _tls(plan: Plan, name: str) -> dict[str, str]:
    return {} if is_loopback(plan.host) else {"certificate": f"{name}.crt", "key": f"{name}.key"}


def _toml(settings: Mapping[str, str | int | bool]) -> bytes:
    # A JSON string, number or truth value is a TOML one too.
    return "".join(f"{name} = {json.dumps(value)}\n" for name, value in settings.items()).encode()


def _write(path: Path, content: bytes) -> Path:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
    return path
