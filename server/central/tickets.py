"""The duty ticket: a signed token that says who is on duty; verified without asking the server."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt

from models.people.operator import Operator, Role

ISSUER = "xinqiao"
ALGORITHM = "EdDSA"
LIFETIME = timedelta(hours=12)
_CLAIMS = ["iss", "sub", "iat", "exp"]


class TicketRefused(Exception):
    """A ticket that is not ours, was altered, or is over."""


@dataclass(frozen=True, slots=True)
class Ticket:
    """Who is on duty at which seat until when; `practice` tickets open no real record."""

    operator: Operator
    seat: str
    issued_at: datetime
    expires_at: datetime
    practice: bool


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
    return jwt.encode(claims, private_key, algorithm=ALGORITHM)


def verify_ticket(token: str, public_key: bytes, now: datetime, grace: timedelta = timedelta(0)) -> Ticket:
    """The ticket of a token; the key is an Ed25519 public key in PEM.

    `grace` lets a ticket live longer, as the gateway does while the server is away. Raises TicketRefused.
    """
    # The library would ask the machine's clock: the moment is compared here.
    options: Any = {"verify_exp": False, "verify_iat": False, "require": _CLAIMS}
    try:
        claims = jwt.decode(token, public_key, algorithms=[ALGORITHM], issuer=ISSUER, options=options)
        ticket = _ticket(claims)
    except (jwt.InvalidTokenError, KeyError, TypeError, ValueError, OverflowError) as error:
        raise TicketRefused(str(error)) from error
    if now >= ticket.expires_at + grace:
        raise TicketRefused("expired")
    return ticket


def _ticket(claims: dict[str, Any]) -> Ticket:
    roles = tuple(Role(code) for code in claims["roles"])
    who = Operator(claims["sub"], claims["name"], claims["title"], claims["site"], roles)
    return Ticket(
        who,
        claims["seat"],
        datetime.fromtimestamp(claims["iat"], UTC),
        datetime.fromtimestamp(claims["exp"], UTC),
        bool(claims["practice"]),
    )
