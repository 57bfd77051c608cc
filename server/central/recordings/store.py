"""The folder of recordings: one sealed file each, its pieces while they come, nothing ever in clear.

A file holds its label, the key of its sound sealed with a key of the key database, and the sealed pieces: it
can be found again and opened with nothing but the key database, and never without it.
"""

import hashlib
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import orjson

from models.recordings.label import Label
from server.recordings.container import Head, head_bytes, read_head
from server.recordings.locking import PIECE, TAG, Broken, sealed_size

_SUFFIX, _COMING, _PART = ".recording", ".coming", ".part"
_OWNER_ONLY = 0o600
_READ = 1 << 20


@dataclass(frozen=True, slots=True)
class Sealed:
    """The key of a recording: sealed with a key of the key database; when the server took the recording."""

    seal: int
    key: bytes
    taken: float

    def to_bytes(self) -> bytes:
        """As it stands in the file."""
        return orjson.dumps({"seal": self.seal, "key": self.key.hex(), "taken": self.taken})


@dataclass(frozen=True, slots=True)
class File:
    """One recording that is kept."""

    path: Path
    head: Head
    label: Label
    sealed: Sealed

    @property
    def digest(self) -> str:
        """The SHA-256 of all of it."""
        found = hashlib.sha256()
        with self.path.open("rb") as file:
            while part := file.read(_READ):
                found.update(part)
        return found.hexdigest()


class Store:
    """One folder; several processes may use it. Everything raises OSError where the disk fails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def have(self, name: str) -> int:
        """How many sealed bytes of a recording came so far."""
        try:
            return self._coming(name).stat().st_size
        except FileNotFoundError:
            return 0

    def add(self, name: str, start: int, piece: bytes) -> int:
        """Take the bytes from `start` on, where nothing is missing before; how many there are then."""
        path = self._coming(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, _OWNER_ONLY)
        with os.fdopen(descriptor, "r+b") as file:
            size = file.seek(0, os.SEEK_END)
            if start > size:
                return size
            file.seek(start)
            file.write(piece)
            return max(size, start + len(piece))

    def drop(self, name: str) -> None:
        """Forget what came of a recording."""
        self._coming(name).unlink(missing_ok=True)

    def pieces(self, label: Label) -> Iterator[bytes]:
        """The sealed pieces that came. Raises Broken where they are too few or too many."""
        if self.have(label.id) != sealed_size(label.size):
            raise Broken("size")
        with self._coming(label.id).open("rb") as file:
            while piece := file.read(PIECE + TAG):
                yield piece

    def keep(self, name: str, label: bytes, sealed: Sealed, pieces: Iterator[bytes]) -> File:
        """Write the file for good; it is on the disk before anybody hears of it."""
        path = self._path(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        part = path.with_suffix(_PART)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(head_bytes(label, sealed.to_bytes()))
                for piece in pieces:
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
        _settle(path.parent)
        _settle(self._folder)
        return _read(path)

    def find(self, name: str) -> File | None:
        """The file of a recording, None where there is none. Raises Broken."""
        path = self._path(name)
        return _read(path) if path.exists() else None

    def names(self) -> list[str]:
        """The recordings whose files are there."""
        return sorted(path.stem for path in self._folder.glob(f"*/*{_SUFFIX}"))

    def remove(self, name: str) -> None:
        """Remove the file of a recording that nothing opens any more."""
        self._path(name).unlink(missing_ok=True)
        self.drop(name)

    def _path(self, name: str) -> Path:
        # The beginning of an id is the time when it was made: by its end they spread evenly.
        return self._folder / name[-2:] / f"{name}{_SUFFIX}"

    def _coming(self, name: str) -> Path:
        return self._folder / "coming" / f"{name}{_COMING}"


def _read(path: Path) -> File:
    with path.open("rb") as file:
        head = read_head(file, path.stat().st_size)
    try:
        said = orjson.loads(head.wrapped)
        sealed = Sealed(int(said["seal"]), bytes.fromhex(said["key"]), float(said["taken"]))
    except (ValueError, TypeError, KeyError) as error:
        raise Broken("key") from error
    return File(path, head, head.said, sealed)


def _settle(folder: Path) -> None:
    """What was named in a folder stays so; a folder can be settled on Linux alone."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
