"""Numbers with a place of their own in the queue."""

from fastapi import APIRouter, Response
from fastapi.concurrency import run_in_threadpool

from models.wire.callers import CallerStandings
from server.central.people.callers import CallersDesk, NotTold
from server.central.routes.gate import REFUSED, DesksHere, TicketHere, TurnedAway

router = APIRouter()


@router.get("/callers/v1/standings", response_model=CallerStandings, responses=REFUSED)
async def standings(ticket: TicketHere, desks: DesksHere, answer: Response) -> CallerStandings:
    """Tell the gateway of a site which numbers come first, and which come last."""
    answer.headers["Cache-Control"] = "no-store"
    desk = CallersDesk(desks.engine, desks.clock, desks.identity)
    try:
        return await run_in_threadpool(desk.standings, ticket.operator)
    except NotTold as refused:
        raise TurnedAway(403, refused.why) from refused
