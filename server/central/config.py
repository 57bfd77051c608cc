"""The server's folder: its configuration file and the files named there."""

import tomllib
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any, TypeVar

from server.central.certificates import KeyPair, is_ticket_pair
from server.central.settings import Settings
from server.central.trouble import CommandTrouble, ExitCode

SERVER_FILE = "server.toml"
GATEWAY_FILE = "gateway.toml"
T = TypeVar("T", str, int, bool)


@dataclass(frozen=True, slots=True)
class Config:
    """Where to listen (port 0: any free one), which database, which keys. No certificate: no TLS."""

    folder: Path
    host: str
    port: int
    database: str
    practice: bool
    site: str
    private_key: Path
    public_key: Path
    certificate: Path | None
    key: Path | None

    def settings(self) -> Settings:
        """What the application needs. Raises CommandTrouble."""
        pair = KeyPair(_bytes(self.private_key), _bytes(self.public_key))
        if not is_ticket_pair(pair):
            raise CommandTrouble(ExitCode.CONFIG, "ticket_keys", folder=self.folder)
        return Settings(self.practice, pair.private, pair.public)


def read_config(folder: Path) -> Config:
    """Read `server.toml` in a folder. Raises CommandTrouble."""
    path = folder / SERVER_FILE
    table = _Table(path, _parsed(path))
    host, practice = table.get("host", str), table.get("practice", bool)
    port = table.get("port", int)
    certificate, key = table.get("certificate", str, ""), table.get("key", str, "")
    if not 0 <= port <= 65535:
        raise table.wrong("port")
    if bool(certificate) != bool(key):
        raise table.wrong("certificate")
    if practice and not is_loopback(host):
        raise CommandTrouble(ExitCode.CONFIG, "practice_host", host=host)
    if not certificate and not is_loopback(host):
        raise CommandTrouble(ExitCode.CONFIG, "insecure_host", host=host, file=path)
    return Config(
        folder,
        host,
        port,
        table.get("database", str),
        practice,
        table.get("site", str),
        folder / table.get("ticket_private_key", str),
        folder / table.get("ticket_public_key", str),
        folder / certificate if certificate else None,
        folder / key if key else None,
    )


def is_loopback(host: str) -> bool:
    """True for this machine alone."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Table:
    def __init__(self, path: Path, content: dict[str, Any]) -> None:
        self._path = path
        self._content = content

    def get(self, name: str, kind: type[T], default: T | None = None) -> T:
        value = self._content.get(name, default)
        if type(value) is not kind:
            raise self.wrong(name)
        return value

    def wrong(self, name: str) -> CommandTrouble:
        return CommandTrouble(ExitCode.CONFIG, "config_setting", file=self._path, setting=name)


def _parsed(path: Path) -> dict[str, Any]:
    if not path.exists():
        raise CommandTrouble(ExitCode.CONFIG, "config_missing", file=path, folder=path.parent)
    try:
        return tomllib.loads(_bytes(path).decode())
    except ValueError as error:
        raise CommandTrouble(ExitCode.CONFIG, "config_not_toml", file=path, why=error) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise CommandTrouble(ExitCode.CONFIG, "file_unreadable", file=path, why=error.strerror) from error
