"""What every address asks first: the desks of this server, who asks, and at which workstation."""

from dataclasses import replace
from typing import Annotated, Any

from fastapi import Depends, Header, Request
from fastapi.concurrency import run_in_threadpool

from models.people.proof import NONCE_WANTED, Proof, ProofRefused
from models.people.proof import Request as Asked
from models.wire.session import Refusal
from server.central.desks import Desks
from server.central.people.proofs import NonceWanted
from server.central.people.standing import is_draining
from server.central.storage.accounts import State
from server.central.storage.workstations import Revoked, Workstation, find_workstation
from server.central.tickets import Ticket, TicketRefused

_LONGEST_PROOF = 4096
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
_ProofHeader = Annotated[str, Header(alias="DPoP", max_length=_LONGEST_PROOF)]


async def _any_ticket(
    request: Request,
    desks: DesksHere,
    authorization: Annotated[str, Header()] = "",
    dpop: _ProofHeader = "",
) -> Ticket:
    # In the loop itself, for every request takes this road: some signatures are checked, nothing blocks.
    kind, _, token = authorization.partition(" ")
    if kind.lower() not in ("bearer", "dpop"):
        raise TurnedAway(401, "ticket")
    try:
        ticket = desks.ticket_of(token)
    except TicketRefused as refused:
        raise TurnedAway(401, "ticket") from refused
    if ticket.jkt and _proof(request, desks, dpop, token).thumbprint != ticket.jkt:
        raise TurnedAway(401, "ticket")
    # For the log of requests: ids alone.
    request.scope["who"] = {"operator": ticket.operator.id, "workstation": ticket.workstation}
    return replace(ticket, draining=True) if is_draining(ticket, await who_is_revoked(desks)) else ticket


async def shown_ticket(request: Request) -> Ticket:
    """The ticket of a request, also a draining one, without the framework's way to headers.

    That takes longer than the checks. The request is to be `is_plain`.
    """
    headers = request.headers
    return await _any_ticket(
        request, _desks(request), headers.get("authorization", ""), headers.get("dpop", "")
    )


def is_plain(request: Request) -> bool:
    """False where the framework must say what is wrong with the headers of the ticket."""
    return len(request.headers.get("dpop", "")) <= _LONGEST_PROOF


async def check_still(ticket: Ticket, desks: Desks) -> None:
    """Turn somebody away who was revoked while waiting."""
    if is_draining(ticket, await who_is_revoked(desks)):
        raise TurnedAway(403, "drain")


async def who_is_revoked(desks: Desks) -> Revoked:
    """The revoked, as the database said a second ago at most."""
    known = desks.standing.known()
    return await run_in_threadpool(desks.standing.look) if known is None else known


AnyTicketHere = Annotated[Ticket, Depends(_any_ticket)]
"""A ticket, also one of a revoked operator or workstation: only for handing in what is unsent."""


async def _ticket(ticket: AnyTicketHere) -> Ticket:
    if ticket.draining:
        raise TurnedAway(403, "drain")
    return ticket


TicketHere = Annotated[Ticket, Depends(_ticket)]


async def _workstation(request: Request, desks: DesksHere, dpop: _ProofHeader = "") -> Workstation | None:
    if not dpop and not desks.settings.enrolment:
        return None
    jkt = _proof(request, desks, dpop).thumbprint
    known = await run_in_threadpool(find_workstation, desks.engine, jkt=jkt)
    if known is None:
        raise TurnedAway(403, "enrolment")
    if known.state is not State.ACTIVE:
        raise TurnedAway(403, "workstation_revoked")
    return known


WorkstationHere = Annotated[Workstation | None, Depends(_workstation)]
"""The enrolled workstation that proves its key; None where the server asks for none and none was shown."""


async def _proven_key(request: Request, desks: DesksHere, dpop: _ProofHeader = "") -> str:
    return _proof(request, desks, dpop).thumbprint


ProvenKeyHere = Annotated[str, Depends(_proven_key)]
"""The thumbprint of the key that vouches for this request."""


def _proof(request: Request, desks: Desks, token: str, ticket: str = "") -> Proof:
    try:
        return desks.proven(token, Asked(request.method, request.url.path, ticket))
    except NonceWanted as wanted:
        raise TurnedAway(401, NONCE_WANTED) from wanted
    except ProofRefused as refused:
        raise TurnedAway(401, "ticket" if ticket else "enrolment") from refused
