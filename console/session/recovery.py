"""The hotline's recovery key: made once, leaves as three shares of which two open, sealed to and opened."""

import base64
import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from console.session.files import write_private
from console.session.vault_errors import EnvelopeBroken, RecoveryElsewhere, SharesWrong

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.hpke import Suite

SHARES = 3
NEEDED = 2
VERSION = 1
_INFO = b"xinqiao database key recovery 1"
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """A fresh recovery key: its public half, raw, and the private half as the words of each share."""

    public: bytes
    shares: tuple[str, ...]

    def __repr__(self) -> str:
        return f"RecoveryKey({name_of(self.public)})"


@dataclass(frozen=True, slots=True)
class RecoveryEnvelope:
    """A database key sealed to a recovery key; `recovery` names the one, `key` the other."""

    operator: str
    recovery: str
    key: str
    sealed: bytes

    def fits(self, key: bytes, public: bytes) -> bool:
        """True where it holds this database key for this recovery key."""
        return (self.key, self.recovery) == (_name_of_key(key), name_of(public))


def make() -> RecoveryKey:
    """A fresh key; nothing of its private half stays anywhere but in the shares."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from shamir_mnemonic import generate_mnemonics

    private = X25519PrivateKey.generate()
    (shares,) = generate_mnemonics(1, [(NEEDED, SHARES)], private.private_bytes_raw())
    return RecoveryKey(private.public_key().public_bytes_raw(), tuple(shares))


def name_of(public: bytes) -> str:
    """A short name for a recovery key, the same wherever it is told."""
    return hashlib.sha256(b"xinqiao recovery key" + public).hexdigest()[:16]


def seal(key: bytes, operator: str, public: bytes) -> RecoveryEnvelope:
    """Seal a database key to a recovery key (raw X25519). Raises ValueError where that is no key."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    sealed = _suite().encrypt(key, X25519PublicKey.from_public_bytes(public), _info(operator))
    return RecoveryEnvelope(operator, name_of(public), _name_of_key(key), sealed)


def unseal(envelope: RecoveryEnvelope, shares: Sequence[str], path: Path) -> bytes:
    """The database key. Raises SharesWrong, RecoveryElsewhere (another hotline's or a former key's)."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
    from shamir_mnemonic import MnemonicError, combine_mnemonics

    try:
        raw = combine_mnemonics([" ".join(share.lower().split()) for share in shares])
        private = X25519PrivateKey.from_private_bytes(raw)
    except (MnemonicError, ValueError) as cause:
        raise SharesWrong(path) from cause
    if name_of(private.public_key().public_bytes_raw()) != envelope.recovery:
        raise RecoveryElsewhere(path)
    try:
        return _suite().decrypt(envelope.sealed, private, _info(envelope.operator))
    except InvalidTag as cause:
        raise EnvelopeBroken(path) from cause


def read(path: Path) -> RecoveryEnvelope:
    """The envelope in a file. Raises EnvelopeBroken, OSError where the file cannot be read."""
    try:
        content = json.loads(path.read_bytes())
        if content["version"] != VERSION:
            raise EnvelopeBroken(path)
        sealed = base64.b64decode(content["sealed"], validate=True)
        return RecoveryEnvelope(
            str(content["operator"]), str(content["recovery"]), str(content["key"]), sealed
        )
    except (ValueError, KeyError, TypeError) as cause:
        raise EnvelopeBroken(path) from cause


def write(path: Path, envelope: RecoveryEnvelope) -> None:
    """Put the envelope in the place of the file, whole or not at all."""
    content = {
        "version": VERSION,
        "operator": envelope.operator,
        "recovery": envelope.recovery,
        "key": envelope.key,
        "sealed": base64.b64encode(envelope.sealed).decode(),
    }
    write_private(path, json.dumps(content, ensure_ascii=False, indent=1).encode())


def public_of(text: str) -> bytes:
    """The public key as the server tells it (base64, raw); b"" where that is none."""
    try:
        public = base64.b64decode(text, validate=True)
    except ValueError:
        return b""
    return public if len(public) == _KEY_BYTES else b""


def _name_of_key(key: bytes) -> str:
    return hashlib.sha256(b"xinqiao database key" + key).hexdigest()[:16]


def _suite() -> "Suite":
    from cryptography.hazmat.primitives import hpke

    return hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)


def _info(operator: str) -> bytes:
    return _INFO + b" " + operator.encode()
