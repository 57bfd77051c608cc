"""What every address asks first: the desks of this server, and the ticket of who asks."""

from typing import Annotated, Any

from fastapi import Depends, Header, Request

from models.wire.session import Refusal
from server.central.desks import Desks
from server.central.tickets import Ticket, TicketRefused

REFUSED: dict[int | str, dict[str, Any]] = {"4XX": {"model": Refusal}, 503: {"model": Refusal}}


class TurnedAway(Exception):
    """A request that is not served, with the status and the reason of the answer."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


def _desks(request: Request) -> Desks:
    desks: Desks = request.app.state.desks
    return desks


DesksHere = Annotated[Desks, Depends(_desks)]


def _ticket(desks: DesksHere, authorization: Annotated[str, Header()] = "") -> Ticket:
    kind, _, token = authorization.partition(" ")
    if kind.lower() != "bearer":
        raise TurnedAway(401, "ticket")
    try:
        return desks.ticket_of(token)
    except TicketRefused as refused:
        raise TurnedAway(401, "ticket") from refused


TicketHere = Annotated[Ticket, Depends(_ticket)]
