"""Making this workstation one of the hotline's, once, with a code from the administrator."""

import base64
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from console.session.secret_store import SecretStore
from console.session.station import Enrolment, StationError, keep_enrolment, key_to_enrol, read_enrolment
from console.sync.api import TurnedAway, Unreachable

if TYPE_CHECKING:
    from models.people.proof import Key
    from models.wire.session import Enrol, Enrolled

_COURIER_KEY_BYTES = 32


class EnrolmentRefused(Exception):
    """Not enrolled; `code` names the sentence: already, refused, unreachable, answer, malformed, …"""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class Enrols(Protocol):
    """The server, as far as enrolment needs it."""

    async def enrol(self, asked: "Enrol") -> "Enrolled | TurnedAway | Unreachable":
        """Ask for an identity."""
        ...


async def enrol(folder: Path, store: SecretStore, server: Enrols, code: str, name: str) -> Enrolment:
    """Enrol and keep the identity; an attempt whose answer was lost may be repeated with the same code.

    Raises EnrolmentRefused, and OSError where the folder cannot be written.
    """
    from models.wire.session import Enrol

    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        if read_enrolment(folder) is not None:
            raise EnrolmentRefused("already")
        key, named = key_to_enrol(folder, store)
        asked = Enrol(code=code, name=name, key=_pem(key))
    except StationError as trouble:
        raise EnrolmentRefused(trouble.code) from trouble
    except ValueError as wrong:
        raise EnrolmentRefused("malformed") from wrong
    told = await server.enrol(asked)
    if isinstance(told, Unreachable):
        raise EnrolmentRefused("unreachable", why=told.why)
    if isinstance(told, TurnedAway):
        raise EnrolmentRefused("refused", why=told.why)
    if not _sound(told, key):
        raise EnrolmentRefused("answer")
    enrolment = Enrolment(
        told.workstation, name, named, told.certificate, told.authority, told.courier_key, told.receipt_key
    )
    keep_enrolment(folder, enrolment)
    return enrolment


def _pem(key: "Key") -> str:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    public = Ed25519PublicKey.from_public_bytes(key.public)
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _sound(told: "Enrolled", key: "Key") -> bool:
    """True where the certificate is for our key and all keys are of their kind."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from cryptography.hazmat.primitives.serialization import load_pem_public_key
    from cryptography.x509 import InvalidVersion, load_pem_x509_certificate

    try:
        certified = load_pem_x509_certificate(told.certificate.encode()).public_key()
        receipts = load_pem_public_key(told.receipt_key.encode())
        courier = base64.b64decode(told.courier_key, validate=True)
    except (ValueError, InvalidVersion, UnsupportedAlgorithm):
        return False
    ours = isinstance(certified, Ed25519PublicKey) and certified.public_bytes_raw() == key.public
    return ours and isinstance(receipts, Ed25519PublicKey) and len(courier) == _COURIER_KEY_BYTES
