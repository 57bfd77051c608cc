"""The pages of a damaged encrypted file that are still as they were written; its log lies over them."""

import hashlib
import hmac
from dataclasses import dataclass
from pathlib import Path

from console.storage.salvage.log import PAGE, logged

_SALT = 16
_VECTOR = 16
_SEAL = 64
USABLE = PAGE - _VECTOR - _SEAL
_MAGIC = b"SQLite format 3\0"


@dataclass(frozen=True, slots=True)
class Pages:
    """The readable pages by number, how many are not, and whether their seals could be verified."""

    known: dict[int, bytes]
    lost: int
    sealed: bool


def read_pages(path: Path, key: bytes) -> Pages:
    """Decrypt every page of a file and of the log beside it; blocks. Raises OSError."""
    file = path.read_bytes() if path.exists() else b""
    frames = logged(path)
    written = {number + 1: file[at : at + PAGE] for number, at in enumerate(range(0, len(file), PAGE))}
    salts = [first[:_SALT] for first in (written.get(1), *(page for n, page in frames if n == 1)) if first]
    seal = _seal_of(key, salts, written, frames)
    known = {n: _plain(key, n, page) for n, page in written.items() if _sound(seal, n, page)}
    for number, page in frames:
        if _sound(seal, number, page):
            known[number] = _plain(key, number, page)
    every = set(written) | {number for number, _ in frames}
    return Pages(known, len(every) - len(known), seal is not None)


def _seal_of(
    key: bytes, salts: list[bytes], written: dict[int, bytes], frames: list[tuple[int, bytes]]
) -> bytes | None:
    """The key of the seals; None where the salt it is made with is lost: then no seal can be verified."""
    for salt in dict.fromkeys(salts):
        masked = bytes(byte ^ 0x3A for byte in salt)
        seal = hashlib.pbkdf2_hmac("sha512", key, masked, 2, 32)
        if any(_sound(seal, number, page) for number, page in (*written.items(), *frames)):
            return seal
    return None


def _sound(seal: bytes | None, number: int, page: bytes) -> bool:
    if len(page) != PAGE:
        return False
    if seal is None:
        return True
    body = page[_SALT if number == 1 else 0 : PAGE - _SEAL]
    made = hmac.digest(seal, body + number.to_bytes(4, "little"), "sha512")
    return hmac.compare_digest(made, page[PAGE - _SEAL :])


def _plain(key: bytes, number: int, page: bytes) -> bytes:
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

    start = _SALT if number == 1 else 0
    vector = page[USABLE : USABLE + _VECTOR]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    plain = decryptor.update(page[start:USABLE]) + decryptor.finalize()
    return _MAGIC + plain if number == 1 else plain
