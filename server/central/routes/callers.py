"""Numbers with a place of their own in the queue."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Path, Response
from fastapi.concurrency import run_in_threadpool

from models.wire.callers import AllLowered, CallerStandings, LowerAsked, Lowered
from server.central.people.callers import CallersDesk, NotTold
from server.central.routes.gate import REFUSED, DesksHere, TicketHere, TurnedAway

router = APIRouter()
_Mark = Annotated[str, Path(pattern="^[0-9a-f]{32}$")]


@router.get("/callers/v1/standings", response_model=CallerStandings, responses=REFUSED)
async def standings(ticket: TicketHere, desks: DesksHere, answer: Response) -> CallerStandings:
    """Tell the gateway of a site which numbers come first, and which come last."""
    answer.headers["Cache-Control"] = "no-store"
    with _told():
        return await run_in_threadpool(_desk(desks).standings, ticket.operator)


@router.get("/callers/v1/lowered", response_model=AllLowered, responses=REFUSED)
async def lowered(ticket: TicketHere, desks: DesksHere) -> AllLowered:
    """Give a lead the approved marks of misuse that count now."""
    with _told():
        return await run_in_threadpool(_desk(desks).lowered, ticket.operator)


@router.post("/callers/v1/lowered", response_model=Lowered, responses=REFUSED)
async def lower(asked: LowerAsked, ticket: TicketHere, desks: DesksHere) -> Lowered:
    """Let the number of a call come after others for some days, as a lead approves."""
    with _told():
        return await run_in_threadpool(_desk(desks).lower, ticket.operator, asked)


@router.delete("/callers/v1/lowered/{mark}", status_code=204, responses=REFUSED)
async def end(mark: _Mark, ticket: TicketHere, desks: DesksHere) -> None:
    """End such a mark before its time."""
    with _told():
        await run_in_threadpool(_desk(desks).end, ticket.operator, mark)


def _desk(desks: DesksHere) -> CallersDesk:
    return CallersDesk(desks.engine, desks.clock, desks.identity)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except NotTold as refused:
        raise TurnedAway(404 if refused.why == "no_record" else 403, refused.why) from refused
