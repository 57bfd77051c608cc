"""The key with which the server vouches for the trace."""

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key


class ReceiptKey:
    """An Ed25519 key; it stands in a file outside the database. Raises ValueError for any other key."""

    def __init__(self, private: bytes) -> None:
        key = load_pem_private_key(private, None)
        if not isinstance(key, Ed25519PrivateKey):
            raise ValueError("an Ed25519 key is needed to sign receipts")
        self._key = key
        self.public = base64.b64encode(key.public_key().public_bytes_raw()).decode()

    def sign(self, text: bytes) -> str:
        """The signature, in base64."""
        return base64.b64encode(self._key.sign(text)).decode()
