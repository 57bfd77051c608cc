"""What is wrong with the trace, for those who lead."""

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool

from models.wire.trace import Alarms
from server.central.routes.gate import REFUSED, DesksHere, TicketHere, TurnedAway

router = APIRouter()


@router.get("/trace/v1/alarms", response_model=Alarms, responses=REFUSED)
async def alarms(ticket: TicketHere, desks: DesksHere) -> Alarms:
    """Give the alarms of the trace that nobody has settled, to leads and administrators."""
    told = await run_in_threadpool(desks.alarms.told, ticket.operator)
    if told is None:
        raise TurnedAway(403, "role")
    return told
