"""The server's folder: its configuration file and the files named there."""

import tomllib
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any, TypeVar

from models.people.operator import Role
from server.central.access.rules import load_rights
from server.central.certificates import KeyPair, is_ticket_key, is_ticket_pair
from server.central.keys import (
    FILES,
    GATEWAY_PUBLIC,
    RECORDINGS_KEY,
    SUCCESSIONS,
    KeyBroken,
    keys_of,
    raw_private,
)
from server.central.settings import GatewayAccount, RecordingsKeeping, Settings
from server.central.trouble import CommandTrouble, ExitCode

SERVER_FILE = "server.toml"
GATEWAY_FILE = "gateway.toml"
RECOVERY_FILE = "recovery.pub"
DEFAULT_KEYS = "sqlite:///keys.sqlite3"
DEFAULT_RECORDINGS = "recordings"
_MOST_DAYS = 90
T = TypeVar("T", str, int, bool)


@dataclass(frozen=True, slots=True)
class Config:
    """Where to listen (port 0: any free one), which database, which keys. No certificate: no TLS.

    With `metrics_port` the first of several processes is also reached there alone, the next one port further,
    on this machine.

    `keys` is the database of the keys of records; it belongs into no backup of the other one. `recordings` is
    the folder of recordings, which several machines share.

    The names of the other keys' files in `folder` stand in server/central/keys.py.
    """

    folder: Path
    host: str
    port: int
    database: str
    keys: str
    practice: bool
    site: str
    private_key: Path
    public_key: Path
    certificate: Path | None
    key: Path | None
    enrolment: bool
    other_public_keys: tuple[Path, ...]
    second_factor: frozenset[Role]
    offline_days: int
    metrics_token: str
    metrics_port: int
    recordings: Path

    def settings(self) -> Settings:
        """What the application needs. Raises CommandTrouble."""
        pair = KeyPair(_bytes(self.private_key), _bytes(self.public_key))
        if not is_ticket_pair(pair):
            raise CommandTrouble(ExitCode.CONFIG, "ticket_keys", folder=self.folder)
        try:
            names = [*FILES, *(name for name in (SUCCESSIONS,) if (self.folder / name).exists())]
            keys = keys_of({name: _bytes(self.folder / name) for name in names})
        except KeyBroken as broken:
            raise CommandTrouble(ExitCode.CONFIG, "key_broken", file=self.folder / broken.name) from broken
        others = tuple(_bytes(path) for path in self.other_public_keys)
        if not all(is_ticket_key(key) for key in others):
            raise CommandTrouble(ExitCode.CONFIG, "ticket_keys", folder=self.folder)
        return Settings(
            self.practice,
            pair.private,
            pair.public,
            keys,
            self.enrolment,
            others,
            self.second_factor,
            self.offline_days,
            self._recovery(),
            gateway=self._gateway(),
            metrics_token=self.metrics_token,
            recordings=self.keeping(),
            rights=load_rights(self.folder),
        )

    def keeping(self) -> RecordingsKeeping | None:
        """Where recordings are kept; None where the hotline has no key for them. Raises CommandTrouble."""
        path = self.folder / RECORDINGS_KEY
        if not path.exists():
            return None
        try:
            return RecordingsKeeping(raw_private(path.name, _bytes(path)), self.recordings)
        except KeyBroken as broken:
            raise CommandTrouble(ExitCode.CONFIG, "key_broken", file=path) from broken

    def _gateway(self) -> GatewayAccount | None:
        path = self.folder / GATEWAY_PUBLIC
        if not path.exists():
            return None
        key = _bytes(path)
        if not is_ticket_key(key):
            raise CommandTrouble(ExitCode.CONFIG, "key_broken", file=path)
        return GatewayAccount(key, self.site)

    def _recovery(self) -> str:
        """The public recovery key, "" until `xinqiao recovery make` has written it here."""
        path = self.folder / RECOVERY_FILE
        return _bytes(path).decode(errors="replace").strip() if path.exists() else ""


def read_config(folder: Path) -> Config:
    """Read `server.toml` in a folder. Raises CommandTrouble."""
    path = folder / SERVER_FILE
    table = _Table(path, _parsed(path))
    host, practice = table.get("host", str), table.get("practice", bool)
    port = table.get("port", int)
    certificate, key = table.get("certificate", str, ""), table.get("key", str, "")
    enrolment = table.get("enrolment", bool, not practice)
    if not 0 <= port <= 65535:
        raise table.wrong("port")
    if bool(certificate) != bool(key):
        raise table.wrong("certificate")
    if not is_loopback(host):
        _check_reachable(path, host, practice, bool(certificate), enrolment)
    return Config(
        folder,
        host,
        port,
        table.get("database", str),
        table.get("keys", str, DEFAULT_KEYS),
        practice,
        table.get("site", str),
        folder / table.get("ticket_private_key", str),
        folder / table.get("ticket_public_key", str),
        folder / certificate if certificate else None,
        folder / key if key else None,
        enrolment,
        tuple(folder / name for name in table.texts("ticket_other_public_keys")),
        table.roles("second_factor"),
        table.days("offline_days", 7),
        table.get("metrics_token", str, ""),
        table.get("metrics_port", int, 0),
        folder / table.get("recordings", str, DEFAULT_RECORDINGS),
    )


def _check_reachable(path: Path, host: str, practice: bool, secure: bool, enrolment: bool) -> None:
    """What others can reach is no practice, speaks TLS, and lets only the hotline's workstations in."""
    if practice:
        raise CommandTrouble(ExitCode.CONFIG, "practice_host", host=host)
    if not secure:
        raise CommandTrouble(ExitCode.CONFIG, "insecure_host", host=host, file=path)
    if not enrolment:
        raise CommandTrouble(ExitCode.CONFIG, "enrolment_host", host=host, file=path)


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

    def texts(self, name: str) -> list[str]:
        values = self._content.get(name, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            raise self.wrong(name)
        return values

    def roles(self, name: str) -> frozenset[Role]:
        try:
            return frozenset(Role(code) for code in self.texts(name))
        except ValueError as error:
            raise self.wrong(name) from error

    def days(self, name: str, default: int) -> int:
        days = self.get(name, int, default)
        if not 1 <= days <= _MOST_DAYS:
            raise self.wrong(name)
        return days

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
