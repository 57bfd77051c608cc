"""The lock of a recording: sealed in pieces with a key of its own, which is wrapped for the server alone.

Each piece of 64 KiB is AES-256-GCM under its number, with a mark on the last one, and bound to the label; a
piece that is altered, missing, doubled, moved or of another recording opens nowhere. The key is wrapped by
HPKE (RFC 9180: X25519, HKDF-SHA256, AES-256-GCM) for the public key of the site's recordings.
"""

import hashlib
import secrets
from collections.abc import Callable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

PIECE = 64 * 1024
TAG = 16
KEY_BYTES = 32
_NUMBER_BYTES = 11
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_PURPOSE = b"xinqiao recording 1\n"


class Broken(Exception):
    """What is there is not what was locked away, or this is not its key."""


def new_key() -> bytes:
    """A key for one recording."""
    return secrets.token_bytes(KEY_BYTES)


def key_name(public: X25519PublicKey) -> str:
    """A name for a public key: 16 hexadecimal digits."""
    return hashlib.sha256(public.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()[:16]


def wrap(key: bytes, label: bytes, public: X25519PublicKey) -> bytes:
    """The key of the recording with this label, for whoever has the private key."""
    return _SUITE.encrypt(key, public, info=_info(label))


def unwrap(wrapped: bytes, label: bytes, private: X25519PrivateKey) -> bytes:
    """The key again. Raises Broken."""
    try:
        key = _SUITE.decrypt(wrapped, private, info=_info(label))
    except (InvalidTag, ValueError) as error:
        raise Broken("key") from error
    if len(key) != KEY_BYTES:
        raise Broken("key")
    return key


def pieces_of(size: int) -> int:
    """Into how many pieces so many bytes of sound are sealed; an empty sound is one."""
    return max(1, -(-size // PIECE))


def sealed_size(size: int) -> int:
    """How many bytes so many bytes of sound have when they are sealed."""
    return size + TAG * pieces_of(size)


class Lock:
    """Seals and opens the pieces of one recording."""

    def __init__(self, key: bytes, label: bytes, size: int) -> None:
        self._cipher = AESGCM(key)
        self._bound = hashlib.sha256(label).digest()
        self._size = size
        self._last = pieces_of(size) - 1

    def seal(self, number: int, sound: bytes) -> bytes:
        """One piece, sealed."""
        return self._cipher.encrypt(self._nonce(number), sound, self._bound)

    def open(self, number: int, sealed: bytes) -> bytes:
        """One piece again. Raises Broken."""
        try:
            sound = self._cipher.decrypt(self._nonce(number), sealed, self._bound)
        except (InvalidTag, ValueError) as error:
            raise Broken(f"piece {number}") from error
        if len(sound) != self._length(number):
            raise Broken(f"piece {number}")
        return sound

    def seal_all(self, read: Callable[[int], bytes]) -> Iterator[bytes]:
        """All pieces of a sound that is read from its beginning. Raises Broken where it is shorter."""
        for number in range(self._last + 1):
            sound = read(self._length(number))
            if len(sound) != self._length(number):
                raise Broken("shorter")
            yield self.seal(number, sound)

    def sound(self, sealed: BinaryIO, start: int, length: int, offset: int = 0) -> Iterator[bytes]:
        """A part of the sound from a file whose pieces begin at `offset`. Raises Broken."""
        end = min(start + length, self._size)
        number = start // PIECE
        while start < end or (number == start == self._size == 0):
            sealed.seek(offset + number * (PIECE + TAG))
            sound = self.open(number, sealed.read(self._length(number) + TAG))
            yield sound[start - number * PIECE : end - number * PIECE]
            number += 1
            start = number * PIECE

    def _length(self, number: int) -> int:
        return PIECE if number < self._last else self._size - self._last * PIECE

    def _nonce(self, number: int) -> bytes:
        # A key seals each number once: it is made for one recording and never seals a second sound.
        if not 0 <= number <= self._last:
            raise Broken(f"piece {number}")
        return number.to_bytes(_NUMBER_BYTES, "big") + bytes([number == self._last])


def _info(label: bytes) -> bytes:
    return _PURPOSE + hashlib.sha256(label).digest()
