"""Says to other programs of this machine that an operator is at work here; ends with the program, however."""

import os
import sys
from pathlib import Path

from console.session.files import OperatorFiles


class Presence:
    """A lock on a file of the operator's own: held by one program at a time."""

    def __init__(self, folder: Path, operator: str) -> None:
        self._path = OperatorFiles(folder, operator).database.with_suffix(".here")
        self._handle: int | None = None

    def take(self) -> bool:
        """Hold it from now on; False while another program does. A disk that refuses keeps nobody out."""
        if self._handle is not None:
            return True
        try:
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError:
            return True
        if not _locked(handle):
            os.close(handle)
            return False
        self._handle = handle
        return True

    def leave(self) -> None:
        """Hold it no more."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)


def _locked(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
