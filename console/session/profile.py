"""What the last sign-in at the server told, sealed beside the database, so that work goes on without it."""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from models.codec import DocumentError, from_document, to_document
from models.people.operator import Operator

_PURPOSE = b"xinqiao profile 1"


@dataclass(frozen=True, slots=True)
class Profile:
    """The operator, the duty ticket until a moment, and the key of caller cards (base64)."""

    operator: Operator
    ticket: str
    until: datetime
    caller_secret: str

    @property
    def secret(self) -> bytes:
        """The key of caller cards."""
        return base64.b64decode(self.caller_secret)


def save(path: Path, key: bytes, profile: Profile) -> None:
    """Seal the profile under the database's key and replace the former one whole."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(12)
    plain = json.dumps(to_document(profile)).encode()
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(nonce + AESGCM(key).encrypt(nonce, plain, _PURPOSE))
    fresh.replace(path)


def load(path: Path, key: bytes) -> Profile | None:
    """The sealed profile; None where there is none or it cannot be read, then the server is asked."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        sealed = path.read_bytes()
        plain: Mapping[str, Any] = json.loads(AESGCM(key).decrypt(sealed[:12], sealed[12:], _PURPOSE))
        return from_document(Profile, plain)
    except (OSError, InvalidTag, ValueError, DocumentError):
        return None
