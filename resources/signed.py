"""Files that count only with a signature beside them: licensed wording, points, a hotline's own packs."""

from base64 import b64decode, b64encode
from binascii import Error
from collections.abc import Iterable
from pathlib import Path

from resources.reading import ResourceError
from resources.texts import t

SUFFIX = ".sig"
_SAYS = b"xinqiao pack 1\n"


def check(path: Path, keys: Iterable[bytes]) -> None:
    """Raise ResourceError unless one of the keys (Ed25519, raw 32 bytes) has signed this file.

    The signature stands beside it, base64, in a file of the same name with `.sig`.
    """
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    signature = _signature(path)
    content = _SAYS + _bytes(path)
    for key in keys:
        try:
            Ed25519PublicKey.from_public_bytes(key).verify(signature, content)
        except (InvalidSignature, ValueError):
            continue
        return
    raise ResourceError(path, 1, "signature", t("forms.cause_nobody_signed"))


def sign(path: Path, key: bytes) -> Path:
    """Sign a file with a private key (Ed25519, raw 32 bytes); gives where the signature lies."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    signature = Ed25519PrivateKey.from_private_bytes(key).sign(_SAYS + _bytes(path))
    beside = _beside(path)
    beside.write_bytes(b64encode(signature) + b"\n")
    return beside


def copy_signature(path: Path, copy: Path) -> None:
    """Put the signature of a file beside its copy. Raises OSError."""
    _beside(copy).write_bytes(_beside(path).read_bytes())


def _beside(path: Path) -> Path:
    return path.with_name(path.name + SUFFIX)


def _signature(path: Path) -> bytes:
    beside = _beside(path)
    try:
        return b64decode(beside.read_bytes().strip(), validate=True)
    except FileNotFoundError as cause:
        raise ResourceError(path, 1, "signature", t("forms.cause_no_signature", file=beside.name)) from cause
    except (OSError, Error) as cause:
        raise ResourceError(beside, 1, "signature", t("forms.cause_unreadable")) from cause


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as cause:
        raise ResourceError(path, 1, "", cause.strerror or t("forms.cause_unreadable")) from cause
