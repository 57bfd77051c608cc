"""What the last sign-in at the server told, sealed beside the database, so that work goes on without it."""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from console.session.files import write_private
from models.codec import DocumentError, from_document, to_document
from models.people.operator import Operator

_PURPOSE = b"xinqiao profile 1"
DEFAULT_DAYS = 7


@dataclass(frozen=True, slots=True)
class Profile:
    """The operator, the duty ticket until a moment, the key of caller cards (base64), the refresh token.

    `confirmed` is the server's time when it last confirmed the operator, `trusted` the trusted time that was
    known last; the password opens this workstation without the server for `offline_days` after `confirmed`.
    """

    operator: Operator
    ticket: str
    until: datetime
    caller_secret: str
    refresh: str = ""
    confirmed: datetime | None = None
    trusted: datetime | None = None
    offline_days: int = DEFAULT_DAYS

    @property
    def secret(self) -> bytes:
        """The key of caller cards."""
        return base64.b64decode(self.caller_secret)

    def opens_at(self, now: datetime) -> bool:
        """True while the password opens the workstation without the server."""
        return now - (self.confirmed or self.until) <= timedelta(days=self.offline_days)


def save(path: Path, key: bytes, profile: Profile) -> None:
    """Seal the profile under the database's key and replace the former one whole."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = os.urandom(12)
    plain = json.dumps(to_document(profile)).encode()
    write_private(path, nonce + AESGCM(key).encrypt(nonce, plain, _PURPOSE))


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
