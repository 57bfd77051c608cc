"""The duty ticket: a signed token that says who is on duty; verified without asking the server."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

import jwt

from models.people.operator import Operator, Role

ISSUER = "xinqiao"
ALGORITHM = "EdDSA"
LIFETIME = timedelta(hours=12)
_CLAIMS = ["iss", "sub", "iat", "exp"]
_TICKETS_AT_ONCE = 4096


class TicketRefused(Exception):
    """A ticket that is not ours, was altered, or is over."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who is on duty at which seat until when; `practice` tickets open no real record.

    `workstation` is the enrolled machine that the ticket is good at, `jkt` the thumbprint of its key: each
    request must prove that it comes from there ("" for a ticket that is bound to none). `draining` is not in
    the token: operator or workstation were revoked since, and what this ticket pushes is held.
    """

    operator: Operator
    seat: str
    issued_at: datetime
    expires_at: datetime
    practice: bool
    workstation: str = ""
    jkt: str = ""
    draining: bool = False


def sign_ticket(ticket: Ticket, private_key: bytes) -> str:
    """The token of a ticket; the key is an Ed25519 private key in PEM."""
    who = ticket.operator
    claims: dict[str, Any] = {
        "iss": ISSUER,
        "sub": who.id,
        "name": who.name,
        "title": who.title,
        "site": who.site,
        "roles": [role.value for role in who.roles],
        "seat": ticket.seat,
        "iat": int(ticket.issued_at.timestamp()),
        "exp": int(ticket.expires_at.timestamp()),
        "practice": ticket.practice,
    }
    if ticket.jkt:
        claims |= {"ws": ticket.workstation, "cnf": {"jkt": ticket.jkt}}
    return jwt.encode(claims, private_key, algorithm=ALGORITHM)


def verify_ticket(
    token: str, public_keys: bytes | Sequence[bytes], now: datetime, grace: timedelta = timedelta(0)
) -> Ticket:
    """The ticket of a token that one of the keys signed: Ed25519 public keys in PEM.

    `grace` lets a ticket live longer, as the gateway does while the server is away. Raises TicketRefused.
    """
    keys = (public_keys,) if isinstance(public_keys, bytes) else tuple(public_keys)
    try:
        ticket = _signed_ticket(token, keys)
    except (jwt.InvalidTokenError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise TicketRefused(str(error)) from error
    if now >= ticket.expires_at + grace:
        raise TicketRefused("expired")
    return ticket


# The same token says the same as long as it is believed: only when it is over is asked each time.
@lru_cache(_TICKETS_AT_ONCE)
def _signed_ticket(token: str, public_keys: tuple[bytes, ...]) -> Ticket:
    # The library would ask the machine's clock: the moment is compared by whoever asks.
    options: Any = {"verify_exp": False, "verify_iat": False, "require": _CLAIMS}
    return _ticket(signed_claims(token, public_keys, options))


def signed_claims(token: str, public_keys: bytes | Sequence[bytes], options: Any) -> dict[str, Any]:
    """What a token of ours says, whichever of the keys signed it. Raises jwt.InvalidTokenError."""
    keys = [public_keys] if isinstance(public_keys, bytes) else list(public_keys)
    for key in keys[:-1]:
        with suppress(jwt.InvalidSignatureError):
            return jwt.decode(token, key, algorithms=[ALGORITHM], issuer=ISSUER, options=options)
    return jwt.decode(token, keys[-1], algorithms=[ALGORITHM], issuer=ISSUER, options=options)


def _ticket(claims: dict[str, Any]) -> Ticket:
    roles = tuple(Role(code) for code in claims["roles"])
    who = Operator(claims["sub"], claims["name"], claims["title"], claims["site"], roles)
    bound = "cnf" in claims
    return Ticket(
        who,
        claims["seat"],
        datetime.fromtimestamp(claims["iat"], UTC),
        datetime.fromtimestamp(claims["exp"], UTC),
        bool(claims["practice"]),
        claims["ws"] if bound else "",
        claims["cnf"]["jkt"] if bound else "",
    )
