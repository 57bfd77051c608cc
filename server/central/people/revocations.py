"""The signed list of those who may work no more, for programs that check tickets without asking."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import jwt

from server.central.settings import Settings
from server.central.storage.workstations import Revoked
from server.central.tickets import ALGORITHM, ISSUER, TicketRefused, signed_claims

_KIND = "revocations"


@dataclass(frozen=True, slots=True)
class RevocationList:
    """Who may work no more, as the server knew at a moment, and the keys (PEM) whose tickets to believe."""

    at: datetime
    keys: tuple[bytes, ...]
    operators: frozenset[str]
    workstations: frozenset[str]

    def names(self, operator: str, workstation: str) -> bool:
        """True where either was revoked."""
        return operator in self.operators or workstation in self.workstations


def sign_revocations(revoked: Revoked, settings: Settings, now: datetime) -> str:
    """The list as a token that the server's tickets' key signed."""
    claims = {
        "iss": ISSUER,
        "kind": _KIND,
        "at": now.timestamp(),
        "keys": [key.decode() for key in settings.public_keys],
        "operators": sorted(revoked.operators),
        "workstations": sorted(revoked.workstations),
    }
    return jwt.encode(claims, settings.private_key, algorithm=ALGORITHM)


def read_revocations(token: str, public_keys: tuple[bytes, ...]) -> RevocationList:
    """The list again, signed by one of the keys. Raises TicketRefused."""
    options: Any = {"verify_exp": False, "verify_iat": False, "require": ["iss", "kind", "at"]}
    try:
        claims = signed_claims(token, public_keys, options)
        if claims["kind"] != _KIND:
            raise TicketRefused("kind")
        return RevocationList(
            datetime.fromtimestamp(claims["at"], UTC),
            tuple(key.encode() for key in claims["keys"]),
            frozenset(claims["operators"]),
            frozenset(claims["workstations"]),
        )
    except (jwt.InvalidTokenError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise TicketRefused(str(error)) from error
