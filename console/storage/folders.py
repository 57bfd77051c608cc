"""Files and folders that have to be on the disk before the next step."""

import os
from pathlib import Path


def sync_file(path: Path) -> None:
    """Wait until the disk has the content of a file."""
    # Windows flushes only what is open for writing.
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names in a folder."""
    # Windows cannot open a folder, and its file system journals the renaming by itself.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
