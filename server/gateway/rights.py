"""Who may work at a seat: duty tickets, checked without asking the server."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from models.people.operator import Operator
from server.central.tickets import TicketRefused, verify_ticket

GRACE = timedelta(hours=24)
"""How long an expired ticket may still find back to a conversation that it began."""


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


@dataclass(frozen=True, slots=True)
class Door:
    """What a ticket must fit: the server's public key (PEM), the site, practice or not."""

    public_key: bytes
    site: str
    practice: bool

    def admit(self, token: str, seat: str, now: datetime) -> Badge:
        """The badge for a duty ticket. Raises Refusal("ticket")."""
        try:
            ticket = verify_ticket(token, self.public_key, now, GRACE)
        except TicketRefused as cause:
            raise Refusal("ticket") from cause
        fits = (ticket.operator.site, ticket.seat, ticket.practice) == (self.site, seat, self.practice)
        if not fits or not seat:
            raise Refusal("ticket")
        return Badge(ticket.operator, seat, stale=now >= ticket.expires_at)
