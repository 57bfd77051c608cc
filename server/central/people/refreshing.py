"""Giving out refresh tokens and taking them back for the next ones."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta

from models.clock import Clock
from models.ids import new_id
from server.central.storage.engine import Database
from server.central.storage.refresh import Holder, open_family, use_token

_TOKEN_BYTES = 32


@dataclass(frozen=True, slots=True)
class RefreshDesk:
    """Refresh tokens over one database; each lives for `lifetime` and is known by its hash alone."""

    engine: Database
    clock: Clock
    lifetime: timedelta

    def first(self, holder: Holder) -> str:
        """The first token of a sign-in."""
        token, now = secrets.token_urlsafe(_TOKEN_BYTES), self.clock.now()
        ends = (now + self.lifetime).timestamp()
        open_family(self.engine, new_id(), holder, _hash(token), now.timestamp(), ends)
        return token

    def next(self, token: str, workstation: str) -> tuple[Holder, str] | None:
        """Whose token this is, and the one to use next; None where it is worth nothing."""
        successor, now = secrets.token_urlsafe(_TOKEN_BYTES), self.clock.now()
        ends = (now + self.lifetime).timestamp()
        holder = use_token(self.engine, _hash(token), _hash(successor), workstation, now.timestamp(), ends)
        return (holder, successor) if holder else None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
