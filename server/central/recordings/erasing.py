"""Files of recordings whose key was destroyed: nothing opens them any more, and they are in the way."""

from pathlib import Path

from server.central.config import read_config
from server.central.recordings.store import Store
from server.central.storage.engine import Database, reading
from server.central.storage.recordings import all_recordings


def remove_erased(folder: Path, engine: Database) -> None:
    """Remove them from a server's folder of recordings. Raises CommandTrouble."""
    keeping = read_config(folder).keeping()
    if keeping is None:
        return
    store = Store(keeping.folder)
    with reading(engine) as transaction:
        gone = [kept.label.id for kept in all_recordings(transaction) if kept.erased]
    for name in gone:
        store.remove(name)
