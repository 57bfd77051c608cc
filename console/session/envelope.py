"""The envelope file: a database key, sealed; its own checksum tells a broken file from a wrong password."""

import base64
import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from console.session.files import write_private
from console.session.vault_errors import EnvelopeBroken, WrongPassword

VERSION = 1
_SALT_BYTES = 16
_NONCE_BYTES = 12
_KEY_BYTES = 32
_MOST_MEMORY_KIB = 1024 * 1024
_MOST_PASSES = 64
_MOST_LANES = 16


@dataclass(frozen=True, slots=True)
class Cost:
    """What one guess of the password costs: Argon2id's passes, memory in KiB and lanes."""

    passes: int = 3
    memory: int = 64 * 1024
    lanes: int = 4

    @property
    def bearable(self) -> bool:
        """False for figures that no envelope of ours has and that would only stall the machine."""
        return (
            1 <= self.passes <= _MOST_PASSES
            and 8 * self.lanes <= self.memory <= _MOST_MEMORY_KIB
            and 1 <= self.lanes <= _MOST_LANES
        )


@dataclass(frozen=True, slots=True)
class Envelope:
    """A sealed key; `secret` names the workstation secret it needs besides the password, "" for none."""

    operator: str
    cost: Cost
    salt: bytes
    secret: str
    nonce: bytes
    sealed: bytes


def fingerprint(secret: bytes) -> str:
    """A name for a random secret that tells nothing of it; "" for no secret."""
    return hashlib.sha256(b"xinqiao workstation secret" + secret).hexdigest()[:16] if secret else ""


def seal(key: bytes, operator: str, password: str, secret: bytes, cost: Cost) -> Envelope:
    """Seal a key with the password and the secret ("" for none), under a fresh salt and nonce."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    salt, nonce = secrets.token_bytes(_SALT_BYTES), secrets.token_bytes(_NONCE_BYTES)
    blank = Envelope(operator, cost, salt, fingerprint(secret), nonce, b"")
    sealed = AESGCM(_opener(blank, password, secret)).encrypt(nonce, key, _label(blank))
    return Envelope(operator, cost, salt, blank.secret, nonce, sealed)


def unseal(envelope: Envelope, password: str, secret: bytes, path: Path) -> bytes:
    """The key. Raises WrongPassword; that the secret fits its fingerprint is the caller's to check."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        opener = AESGCM(_opener(envelope, password, secret))
        return opener.decrypt(envelope.nonce, envelope.sealed, _label(envelope))
    except InvalidTag as cause:
        raise WrongPassword(path) from cause


def read(path: Path) -> Envelope:
    """The envelope in a file. Raises EnvelopeBroken, OSError where the file cannot be read."""
    try:
        content = json.loads(path.read_bytes())
        if content.pop("sum") != _sum(content) or content["version"] != VERSION:
            raise EnvelopeBroken(path)
        envelope = Envelope(
            content["operator"],
            Cost(**content["cost"]),
            base64.b64decode(content["salt"]),
            content["secret"],
            base64.b64decode(content["nonce"]),
            base64.b64decode(content["sealed"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError) as cause:
        raise EnvelopeBroken(path) from cause
    if not envelope.cost.bearable:
        raise EnvelopeBroken(path)
    return envelope


def write(path: Path, envelope: Envelope) -> None:
    """Put the envelope in the place of the file, whole or not at all, readable by its owner only."""
    content = {
        "version": VERSION,
        "operator": envelope.operator,
        "cost": asdict(envelope.cost),
        "salt": _text(envelope.salt),
        "secret": envelope.secret,
        "nonce": _text(envelope.nonce),
        "sealed": _text(envelope.sealed),
    }
    data = json.dumps({**content, "sum": _sum(content)}, ensure_ascii=False, indent=1).encode()
    write_private(path, data)


def _opener(envelope: Envelope, password: str, secret: bytes) -> bytes:
    from argon2.low_level import Type, hash_secret_raw
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    cost = envelope.cost
    stretched = hash_secret_raw(
        password.encode(), envelope.salt, cost.passes, cost.memory, cost.lanes, _KEY_BYTES, Type.ID
    )
    derivation = HKDF(SHA256(), _KEY_BYTES, envelope.salt, b"xinqiao database key envelope 1")
    return derivation.derive(stretched + secret)


def _label(envelope: Envelope) -> bytes:
    """What the seal vouches for besides the key."""
    return json.dumps(
        [VERSION, envelope.operator, asdict(envelope.cost), envelope.secret], sort_keys=True
    ).encode()


def _sum(content: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode()
