"""From the exchange's folder to the gateway's own: sealed, checked, then the plain file is removed."""

import hashlib
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey

from models.ids import new_id
from models.recordings.label import NAME, Label
from models.recordings.wave import HEAD_BYTES, Form, Silence, form_of
from server.gateway.recordings.disk import Disk
from server.recordings.container import Head, head_bytes, read_head, write_label
from server.recordings.locking import PIECE, Broken, Lock, key_name, new_key, wrap

PLAIN, LOCKED = ".wav", ".locked"
_PART = ".part"
_NAME = re.compile(NAME)
_REAL = Disk()


@dataclass(frozen=True, slots=True)
class Mark:
    """By which a plain file is known not to have changed: its bytes and when the last was written (ns)."""

    size: int
    written: int

    @property
    def at(self) -> datetime:
        """When the last was written."""
        return datetime.fromtimestamp(self.written // 1000 / 1_000_000, UTC)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A locked recording that the server does not have yet."""

    path: Path
    head: Head
    label: Label


class Shelf:
    """Used by one thread at a time. `plain` is the exchange's folder, `locked` the gateway's."""

    def __init__(
        self, plain: Path, locked: Path, site: str, public: X25519PublicKey, disk: Disk = _REAL
    ) -> None:
        self._plain = plain
        self._locked = locked
        self._site = site
        self._public = public
        self._disk = disk

    def prepare(self) -> None:
        """Make the own folder, and clear away what was half written when a gateway ended. Raises OSError."""
        self._locked.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in self._locked.glob(f"*{_PART}"):
            self._disk.remove(path)

    def plain(self) -> dict[str, Mark]:
        """The recordings in the exchange's folder, also those that go on. Raises OSError."""
        found: dict[str, Mark] = {}
        for path in self._plain.iterdir():
            if path.suffix == PLAIN and _NAME.fullmatch(path.stem):
                mark = _mark(path)
                if mark:
                    found[path.stem] = mark
        return found

    def free(self) -> int:
        """Bytes that are free for recordings, in the fuller one of both folders. Raises OSError."""
        return min(shutil.disk_usage(folder).free for folder in (self._plain, self._locked))

    def waiting(self) -> list[Waiting]:
        """What lies locked and is not plain any more, the oldest first. Raises OSError.

        A file that is no locked recording is left where it is and not spoken of here: see `broken`.
        """
        try:
            there = self.plain()
        except FileNotFoundError:
            there = {}
        return [one for one in self._all() if not _is_of(one.label, there)]

    def broken(self) -> list[Path]:
        """Files in the own folder that cannot be opened any more. Raises OSError."""
        return [path for path in sorted(self._locked.glob(f"*{LOCKED}")) if _read(path) is None]

    def lock_away(self, recording: str, call: str, mark: Mark) -> bool:
        """Seal one plain file, which was as `mark` says, and remove it; False where it goes on after all.

        Ends early and again from the beginning, whenever the program ends in it. Raises OSError; NoSound
        where the file is no recording; Broken where the disk does not give back what was written.
        """
        path = self._plain / f"{recording}{PLAIN}"
        if not any(_is_of(one.label, {recording: mark}) for one in self._all()):
            made = self._seal(path, Label(new_id(), recording, call, self._site, mark.at, 0, self._key), mark)
            if _mark(path) != mark:
                self._disk.remove(made)
                return False
        self._disk.remove(path)
        self._disk.settle(self._plain)
        return True

    def forget(self, one: Waiting) -> None:
        """Remove what the server has now. Raises OSError."""
        self._disk.remove(one.path)
        self._disk.settle(self._locked)

    @property
    def _key(self) -> str:
        return key_name(self._public)

    def _all(self) -> Iterator[Waiting]:
        return (one for path in sorted(self._locked.glob(f"*{LOCKED}")) if (one := _read(path)))

    def _seal(self, path: Path, blank: Label, mark: Mark) -> Path:
        key, part = new_key(), self._locked / f"{blank.id}{_PART}"
        with path.open("rb") as file:
            form = form_of(file.read(HEAD_BYTES), mark.size)
            label = write_label(_described(blank, form, file))
            lock = Lock(key, label, form.size)
            file.seek(form.offset)
            heard = hashlib.sha256()
            head = head_bytes(label, wrap(key, label, self._public))
            try:
                self._disk.write(part, _sealed(head, lock, file, heard.update))
                _check(part, key, heard.digest())
                self._disk.rename(part, made := part.with_suffix(LOCKED))
            except (OSError, Broken):
                self._disk.remove(part)
                raise
        self._disk.settle(self._locked)
        return made


def _described(blank: Label, form: Form, file: BinaryIO) -> Label:
    """The label of a sound that was listened to once for its silences."""
    label = replace(blank, size=form.size, rate=form.rate, width=form.width, channels=form.channels)
    silence = Silence(label.bytes_a_second)
    file.seek(form.offset)
    left = form.size
    while left and (sound := file.read(min(PIECE, left))):
        silence.hear(sound)
        left -= len(sound)
    return replace(label, silent=silence.found())


def _sealed(head: bytes, lock: Lock, file: BinaryIO, hear: Callable[[bytes], object]) -> Iterator[bytes]:
    """The whole of a locked file; `hear` is told what is sealed."""

    def read(length: int) -> bytes:
        sound = file.read(length)
        hear(sound)
        return sound

    yield head
    yield from lock.seal_all(read)


def _is_of(label: Label, there: Mapping[str, Mark]) -> bool:
    """True where the plain file of a locked recording is still there, unchanged."""
    mark = there.get(label.recording)
    return mark is not None and mark.at == label.ended_at and 0 <= mark.size - label.size < HEAD_BYTES


def _check(path: Path, key: bytes, digest: bytes) -> None:
    """Open what was just written, as the server will. Raises Broken."""
    with path.open("rb") as file:
        head = read_head(file, path.stat().st_size)
        size = head.said.size
        again = hashlib.sha256()
        for sound in Lock(key, head.label, size).sound(file, 0, size, head.offset):
            again.update(sound)
    if again.digest() != digest:
        raise Broken("sound")


def _read(path: Path) -> Waiting | None:
    try:
        with path.open("rb") as file:
            head = read_head(file, path.stat().st_size)
        return Waiting(path, head, head.said)
    except (Broken, FileNotFoundError):
        return None


def _mark(path: Path) -> Mark | None:
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None
    return Mark(found.st_size, found.st_mtime_ns) if S_ISREG(found.st_mode) else None
