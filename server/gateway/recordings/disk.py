"""What is done to files, step by step, so that a power cut between any two of them loses nothing."""

import os
from collections.abc import Iterable
from pathlib import Path

_OWNER_ONLY = 0o600


class Disk:
    """The real disk. Everything raises OSError."""

    def write(self, path: Path, pieces: Iterable[bytes]) -> None:
        """A file that only its owner may read; whatever stood there is gone."""
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
        with os.fdopen(descriptor, "wb") as file:
            for piece in pieces:
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())

    def settle(self, folder: Path) -> None:
        """What was named, renamed or removed in a folder stays so."""
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def rename(self, path: Path, other: Path) -> None:
        """Give a file another name in one step."""
        os.replace(path, other)

    def remove(self, path: Path) -> None:
        """Remove a file, which may be gone already."""
        path.unlink(missing_ok=True)
