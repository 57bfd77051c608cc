"""Ed25519 signatures as they travel: key and signature in base64."""

import base64
import binascii


def is_signed(text: bytes, signature: str, key: str) -> bool:
    """True where the owner of the key signed this text; both in base64."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        public = Ed25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
        public.verify(base64.b64decode(signature, validate=True), text)
    except (InvalidSignature, ValueError, binascii.Error):
        return False
    return True
