"""A database with the keys that its records are sealed with, as a server opens both."""

import atexit
import hashlib
from pathlib import Path
from tempfile import TemporaryDirectory

from models.clock import SystemClock
from server.central.sealing.pages import Master
from server.central.storage.engine import Database, open_engine, sealed_with
from server.central.storage.keys import open_sealing

MASTER = Master(bytes(range(32)))
_FOLDER = TemporaryDirectory(prefix="xinqiao-keys-")
atexit.register(_FOLDER.cleanup)


def keys_address(database: str) -> str:
    """The address of the key database that belongs to the database of an address, in every test the same."""
    return f"sqlite:///{_FOLDER.name}/{hashlib.sha256(database.encode()).hexdigest()}"


def open_sealed(database: str, folder: Path = Path()) -> Database:
    """An engine for a database and its keys."""
    sealing = open_sealing(open_engine(keys_address(database)), MASTER, SystemClock())
    return sealed_with(open_engine(database, folder), sealing)
