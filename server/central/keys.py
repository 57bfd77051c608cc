"""The keys of a hotline that its server works with, apart from TLS; each stands in a file of the folder."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from models.codec import from_document
from models.trace.succession import Succession
from server.central.certificates import (
    Authority,
    KeyPair,
    has_issued,
    is_issuer,
    is_ticket_pair,
    ticket_pair,
)

AUTHORITY = "ca.crt"
ISSUER_CERTIFICATE, ISSUER_KEY = "workstations.crt", "workstations.key"
COURIER_KEY = "courier.key"
RECEIPTS_PUBLIC, RECEIPTS_KEY = "receipts.pub", "receipts.key"
SUCCESSIONS = "receipts.successions"
"""Which receipt key followed which; none where the first one still signs."""
SECOND_FACTOR_KEY = "second-factor.key"
GATEWAY_PUBLIC = "gateway-identity.pub"
"""The key of the gateway's own account; a hotline of an earlier program has none."""
RECORDINGS_PUBLIC, RECORDINGS_KEY = "recordings.pub", "recordings.key"
"""For whom recordings are locked; a hotline of an earlier program has none until it is given one."""
FILES = (
    AUTHORITY,
    ISSUER_CERTIFICATE,
    ISSUER_KEY,
    COURIER_KEY,
    RECEIPTS_PUBLIC,
    RECEIPTS_KEY,
    SECOND_FACTOR_KEY,
)
_SECOND_FACTOR_BYTES = 32


class KeyBroken(Exception):
    """The file of this name does not hold the key that it should."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


@dataclass(frozen=True, slots=True, repr=False)
class HotlineKeys:
    """What vouches for workstations, opens couriers, signs receipts, and seals second factors.

    `authority` is the hotline's own certificate (PEM); `courier` a raw X25519 private key; `second_factor` is
    32 bytes. The rest is PEM.
    """

    authority: bytes
    issuer: KeyPair
    courier: bytes
    receipts: KeyPair
    second_factor: bytes
    successions: tuple[Succession, ...] = ()

    @property
    def courier_public(self) -> bytes:
        """Whom couriers are sealed to: a raw X25519 public key."""
        public = X25519PrivateKey.from_private_bytes(self.courier).public_key()
        return public.public_bytes(Encoding.Raw, PublicFormat.Raw)


def fresh_files(authority: Authority) -> dict[str, bytes]:
    """New keys as files, made once when a hotline is founded."""
    issuer, receipts = authority.issuer("Xinqiao workstations"), ticket_pair()
    courier = X25519PrivateKey.generate()
    return {
        AUTHORITY: authority.pair.public,
        ISSUER_CERTIFICATE: issuer.public,
        ISSUER_KEY: issuer.private,
        COURIER_KEY: courier.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        RECEIPTS_PUBLIC: receipts.public,
        RECEIPTS_KEY: receipts.private,
        SECOND_FACTOR_KEY: AESGCM.generate_key(8 * _SECOND_FACTOR_BYTES).hex().encode(),
    }


def fresh_recordings() -> dict[str, bytes]:
    """A new pair of keys for recordings as files."""
    private = X25519PrivateKey.generate()
    return {
        RECORDINGS_KEY: private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()),
        RECORDINGS_PUBLIC: private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo),
    }


def fresh_keys(now: datetime) -> HotlineKeys:
    """New keys under an authority of their own, in memory."""
    return keys_of(fresh_files(Authority("Xinqiao", now)))


def keys_of(files: Mapping[str, bytes]) -> HotlineKeys:
    """The keys in the files of these names. Raises KeyBroken."""
    issuer = KeyPair(files[ISSUER_KEY], files[ISSUER_CERTIFICATE])
    receipts = KeyPair(files[RECEIPTS_KEY], files[RECEIPTS_PUBLIC])
    if not is_issuer(issuer):
        raise KeyBroken(ISSUER_KEY)
    # A workstation is given it for good when it is enrolled.
    if not has_issued(files[AUTHORITY], issuer.public):
        raise KeyBroken(AUTHORITY)
    if not is_ticket_pair(receipts):
        raise KeyBroken(RECEIPTS_KEY)
    return HotlineKeys(
        files[AUTHORITY],
        issuer,
        raw_private(COURIER_KEY, files[COURIER_KEY]),
        receipts,
        _sealing(files[SECOND_FACTOR_KEY]),
        _successions(files.get(SUCCESSIONS, b"[]")),
    )


def _successions(content: bytes) -> tuple[Succession, ...]:
    try:
        known = tuple(from_document(Succession, one) for one in json.loads(content))
    except (ValueError, TypeError, KeyError) as error:
        raise KeyBroken(SUCCESSIONS) from error
    if not all(one.is_sound for one in known):
        raise KeyBroken(SUCCESSIONS)
    return known


def raw_private(name: str, pem: bytes) -> bytes:
    """The raw X25519 key in the file of this name. Raises KeyBroken."""
    try:
        key = load_pem_private_key(pem, None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyBroken(name) from error
    if not isinstance(key, X25519PrivateKey):
        raise KeyBroken(name)
    return key.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())


def _sealing(text: bytes) -> bytes:
    try:
        key = bytes.fromhex(text.decode().strip())
    except ValueError as error:
        raise KeyBroken(SECOND_FACTOR_KEY) from error
    if len(key) != _SECOND_FACTOR_BYTES:
        raise KeyBroken(SECOND_FACTOR_KEY)
    return key
