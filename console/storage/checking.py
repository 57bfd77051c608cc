"""Is the file whole: every page by its seal, every table by its structure."""

import re
from pathlib import Path

from console.storage.connecting import connect_reading, reason
from console.storage.errors import Damaged, Unreadable
from console.storage.salvage.log import log_of, logged

_ATTEMPTS = 3
_MOST_FAULTS = 20


def ended_uncleanly(path: Path) -> bool:
    """True where the last program that wrote did not close the file: a clean end removes the log."""
    try:
        return log_of(path).stat().st_size > 0
    except OSError:
        return False


def faults(path: Path, key: bytes, thorough: bool = False) -> tuple[str, ...]:
    """What is wrong with the file, in the library's words: page numbers and names of tables, no content.

    Blocks for as long as reading the file takes; may run while another connection writes. `thorough` also
    compares every index with its table. Raises StorageError where the file cannot be read at all now.
    """
    standing: set[str] | None = None
    # A page that is being folded in from the log while it is read looks broken once, not three times.
    for _ in range(_ATTEMPTS):
        found = _looked(path, key, thorough)
        standing = set(found) if standing is None else standing & set(found)
        if not standing:
            return ()
    return tuple(sorted(standing or ()))


def _looked(path: Path, key: bytes, thorough: bool) -> list[str]:
    import sqlcipher3

    if lost_beginning(path):
        return ["the file is empty, its log is not"]
    try:
        connection = connect_reading(path, key)
    except (Damaged, Unreadable) as trouble:
        return [trouble.code]
    kind = "integrity_check" if thorough else "quick_check"
    try:
        sealed = [str(row[0]) for row in connection.execute("PRAGMA cipher_integrity_check")]
        built = [str(row[0]) for row in connection.execute(f"PRAGMA {kind}({_MOST_FAULTS})")]
    except sqlcipher3.DatabaseError as error:
        name = str(getattr(error, "sqlite_errorname", ""))
        if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB")):
            return [name]
        if name.startswith("SQLITE_READONLY"):
            # What a journal holds must be rolled back first; whoever opens the file to write does that.
            return []
        raise reason(error, path) from error
    finally:
        connection.close()
    if sealed:
        # Half folded in from the log, which still holds the whole page: that is no damage.
        held = {number for number, _ in logged(path)}
        sealed = [line for line in sealed if held.isdisjoint(map(int, re.findall(r"page (\d+)", line)))]
    return sealed + [line for line in built if line != "ok"]


def lost_beginning(path: Path) -> bool:
    """True where the file is gone or empty while its log holds work: opening would throw the log away."""
    return ended_uncleanly(path) and (not path.exists() or path.stat().st_size == 0)
