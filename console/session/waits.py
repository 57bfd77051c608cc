"""The growing wait after failed sign-ins at this workstation; it survives restarts and needs no server.

It keeps whoever sits at the window from trying passwords. Who can write files as this user can remove the
file; to change it takes the secret, and a file that was changed means the longest wait for everybody.
"""

import hashlib
import hmac
import json
import math
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from console.session.files import write_private
from console.session.secret_store import Found, SecretStore, Trouble
from models.clock import Clock

FREE_FAILURES = 5
LONGEST_SECONDS = 60
_FORGOTTEN_AFTER = timedelta(days=1)
_KEPT_AS = "sign-in waits"
_SECRET_BYTES = 32
_EVERYBODY = ""


def wait_after(failures: int) -> int:
    """Seconds to wait after so many failures in a row: 2, 4, 8 … 60 from the fifth on."""
    if failures < FREE_FAILURES:
        return 0
    return min(LONGEST_SECONDS, int(2 ** min(failures - FREE_FAILURES + 1, 10)))


@dataclass(frozen=True, slots=True)
class _Failures:
    count: int
    until: datetime


class Waits:
    """Failures by name; every method blocks on the disk and may ask the secret store."""

    def __init__(self, path: Path, store: SecretStore, clock: Clock) -> None:
        self._path = path
        self._store = store
        self._clock = clock
        self._key: bytes | None = None

    def left(self, name: str) -> int:
        """Seconds until this name may try again, never more than the longest wait."""
        known = self._load()
        return max(self._left(known.get(name)), self._left(known.get(_EVERYBODY)))

    def failures(self, name: str) -> int:
        """How often in a row this name failed here."""
        known = self._load().get(name)
        return known.count if known else 0

    def failed(self, name: str) -> int:
        """Count a failure; seconds to wait before the next attempt."""
        known, now = self._load(), self._clock.now()
        count = known[name].count + 1 if name in known else 1
        wait = wait_after(count)
        known[name] = _Failures(count, now + timedelta(seconds=wait))
        self._save({one: it for one, it in known.items() if it.until > now - _FORGOTTEN_AFTER})
        return wait

    def forget(self, name: str) -> None:
        """The right password was given."""
        known = self._load()
        if known.pop(name, None) is not None:
            self._save(known)

    def _left(self, known: _Failures | None) -> int:
        if known is None:
            return 0
        # A clock that was set back makes no wait longer than the longest.
        seconds = math.ceil((known.until - self._clock.now()).total_seconds())
        return max(0, min(seconds, wait_after(known.count)))

    def _load(self) -> dict[str, _Failures]:
        try:
            content = json.loads(self._path.read_bytes())
            waits: dict[str, Any] = content["waits"]
            if not hmac.compare_digest(content["mac"], self._mac(waits)):
                raise ValueError("changed")
            return {
                name: _Failures(int(count), datetime.fromisoformat(until))
                for name, (count, until) in waits.items()
            }
        except FileNotFoundError:
            return {}
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            longest = timedelta(seconds=LONGEST_SECONDS)
            changed = {_EVERYBODY: _Failures(FREE_FAILURES + LONGEST_SECONDS, self._clock.now() + longest)}
            self._save(changed)
            return changed

    def _save(self, known: dict[str, _Failures]) -> None:
        waits = {name: [it.count, it.until.isoformat()] for name, it in known.items()}
        try:
            write_private(self._path, json.dumps({"waits": waits, "mac": self._mac(waits)}).encode())
        except OSError:
            # A full disk lets nobody wait, and keeps nobody out.
            return

    def _mac(self, waits: dict[str, Any]) -> str:
        content = json.dumps(waits, sort_keys=True).encode()
        return hmac.new(self._secret(), content, hashlib.sha256).hexdigest()

    def _secret(self) -> bytes:
        if self._key is None:
            found = self._store.read(_KEPT_AS)
            if found is Trouble.EMPTY:
                fresh = secrets.token_bytes(_SECRET_BYTES)
                found = self._store.write(_KEPT_AS, fresh) or Found(fresh)
            self._key = found.secret if isinstance(found, Found) else b"xinqiao"
        return self._key
