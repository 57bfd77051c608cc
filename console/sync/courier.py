"""Courier files: what an operator has not sent yet, sealed to the server, beside the database.

A file holds a stretch of the outbox, so that a long outage does not have all of it sealed again and again.
"""

import base64
import gzip
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from console.session.files import sync_folder, write_private
from console.session.station import Station
from console.storage.values import Batch
from models.operation import Operation

if TYPE_CHECKING:
    from models.wire.courier import Sealed

STRETCH = 200
MOST_CHARACTERS = 1_500_000
_INFO = b"xinqiao courier 1"
_VERSION = 1
_SUFFIX = ".courier"
_LEFT_SUFFIX = ".left"


class CourierBroken(Exception):
    """A courier file that is not what was written."""


@dataclass(frozen=True, slots=True)
class Courier:
    """A courier as it lies in its file; `ops` are the ids of its acts, `last` their last number."""

    path: Path
    operator: str
    epoch: str
    last: int
    ops: tuple[str, ...]
    message: "Sealed"


@dataclass(frozen=True, slots=True)
class Left:
    """How far couriers may have reached the server: every act of that epoch up to that number."""

    epoch: str
    last: int


def stretches(batch: Batch) -> Iterator[Batch]:
    """What waits, cut at fixed numbers: a new act changes the last stretch only. A long one is cut again."""
    for _, rows in groupby(batch.rows, key=lambda row: row[0] // STRETCH):
        part: list[tuple[int, Operation]] = []
        characters = 0
        for seq, act in rows:
            characters += len(json.dumps(act.body, default=str))
            if part and characters > MOST_CHARACTERS:
                yield Batch(batch.epoch, tuple(part))
                part, characters = [], 0
            part.append((seq, act))
        yield Batch(batch.epoch, tuple(part))


def seal(station: Station, operator: str, batch: Batch) -> "Sealed":
    """Seal a stretch to the server's courier key and sign it as this workstation."""
    from cryptography.hazmat.primitives import hpke
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

    from models.wire.courier import Courier as Carried
    from models.wire.courier import Sealed
    from models.wire.sync import PushedOperation

    ops = tuple(PushedOperation.of(seq, act) for seq, act in batch.rows)
    plain = Carried(operator=operator, epoch=batch.epoch, ops=ops).model_dump_json().encode()
    suite = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.AES_256_GCM)
    server = X25519PublicKey.from_public_bytes(base64.b64decode(station.enrolment.courier_key))
    sealed = suite.encrypt(gzip.compress(plain, mtime=0), server, _INFO)
    return Sealed(
        workstation=station.enrolment.workstation,
        sealed=base64.b64encode(sealed).decode(),
        signature=base64.b64encode(station.key.sign(sealed)).decode(),
    )


def stamp_of(batch: Batch) -> str:
    """A short text that is the same only for the same acts under the same numbers."""
    named = [batch.epoch, *(f"{seq} {act.op}" for seq, act in batch.rows)]
    return hashlib.sha256("\n".join(named).encode()).hexdigest()


def path_of(folder: Path, operator: str, stretch: Batch) -> Path:
    """Where a stretch of an operator is kept, named by its first number."""
    return folder / f"{quote(operator, safe='')}.{stretch.rows[0][0]:010d}{_SUFFIX}"


def write(path: Path, operator: str, batch: Batch, message: "Sealed") -> None:
    """Put a courier file in its place, whole or not at all. Raises OSError."""
    content = {
        "version": _VERSION,
        "operator": operator,
        "epoch": batch.epoch,
        "last": batch.rows[-1][0],
        "ops": [act.op for _, act in batch.rows],
        "message": message.model_dump(mode="json"),
    }
    write_private(path, json.dumps(content, ensure_ascii=False).encode())


def read(path: Path) -> Courier:
    """The courier in a file. Raises CourierBroken, FileNotFoundError."""
    from models.wire.courier import Sealed

    try:
        content = json.loads(path.read_bytes())
        if content["version"] != _VERSION:
            raise CourierBroken(str(path))
        message = Sealed.model_validate(content["message"])
        ops = tuple(str(op) for op in content["ops"])
        return Courier(
            path, str(content["operator"]), str(content["epoch"]), int(content["last"]), ops, message
        )
    except (ValueError, KeyError, TypeError) as cause:
        raise CourierBroken(str(path)) from cause


def files(folder: Path, operator: str = "") -> list[Path]:
    """The courier files here, of one operator or of all, in the order in which they are to arrive."""
    found = sorted(folder.glob(f"*{_SUFFIX}"))
    return [path for path in found if not operator or operator_of(path) == operator]


def operator_of(path: Path) -> str:
    """Whose courier a file is, by its name."""
    return unquote(path.name.removesuffix(_SUFFIX).rpartition(".")[0])


def remove(path: Path) -> None:
    """A courier has done its work."""
    path.unlink(missing_ok=True)
    sync_folder(path.parent)


def note_leaving(folder: Path, courier: Courier) -> None:
    """Note on disk, before a courier leaves, what the server may have from now on. Raises OSError."""
    known = left(folder, courier.operator)
    last = max(known.last, courier.last) if known and known.epoch == courier.epoch else courier.last
    content = {"epoch": courier.epoch, "last": last}
    write_private(_left(folder, courier.operator), json.dumps(content).encode())


def left(folder: Path, operator: str) -> Left | None:
    """How far the couriers of an operator may have come; None where none ever left."""
    try:
        content = json.loads(_left(folder, operator).read_bytes())
        return Left(str(content["epoch"]), int(content["last"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget_leaving(folder: Path, operator: str) -> None:
    """The operator's own database knows it now."""
    _left(folder, operator).unlink(missing_ok=True)


def _left(folder: Path, operator: str) -> Path:
    return folder / f"{quote(operator, safe='')}{_LEFT_SUFFIX}"
