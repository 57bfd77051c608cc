"""What the server last said of its keys and of those who may work no more; kept on disk."""

import json
import logging
import os
from contextlib import suppress
from pathlib import Path

from server.central.people.revocations import RevocationList, read_revocations
from server.central.tickets import TicketRefused

_OWNER_ONLY = 0o600
_log = logging.getLogger(__name__)


class Standing:
    """The keys (PEM) whose tickets are believed, and the revoked; `kept` is the file between two starts.

    `away`: the server was asked and did not answer since; never true for a gateway that asks no server.
    """

    def __init__(self, installed: bytes, kept: Path | None = None) -> None:
        self.keys: tuple[bytes, ...] = (installed,)
        self.away = kept is not None
        self._kept = kept
        self._list: RevocationList | None = None
        if kept is not None:
            self._load(kept)

    def is_revoked(self, operator: str, workstation: str) -> bool:
        """True where either may work no more."""
        return self._list is not None and self._list.names(operator, workstation)

    def hear(self, token: str) -> None:
        """The server's list, also one that comes late. Raises TicketRefused where it is not the server's."""
        told = read_revocations(token, self.keys)
        self.away = False
        if self._list is not None and told.at < self._list.at:
            return
        changed = self._list is None or _content(told) != _content(self._list)
        self._list = told
        if told.keys:
            self.keys = told.keys
        if changed and self._kept is not None:
            self._save(self._kept, token)

    def miss(self) -> None:
        """The server does not answer."""
        self.away = True

    def _load(self, path: Path) -> None:
        with suppress(FileNotFoundError):
            try:
                kept = json.loads(path.read_text(encoding="utf-8"))
                keys = tuple(key.encode() for key in kept["keys"])
                self._list = read_revocations(kept["revocations"], keys)
                self.keys = self._list.keys or keys
            except (TicketRefused, ValueError, LookupError, TypeError, AttributeError) as cause:
                _log.warning("the kept revocations cannot be read: %s", type(cause).__name__)

    def _save(self, path: Path, token: str) -> None:
        content = json.dumps({"keys": [key.decode() for key in self.keys], "revocations": token})
        fresh = path.with_name(path.name + ".new")
        try:
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(path)
        except OSError as cause:
            _log.warning("the revocations cannot be kept: %s", cause.strerror)


def _content(told: RevocationList) -> tuple[object, ...]:
    return told.keys, told.operators, told.workstations
