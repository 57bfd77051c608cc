"""Record keys by the page: made in advance, wrapped by the master key, destroyed one by one."""

import secrets
from collections.abc import Collection
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEYS_A_PAGE = 256
KEY_BYTES = 32
_NONCE_BYTES = 12
_PAGE_BITS = 54
_DESTROYED = bytes(KEY_BYTES)


class Unsealable(Exception):
    """Something cannot be unsealed: its key is missing, or key and sealed text do not belong together."""


class Destroyed(Unsealable):
    """The key was destroyed: what it sealed is gone for ever."""


class PageStore(Protocol):
    """Where wrapped pages lie, outside the database of the records and outside its backups."""

    def add(self, pages: dict[int, bytes]) -> None:
        """Keep new pages; they are on the disk when this returns."""

    def find(self, ids: Collection[int]) -> dict[int, bytes]:
        """Those of the pages that exist."""

    def rewrite(self, page: int, change: "Change") -> None:
        """Replace a page by what `change` makes of it, and leave nothing of the old one behind."""

    def has_beside(self, page: int) -> bool:
        """True where there is any other page."""

    def close(self) -> None:
        """Nobody asks any more for now."""


class Change(Protocol):
    """What becomes of a wrapped page."""

    def __call__(self, wrapped: bytes) -> bytes:
        """The page as it is to be kept."""


class Master:
    """The master key, 32 bytes: wraps pages and the few secrets of the database as a whole."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def wrap(self, name: str, secret: bytes) -> bytes:
        """A secret made unreadable; it can be unwrapped under its name only."""
        nonce = secrets.token_bytes(_NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, secret, name.encode())

    def unwrap(self, name: str, wrapped: bytes) -> bytes:
        """The secret again. Raises Unsealable."""
        try:
            return self._cipher.decrypt(wrapped[:_NONCE_BYTES], wrapped[_NONCE_BYTES:], name.encode())
        except (InvalidTag, ValueError) as error:
            raise Unsealable(name) from error


def new_page() -> tuple[int, bytes]:
    """A page's number and its keys; a random number, so that a lost page is never taken for another."""
    return 1 + secrets.randbelow(2**_PAGE_BITS), secrets.token_bytes(KEYS_A_PAGE * KEY_BYTES)


def page_name(page: int) -> str:
    """What a page is wrapped under."""
    return f"page/{page}"


def key_number(page: int, place: int) -> int:
    """The number by which a record names its key."""
    return page * KEYS_A_PAGE + place


def key_on(keys: bytes, number: int) -> bytes:
    """One key of a page. Raises Destroyed."""
    start = number % KEYS_A_PAGE * KEY_BYTES
    key = keys[start : start + KEY_BYTES]
    if key == _DESTROYED:
        raise Destroyed("key")
    return key


def without(keys: bytes, numbers: Collection[int]) -> bytes:
    """The page without these keys."""
    left = bytearray(keys)
    for number in numbers:
        start = number % KEYS_A_PAGE * KEY_BYTES
        left[start : start + KEY_BYTES] = _DESTROYED
    return bytes(left)
