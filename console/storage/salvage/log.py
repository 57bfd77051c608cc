"""The write-ahead log beside a database, as SQLite's file format lays it down."""

from pathlib import Path

PAGE = 4096
_HEADER = 32
_FRAME_HEADER = 24


def log_of(path: Path) -> Path:
    """The write-ahead log that belongs to a database file."""
    return path.with_name(path.name + "-wal")


def logged(path: Path) -> list[tuple[int, bytes]]:
    """The pages in the log, encrypted, in the order they were written, up to the last commit.

    What is left of an older round is none of it. Raises OSError.
    """
    try:
        log = log_of(path).read_bytes()
    except FileNotFoundError:
        return []
    salts, step = log[16:24], _FRAME_HEADER + PAGE
    found: list[tuple[int, bytes]] = []
    committed = 0
    for at in range(_HEADER, len(log) - step + 1, step):
        header = log[at : at + _FRAME_HEADER]
        if header[8:16] != salts:
            continue
        found.append((int.from_bytes(header[:4], "big"), log[at + _FRAME_HEADER : at + step]))
        if header[4:8] != bytes(4):
            committed = len(found)
    return found[:committed]
