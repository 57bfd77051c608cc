"""What the gateway remembers of the shift between two starts: who sits where, and what they were doing."""

import json
import logging
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from models.codec import DocumentError, from_document, to_document
from server.gateway.duty import Attendance

_OWNER_ONLY = 0o600
_log = logging.getLogger(__name__)


class Roster:
    """A small file beside the settings; ids and states, no names. Without `path` nothing is remembered."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._written: dict[str, Attendance] = {}

    def read(self) -> dict[str, Attendance]:
        """The seats as they were; nobody's console is there yet. A file that cannot be read is none."""
        if self._path is None:
            return {}
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            seats = {str(seat): from_document(Attendance, one) for seat, one in kept["seats"].items()}
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, LookupError, TypeError, AttributeError, DocumentError) as cause:
            _log.warning("the kept shift cannot be read: %s", type(cause).__name__)
            return {}
        self._written = seats
        return dict(seats)

    def keep(self, seats: Mapping[str, Attendance]) -> None:
        """Write what has changed, at once: a gateway that is killed the moment after knows it again.

        The rename is not waited for on the disk: a power cut ends the calls and the shift with them.
        """
        nameless = {seat: replace(one, name="", present=False) for seat, one in seats.items() if one.operator}
        if self._path is None or nameless == self._written:
            return
        self._written = nameless
        content = json.dumps({"seats": {seat: to_document(one) for seat, one in nameless.items()}})
        fresh = self._path.with_name(self._path.name + ".new")
        try:
            descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(content)
            fresh.replace(self._path)
        except OSError as cause:
            _log.warning("the shift cannot be kept: %s", cause.strerror)
