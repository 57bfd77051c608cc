"""The workstation's own identity: its key, and what the hotline told it when it was enrolled."""

import base64
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from console.session.files import write_private
from console.session.secret_store import Found, SecretStore, Trouble
from models.people.proof import Key, thumbprint

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ENROLMENT_FILE = "workstation.json"
PENDING_FILE = "workstation.enrolling"
IDENTITY_FILE = "workstation.identity"
_VERSION = 1


class StationError(Exception):
    """`code` is a problem code: enrolment_broken, identity_unavailable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What was agreed: the workstation's id and name, its key's name, and the hotline's keys.

    `certificate` and `authority` are PEM, `courier_key` is base64 (raw X25519), `receipt_key` PEM (Ed25519).
    """

    workstation: str
    name: str
    key: str
    certificate: str
    authority: str
    courier_key: str
    receipt_key: str


@dataclass(frozen=True, slots=True)
class Station:
    """An enrolled workstation with its key at hand."""

    enrolment: Enrolment
    key: Key


@dataclass(frozen=True, slots=True)
class Standing:
    """The workstation as it stands; None where it is not enrolled or its key cannot be had."""

    station: Station | None = None
    problems: tuple[str, ...] = field(default=())

    @property
    def device(self) -> str:
        """The id under which the server knows this workstation, "" where it does not."""
        return self.station.enrolment.workstation if self.station else ""


def standing(folder: Path, store: SecretStore) -> Standing:
    """How this workstation stands; what is wrong with that is among its problems. Blocks."""
    try:
        enrolment = read_enrolment(folder)
        if enrolment is None:
            return Standing(None, ("not_enrolled",))
        key = key_of(folder, store, enrolment.key)
    except StationError as trouble:
        return Standing(None, (trouble.code,))
    in_file = (folder / IDENTITY_FILE).exists()
    return Standing(Station(enrolment, key), ("identity_in_file",) if in_file else ())


def read_enrolment(folder: Path) -> Enrolment | None:
    """What was agreed; None where this workstation was never enrolled. Raises StationError."""
    try:
        content = json.loads((folder / ENROLMENT_FILE).read_bytes())
        if content.pop("version") != _VERSION or not all(isinstance(one, str) for one in content.values()):
            raise StationError("enrolment_broken")
        return Enrolment(**content)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as cause:
        raise StationError("enrolment_broken") from cause


def keep_enrolment(folder: Path, enrolment: Enrolment) -> None:
    """Keep what was agreed; from now on the workstation has an identity. Raises OSError."""
    content = {"version": _VERSION, **asdict(enrolment)}
    write_private(folder / ENROLMENT_FILE, json.dumps(content, ensure_ascii=False, indent=1).encode())
    (folder / PENDING_FILE).unlink(missing_ok=True)


def key_to_enrol(folder: Path, store: SecretStore) -> tuple[Key, str]:
    """The key to be enrolled, with its name: that of an attempt whose answer was lost, else a fresh one.

    Raises StationError where the secret store holds back, and OSError.
    """
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    pending = folder / PENDING_FILE
    if pending.exists():
        name = pending.read_text()
        return key_of(folder, store, name), name
    private = Ed25519PrivateKey.generate()
    raw, name = private.private_bytes_raw(), thumbprint(private.public_key().public_bytes_raw())
    refusal = store.write(_name(name), raw)
    if refusal is Trouble.ABSENT:
        write_private(folder / IDENTITY_FILE, base64.b64encode(raw))
    elif refusal is not None:
        raise StationError("identity_unavailable")
    write_private(pending, name.encode())
    return _key(private), name


def key_of(folder: Path, store: SecretStore, name: str) -> Key:
    """The key of that name, from the secret store or the file. Raises StationError."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    try:
        raw = base64.b64decode((folder / IDENTITY_FILE).read_bytes(), validate=True)
    except FileNotFoundError:
        found = store.read(_name(name))
        raw = found.secret if isinstance(found, Found) else b""
    except (OSError, ValueError):
        raw = b""
    try:
        key = _key(Ed25519PrivateKey.from_private_bytes(raw))
    except ValueError as cause:
        raise StationError("identity_unavailable") from cause
    if thumbprint(key.public) != name:
        raise StationError("identity_unavailable")
    return key


def _key(private: "Ed25519PrivateKey") -> Key:
    return Key(private.public_key().public_bytes_raw(), private.sign)


def _name(key: str) -> str:
    return f"workstation identity {key}"
