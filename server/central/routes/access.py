"""Asking for the full text of one record."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Path, Response
from fastapi.concurrency import run_in_threadpool

from models.wire.access import GrantAsked, Granted, Sharing
from models.wire.history import History
from server.central.access.granting import NotGranted
from server.central.routes.gate import REFUSED, DesksHere, TicketHere, TurnedAway

router = APIRouter()
_Id = Annotated[str, Path(min_length=1, max_length=64)]


@router.post("/access/v1/grants", response_model=Granted, responses=REFUSED)
async def grant(asked: GrantAsked, ticket: TicketHere, desks: DesksHere) -> Granted:
    """Give the full text of one record for some hours, with a reason that is kept."""
    if ticket.practice != desks.identity.practice:
        raise TurnedAway(403, "practice")
    with _told():
        return await run_in_threadpool(desks.grants.grant, ticket.operator, asked)


@router.get("/access/v1/sharing/{note}", response_model=Sharing, responses=REFUSED)
async def sharing(note: _Id, ticket: TicketHere, desks: DesksHere) -> Sharing:
    """Give the leads who can be given a note, and who may read it by a grant now."""
    with _told():
        return await run_in_threadpool(desks.sharing.of_note, ticket.operator, note)


@router.get("/access/v1/history/{note}", response_model=History, responses=REFUSED)
async def history(note: _Id, ticket: TicketHere, desks: DesksHere) -> History:
    """Give the acts that made a note, with the text at each stop; that somebody looked is logged."""
    with _told():
        return await run_in_threadpool(desks.history.of_note, ticket.operator, note)


@router.delete("/access/v1/grants/{grant}", status_code=204, responses=REFUSED)
async def take_back(grant: _Id, ticket: TicketHere, desks: DesksHere) -> Response:
    """End a grant before its time."""
    with _told():
        await run_in_threadpool(desks.sharing.take_back, ticket.operator, grant)
    return Response(status_code=204)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except NotGranted as refused:
        raise TurnedAway(404 if refused.why == "no_record" else 403, refused.why) from refused
