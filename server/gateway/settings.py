"""What a gateway is told once, from its TOML file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from ipaddress import ip_address
from pathlib import Path
from typing import Any, TypeVar

from server.gateway.duty import Terms
from server.gateway.problems import GatewayError

T = TypeVar("T", str, int, dict[str, Any])
_MISSING: Any = object()
_KEPT = "revocations.json"
_OUTBOX = "outbox.db"
_LOCKED = "recordings-locked"
_ROSTER = "shift.json"
_TERMS = Terms()
_KEY_BYTES = 32
_TRUNK = "PJSIP/{number}@trunk"


class Telephone(StrEnum):
    """How the telephone of a seat takes a call of the queue.

    screen: it is silent, the click calls it and it picks up by itself; ring: it rings too, lifting the
    receiver answers, the click calls it anew; talk: it rings too, and the click sends `NOTIFY Event: talk`.
    """

    SCREEN = "screen"
    RING = "ring"
    TALK = "talk"


@dataclass(frozen=True, slots=True)
class AsteriskSettings:
    """Where the exchange is, as whom to log in (the secret stands alone in a file), and which queue.

    `outgoing` is the channel that reaches the public network, as Asterisk writes it; `telephones` are those
    of the seats that do not only ring on the screen.
    """

    host: str
    port: int
    user: str
    secret: str
    queue: str
    outgoing: str = _TRUNK
    telephones: Mapping[str, Telephone] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, repr=False)
class AccountSettings:
    """The gateway as a client of the server: its own key (PEM, Ed25519), and where calls wait for it.

    `outbox` is an encrypted file, made where there is none; `outbox_key` are its 32 bytes.
    """

    identity: bytes
    outbox: Path
    outbox_key: bytes


@dataclass(frozen=True, slots=True)
class RecordingsSettings:
    """Where the exchange leaves its recordings, where they wait locked, and for whom (PEM, X25519, public).

    Every `look_seconds` it is looked there; what did not change between two looks is over.
    """

    plain: Path
    locked: Path
    public_key: bytes
    look_seconds: float = 5


@dataclass(frozen=True, slots=True)
class Settings:
    """One gateway. Without `exchange` and without `practice` the line is a lasting problem.

    `public_key` is the PEM text of the server's key for duty tickets; port 0 is any free port;
    `seconds` bounds the waits for a first frame, for an exchange that took a command, and for a sign of life.
    `server` is the address of the central server that is asked who was revoked ("": nobody is asked), `trust`
    the authority (PEM) that vouches for it, `kept` the file that remembers its last word.
    Without `account` no call is written there; without `recordings` none is taken from the exchange.
    `terms` is what operators are allowed, `roster` the file that keeps the shift between two starts.
    `hotline` is the folder of the hotline's own data (sites, directory), `shown` the number that is shown to
    those who are called ("": the site's first line).
    For `grace` an expired ticket counts while that server is away. `discreet`: operators are not told of a
    lead who only listens to them. `rings` is the seat whose telephone rings when help is wanted, "" for none.
    """

    site: str
    public_key: str
    address: str = "127.0.0.1"
    port: int = 0
    certificate: Path | None = None
    key: Path | None = None
    exchange: AsteriskSettings | None = None
    practice: bool = False
    seconds: float = 5
    server: str = ""
    trust: Path | None = None
    kept: Path | None = None
    grace: timedelta = timedelta(hours=24)
    ask_seconds: float = 30
    account: AccountSettings | None = None
    terms: Terms = field(default_factory=Terms)
    roster: Path | None = None
    recordings: RecordingsSettings | None = None
    hotline: Path | None = None
    shown: str = ""
    discreet: bool = False
    rings: str = ""

    def __post_init__(self) -> None:
        loopback = _is_loopback(self.address)
        if self.practice and not loopback:
            raise GatewayError("practice_address", address=self.address)
        if self.certificate is None and not loopback:
            raise GatewayError("insecure_address", address=self.address)


def read_settings(path: Path, practice: bool) -> Settings:
    """The settings in a file; names of other files are relative to it. Raises GatewayError."""
    table = _Table(path, _parsed(path))
    certificate, key = table.text("listen.certificate", ""), table.text("listen.key", "")
    trust = table.text("server.authority", "")
    if bool(certificate) != bool(key):
        raise GatewayError("setting", file=str(path), setting="listen.certificate, listen.key")
    return Settings(
        site=table.text("site"),
        public_key=_content(path.parent / table.text("tickets.public_key")),
        address=table.text("listen.address", "127.0.0.1"),
        port=table.number("listen.port"),
        certificate=path.parent / certificate if certificate else None,
        key=path.parent / key if key else None,
        exchange=None if practice else _exchange(path, table),
        practice=practice,
        server=table.text("server.url", ""),
        trust=path.parent / trust if trust else None,
        kept=path.parent / _KEPT if table.text("server.url", "") else None,
        grace=timedelta(hours=table.number("tickets.grace_hours", 24)),
        account=_account(path, table),
        terms=Terms(
            table.number("duty.wrap_up_seconds", _TERMS.wrap_up_seconds),
            table.number("duty.unanswered_rings", _TERMS.unanswered_rings),
        ),
        roster=None if practice else path.parent / _ROSTER,
        recordings=None if practice else _recordings(path, table),
        hotline=path.parent / table.text("hotline.folder") if table.text("hotline.folder", "") else None,
        shown=table.text("exchange.shown", ""),
        discreet=_discreet(path, table),
        rings=_rings(path, table),
    )


def _discreet(path: Path, table: "_Table") -> bool:
    told = table.text("supervision.listening", "shown")
    if told not in ("shown", "hidden"):
        raise GatewayError("setting", file=str(path), setting="supervision.listening")
    return told == "hidden"


def _rings(path: Path, table: "_Table") -> str:
    seat = table.text("supervision.rings", "")
    if seat and not seat.isdecimal():
        raise GatewayError("setting", file=str(path), setting="supervision.rings")
    return seat


def _account(path: Path, table: "_Table") -> AccountSettings | None:
    identity, key = table.text("server.identity", ""), table.text("server.outbox_key", "")
    if not identity or not table.text("server.url", ""):
        return None
    try:
        secret = bytes.fromhex(_content(path.parent / key).strip()) if key else b""
    except ValueError:
        secret = b""
    if len(secret) != _KEY_BYTES:
        raise GatewayError("setting", file=str(path), setting="server.outbox_key")
    content = _content(path.parent / identity).encode()
    return AccountSettings(content, path.parent / _OUTBOX, secret)


def _recordings(path: Path, table: "_Table") -> RecordingsSettings | None:
    plain, key = table.text("exchange.recordings", ""), table.text("server.recordings_key", "")
    if not plain:
        return None
    # A recording that nobody could take over would stay plain beside the exchange for ever.
    if not key or not table.text("server.identity", "") or not table.text("server.url", ""):
        raise GatewayError("setting", file=str(path), setting="server.recordings_key")
    public = _content(path.parent / key).encode()
    return RecordingsSettings(path.parent / plain, path.parent / _LOCKED, public)


def _exchange(path: Path, table: "_Table") -> AsteriskSettings | None:
    kind = table.text("exchange.kind", "")
    if kind == "simulated":
        raise GatewayError("practice_not_named", file=str(path))
    if kind not in ("", "asterisk"):
        raise GatewayError("setting", file=str(path), setting="exchange.kind")
    if not kind:
        return None
    return AsteriskSettings(
        host=table.text("exchange.host"),
        port=table.number("exchange.port", 5038),
        user=table.text("exchange.user"),
        secret=_content(path.parent / table.text("exchange.secret_file")).strip(),
        queue=table.text("exchange.queue"),
        outgoing=table.text("exchange.outgoing", _TRUNK),
        telephones=table.choices("exchange.telephones", Telephone),
    )


class _Table:
    """A TOML table that is asked by dotted names."""

    def __init__(self, path: Path, content: dict[str, Any]) -> None:
        self._path = path
        self._content = content

    def text(self, name: str, default: str = _MISSING) -> str:
        return self._get(name, str, default)

    def choices(self, name: str, kind: type[Telephone]) -> dict[str, Telephone]:
        named: dict[str, Any] = self._get(name, dict, {})
        try:
            return {key: kind(value) for key, value in named.items()}
        except ValueError as cause:
            raise GatewayError("setting", file=str(self._path), setting=name) from cause

    def number(self, name: str, default: int = _MISSING) -> int:
        value = self._get(name, int, default)
        if not 0 <= value <= 65535:
            raise GatewayError("setting", file=str(self._path), setting=name)
        return value

    def _get(self, name: str, kind: type[T], default: T) -> T:
        value: Any = self._content
        for part in name.split("."):
            value = value.get(part, default) if isinstance(value, dict) else default
        if not isinstance(value, kind):
            raise GatewayError("setting", file=str(self._path), setting=name)
        return value


def _parsed(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(_content(path))
    except tomllib.TOMLDecodeError as cause:
        raise GatewayError("not_toml", file=str(path), why=str(cause)) from cause


def _content(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as cause:
        raise GatewayError("unreadable", file=str(path), why=str(cause)) from cause


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
