"""Who may work at a seat: duty tickets, checked without asking the server."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.people.operator import Operator
from models.people.proof import ProofRefused, Request
from models.wire.line import Hello
from server.central.people.proofs import check_proof
from server.central.tickets import Ticket, TicketRefused, verify_ticket
from server.gateway.standing import Standing

GRACE = timedelta(hours=24)
"""How long an expired ticket may find back to a conversation that it began, or work without a server."""
PATH = "/line/v1"


class Refusal(Exception):
    """A console may not work here; `why` is a problem code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class Badge:
    """An operator who may work at this seat; `stale` may only go on with a conversation of their own."""

    operator: Operator
    seat: str
    stale: bool
    workstation: str = ""
    takes_over: bool = False
    """Wants the seat also where another console holds it."""


@dataclass(frozen=True, slots=True)
class Door:
    """What a ticket must fit: the server's keys and revocations, the site, practice or not.

    For `grace` an expired ticket is as good as new while the server is away: it could not be renewed.
    """

    standing: Standing
    site: str
    practice: bool
    grace: timedelta = GRACE

    def admit(self, hello: Hello, nonce: str, now: datetime) -> Badge:
        """The badge for a first frame; `nonce` is the one of its connection. Raises Refusal."""
        try:
            ticket = verify_ticket(hello.token, self.standing.keys, now, self.grace)
            self._check_possession(ticket, hello, nonce)
        except (TicketRefused, ProofRefused) as cause:
            raise Refusal("ticket") from cause
        fits = (ticket.operator.site, ticket.seat, ticket.practice) == (self.site, hello.seat, self.practice)
        if not fits or not hello.seat:
            raise Refusal("ticket")
        stale = now >= ticket.expires_at and not self.standing.away
        badge = Badge(ticket.operator, hello.seat, stale, ticket.workstation, hello.take_over)
        if self.has_revoked(badge):
            raise Refusal("drain")
        return badge

    def has_revoked(self, badge: Badge) -> bool:
        """True for somebody who was let in and may work no more."""
        return self.standing.is_revoked(badge.operator.id, badge.workstation)

    def _check_possession(self, ticket: Ticket, hello: Hello, nonce: str) -> None:
        if not ticket.jkt:
            return
        proof = check_proof(hello.proof, Request("GET", PATH, hello.token))
        if proof.thumbprint != ticket.jkt or not hmac.compare_digest(proof.nonce.encode(), nonce.encode()):
            raise ProofRefused("another key or connection")
