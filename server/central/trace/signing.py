"""The key with which the server vouches for the trace."""

import base64
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from models.trace.succession import Succession, succession_text


class ReceiptKey:
    """An Ed25519 key; it stands in a file outside the database. Raises ValueError for any other key.

    `successions` lead to it from the keys before.
    """

    def __init__(self, private: bytes, successions: tuple[Succession, ...] = ()) -> None:
        key = load_pem_private_key(private, None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError("an Ed25519 key is needed to sign receipts")
        self._key = key
        self.successions = successions
        self.public = base64.b64encode(key.public_key().public_bytes_raw()).decode()

    def sign(self, text: bytes) -> str:
        """The signature, in base64."""
        return base64.b64encode(self._key.sign(text)).decode()

    def followed_by(self, heir: "ReceiptKey", at: datetime) -> Succession:
        """Both sign that the heir takes the place of this key."""
        text = succession_text(self.public, heir.public, at)
        return Succession(self.public, heir.public, at, self.sign(text), heir.sign(text))
