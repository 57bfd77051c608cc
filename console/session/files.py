"""The files of one operator at this workstation, and how a private file is written."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class OperatorFiles:
    """Where the database of an operator is, and what lies beside it."""

    folder: Path
    operator: str

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self._file("db")

    @property
    def envelope(self) -> Path:
        """The key, sealed by password and workstation secret."""
        return self._file("key")

    @property
    def recovery(self) -> Path:
        """The key, sealed to the hotline's recovery key."""
        return self._file("recovery")

    @property
    def profile(self) -> Path:
        """What the last sign-in at the server told, sealed."""
        return self._file("profile")

    @property
    def withdrawn(self) -> Path:
        """The mark that the envelopes were wiped because the operator's access was withdrawn."""
        return self._file("withdrawn")

    def _file(self, suffix: str) -> Path:
        return self.folder / f"{quote(self.operator, safe='')}.{suffix}"


def write_private(path: Path, data: bytes) -> None:
    """Put a file in its place, whole or not at all, on disk when this returns, readable by its owner only."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{secrets.token_hex(4)}.new")
    try:
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """What was renamed or removed in a folder is on disk when this returns."""
    # Windows cannot open a folder, and its file system journals the renaming by itself.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def beside(files: OperatorFiles) -> tuple[Path, ...]:
    """What belongs to a database besides itself: the envelopes of its key, and the sealed profile."""
    return files.envelope, files.recovery, files.profile
