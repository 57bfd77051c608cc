"""Hints that feeds have news, as server-sent events; losing all of them costs time, never data."""

import json
from collections.abc import AsyncIterator

from fastapi import APIRouter
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse

from server.central.desks import Desks
from server.central.routes.gate import REFUSED, DesksHere, TicketHere, TurnedAway
from server.central.tickets import Ticket

router = APIRouter()
BEAT_SECONDS = 10.0
_KIND = "text/event-stream"
_BEAT = b": beat\n\n"


@router.get(
    "/sync/v1/live",
    response_class=StreamingResponse,
    responses={**REFUSED, 200: {"content": {_KIND: {"schema": {"type": "string"}}}}},
)
async def live(ticket: TicketHere, desks: DesksHere) -> StreamingResponse:
    """Say which feeds have news (`event: hint`, data `{"feeds": […]}`) for as long as the ticket is good."""
    if ticket.practice != desks.identity.practice:
        raise TurnedAway(403, "practice")
    return StreamingResponse(_hints(ticket, desks), media_type=_KIND, headers={"Cache-Control": "no-store"})


async def _hints(ticket: Ticket, desks: Desks) -> AsyncIterator[bytes]:
    feeds = desks.pull.feeds(ticket)
    with desks.news.listening(ticket, feeds) as listener:
        desks.news.begin(await run_in_threadpool(desks.pull.heads, feeds))
        # A console looks once when it hears this: what came before is found so.
        yield b": open\n\n"
        while not listener.is_over:
            moved = await listener.next(BEAT_SECONDS)
            if moved:
                yield f"event: hint\ndata: {json.dumps({'feeds': moved}, ensure_ascii=False)}\n\n".encode()
            elif not listener.is_over:
                yield _BEAT
