"""A copy of the database on another disk, encrypted with the same key, beside the envelopes of the key."""

import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from console.storage.checking import faults
from console.storage.connecting import connect, connect_reading
from console.storage.errors import StorageError
from console.storage.folders import sync_file, sync_folder

_UNFINISHED = ".unfinished"


class BackupFailed(Exception):
    """No backup was made; `code` is a problem code: backup_folder, backup_write or backup_fault."""

    def __init__(self, code: str, path: Path) -> None:
        super().__init__(f"{code}: {path}")
        self.code = code
        self.path = path


def back_up(
    database: Path,
    key: bytes,
    beside: Sequence[Path],
    into: Path,
    now: datetime,
    told: Callable[[str], object] = str,
) -> Path:
    """Copy a database and the files beside it into a new folder named by operator and date; gives the copy.

    The program may write meanwhile: the copy is of one moment. It is read back before it gets its name.
    `told` hears, on this thread, that it is `copying`, then `checking`.
    Blocks. Raises BackupFailed and StorageError.
    """
    import sqlcipher3

    into = _there(into)
    name = f"xinqiao-{database.stem}-{now:%Y%m%d-%H%M%S}"
    unfinished, finished = into / (name + _UNFINISHED), into / name
    try:
        unfinished.mkdir(mode=0o700)
        copy = unfinished / database.name
        told("copying")
        _copy(database, key, copy)
        for path in beside:
            if path.exists():
                shutil.copyfile(path, unfinished / path.name)
        for path in unfinished.iterdir():
            sync_file(path)
        told("checking")
        if faults(copy, key, thorough=True):
            raise BackupFailed("backup_fault", copy)
        sync_folder(unfinished)
        unfinished.rename(finished)
        sync_folder(into)
    except (OSError, sqlcipher3.DatabaseError) as cause:
        raise BackupFailed("backup_write", into) from cause
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return finished / database.name


def _there(named: Path) -> Path:
    try:
        folder = named.expanduser()
        if folder.is_dir():
            return folder
    except (OSError, RuntimeError) as cause:
        # Not to be looked into, or of somebody who is not known here.
        raise BackupFailed("backup_folder", named) from cause
    raise BackupFailed("backup_folder", named)


def _copy(database: Path, key: bytes, copy: Path) -> None:
    source = connect_reading(database, key)
    try:
        target = connect(copy, key)
        try:
            # In one step: a writer would make it begin again and again.
            source.backup(target, pages=-1)
            _closed_whole(target, copy)
        finally:
            target.close()
    finally:
        source.close()


def _closed_whole(target: Any, copy: Path) -> None:
    """One file without a log, which can be read from a disk that nobody may write to."""
    (mode,) = target.execute("PRAGMA journal_mode = DELETE").fetchone()
    if mode != "delete":
        raise StorageError(copy)
