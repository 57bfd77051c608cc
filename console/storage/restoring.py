"""A backup becomes the database of a workstation again; what the present one holds unsent is kept too."""

from pathlib import Path

from console.storage.checking import faults
from console.storage.entering import Place
from console.storage.errors import Damaged, Unreadable
from console.storage.rebuilding import Rebuilt, finish, replace_by
from console.storage.salvage.log import log_of
from models.clock import Clock


class InUse(Exception):
    """Another program has the database open."""


def restore(backup: Path, place: Place, clock: Clock, key: bytes = b"") -> Rebuilt:
    """Put a backup in the place of what is there, together with every act that only the present file holds.

    The restored database has a device epoch of its own and keeps the ids of all acts: the server knows what
    it has already. The former file is set aside. `key` opens a backup that was made under another key than
    that of the place; all of it is written under the key of the place. Blocks. Raises Damaged where the
    backup is not whole, Unreadable where the key does not open it, InUse, and StorageError and OSError from
    the disk.
    """
    from console.storage.salvage.reading import salvage

    finish(place.path)
    opens = key or place.key
    if faults(backup, opens):
        found = salvage(backup, opens)
        raise (Damaged if found.any else Unreadable)(backup)
    sources = [salvage(backup, opens)]
    if place.path.exists() or log_of(place.path).exists():
        _keep_out_others(place)
        sources.append(salvage(place.path, place.key))
    return replace_by(place.path, place.key, (place.operator, place.practice), sources, "replaced", clock)


def _keep_out_others(place: Place) -> None:
    """Find out whether somebody else has the file open. Raises InUse."""
    import sqlcipher3

    from console.storage.connecting import connect
    from console.storage.errors import StorageError

    try:
        connection = connect(place.path, place.key)
    except (Damaged, Unreadable):
        return
    except StorageError as cause:
        raise InUse(place.path) from cause
    try:
        connection.execute("PRAGMA busy_timeout = 0")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    except sqlcipher3.DatabaseError as error:
        if str(getattr(error, "sqlite_errorname", "")).startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise InUse(place.path) from error
    finally:
        connection.close()
