"""The second factor: a code of six digits that changes every half minute (RFC 6238), each used once."""

import base64
import binascii
import hmac
import os
from datetime import datetime

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

_SECRET_BYTES = 20
_NONCE_BYTES = 12
_DIGITS = 6
_STEP_SECONDS = 30
# The clock of a telephone may be half a minute off.
_NEIGHBOURS = (0, -1, 1)
_ISSUER = "Xinqiao"


class SecondFactorBroken(Exception):
    """The sealed secret cannot be opened: the key beside the database is another one than it was."""


def new_secret() -> bytes:
    """A fresh secret, which the operator's telephone keeps too."""
    return os.urandom(_SECRET_BYTES)


def seal(key: bytes, operator: str, secret: bytes) -> str:
    """The secret as the database may hold it."""
    nonce = os.urandom(_NONCE_BYTES)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, secret, operator.encode())).decode()


def unseal(key: bytes, operator: str, sealed: str) -> bytes:
    """The secret again. Raises SecondFactorBroken."""
    try:
        content = base64.b64decode(sealed, validate=True)
        return AESGCM(key).decrypt(content[:_NONCE_BYTES], content[_NONCE_BYTES:], operator.encode())
    except (binascii.Error, ValueError, InvalidTag) as error:
        raise SecondFactorBroken from error


def telephone_address(operator: str, secret: bytes) -> str:
    """The address (otpauth) that a telephone's application reads."""
    return _codes(secret).get_provisioning_uri(operator, _ISSUER)


def step_of(secret: bytes, code: str, now: datetime) -> int | None:
    """The half minute (since 1970) that this code belongs to, None where it is not one of now."""
    codes = _codes(secret)
    given = code.strip().encode()
    present = int(now.timestamp()) // _STEP_SECONDS
    for step in (present + shift for shift in _NEIGHBOURS):
        if hmac.compare_digest(codes.generate(step * _STEP_SECONDS), given):
            return step
    return None


def _codes(secret: bytes) -> TOTP:
    # What every application on a telephone understands; SHA-1 is sound in this use.
    return TOTP(secret, _DIGITS, SHA1(), _STEP_SECONDS)
