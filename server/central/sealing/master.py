"""The file of the master key: 32 random bytes that only the server's account may read."""

import secrets
from pathlib import Path

from server.central.sealing.pages import KEY_BYTES, Master
from server.central.trouble import CommandTrouble, ExitCode

MASTER_FILE = "sealing.key"


def new_master() -> bytes:
    """The content of a new file."""
    return f"{secrets.token_hex(KEY_BYTES)}\n".encode()


def read_master(path: Path) -> Master:
    """The master key of a file. Raises CommandTrouble that says what to do without it."""
    if not path.exists():
        raise CommandTrouble(ExitCode.CONFIG, "master_missing", file=path, folder=path.parent)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise CommandTrouble(ExitCode.CONFIG, "master_unreadable", file=path) from error
    if len(key) != KEY_BYTES:
        raise CommandTrouble(ExitCode.CONFIG, "master_unreadable", file=path)
    return Master(key)
