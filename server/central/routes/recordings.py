"""Handing recordings over, and listening to them."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from models.recordings.label import ID
from models.recordings.playing import PIECE_BYTES
from models.wire.recordings import Had, HandOver, PlayAsked, Playing, Recordings
from server.central.recordings.keeping import NotKept
from server.central.recordings.playing import NotPlayed
from server.central.routes.gate import REFUSED, DesksHere, TicketHere, TurnedAway

router = APIRouter()
_Id = Annotated[str, Path(pattern=f"^{ID}$")]
_Call = Annotated[str, Path(min_length=1, max_length=64)]
_MOST = 1 << 40
_Start = Annotated[int, Query(ge=0, lt=_MOST)]
_NEVER = {"Cache-Control": "no-store"}
_NOT_THERE = frozenset({"no_record", "erased", "missing", "no_recordings"})


@router.get("/recordings/v1/{recording}", response_model=Had, responses=REFUSED)
async def had(recording: _Id, ticket: TicketHere, desks: DesksHere) -> Had:
    """Say what is here of a recording that the gateway hands over."""
    with _told():
        return await run_in_threadpool(desks.keep.had, ticket.operator, recording)


@router.put("/recordings/v1/{recording}", response_model=Had, responses=REFUSED)
async def add(
    request: Request, recording: _Id, ticket: TicketHere, desks: DesksHere, start: _Start = 0
) -> Had:
    """Take the next sealed bytes of a recording, a mebibyte at most."""
    piece = bytearray()
    async for part in request.stream():
        piece += part
        if len(piece) > PIECE_BYTES:
            raise TurnedAway(413, "too_large")
    with _told():
        return await run_in_threadpool(desks.keep.add, ticket.operator, recording, start, bytes(piece))


@router.post("/recordings/v1/{recording}", response_model=Had, responses=REFUSED)
async def take(recording: _Id, handed: HandOver, ticket: TicketHere, desks: DesksHere) -> Had:
    """Check all of a recording and keep it; from then on the gateway may forget it."""
    with _told():
        return await run_in_threadpool(desks.keep.take, ticket.operator, recording, handed)


@router.get("/recordings/v1/calls/{call}", response_model=Recordings, responses=REFUSED)
async def of_call(call: _Call, ticket: TicketHere, desks: DesksHere) -> Recordings:
    """Give the recordings of a call: when, how long, where paused."""
    with _told():
        return await run_in_threadpool(desks.play.of_call, ticket.operator, call)


@router.post("/recordings/v1/{recording}/plays", response_model=Playing, responses=REFUSED)
async def ask(recording: _Id, asked: PlayAsked, ticket: TicketHere, desks: DesksHere) -> Playing:
    """Give leave to listen, with a reason; this is logged, also where it is refused."""
    with _told():
        return await run_in_threadpool(desks.play.ask, ticket.operator, recording, asked)


@router.get("/recordings/v1/plays/{play}/sound", response_class=Response, responses=REFUSED)
async def sound(
    play: _Id,
    ticket: TicketHere,
    desks: DesksHere,
    start: _Start = 0,
    length: Annotated[int, Query(ge=0, le=PIECE_BYTES)] = PIECE_BYTES,
) -> Response:
    """Give a part of the sound, in bytes from its beginning; less than was asked for at its end."""
    with _told():
        part = await run_in_threadpool(desks.play.sound, ticket.operator, play, start, length)
    return Response(part, media_type="application/octet-stream", headers=_NEVER)


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except (NotKept, NotPlayed) as refused:
        if refused.why in ("malformed", "broken"):
            raise TurnedAway(400, refused.why) from refused
        raise TurnedAway(404 if refused.why in _NOT_THERE else 403, refused.why) from refused
