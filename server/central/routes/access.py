"""Asking for the full text of one record."""

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool

from models.wire.access import GrantAsked, Granted
from server.central.access.granting import NotGranted
from server.central.routes.gate import REFUSED, DesksHere, TicketHere, TurnedAway

router = APIRouter()


@router.post("/access/v1/grants", response_model=Granted, responses=REFUSED)
async def grant(asked: GrantAsked, ticket: TicketHere, desks: DesksHere) -> Granted:
    """Give the full text of one record for some hours, with a reason that is kept."""
    if ticket.practice != desks.identity.practice:
        raise TurnedAway(403, "practice")
    try:
        return await run_in_threadpool(desks.grants.grant, ticket.operator, asked)
    except NotGranted as refused:
        raise TurnedAway(404 if refused.why == "no_record" else 403, refused.why) from refused
