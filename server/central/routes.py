"""The addresses of the central server."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from models.wire.session import Refusal, SignedIn, SignIn
from models.wire.sync import Pulled, Push, Pushed, PushRefused
from server.central.desks import Desks
from server.central.news import wait_shortly
from server.central.sync.pull import MOST_ITEMS
from server.central.tickets import Ticket, TicketRefused

router = APIRouter()
LONGEST_WAIT_SECONDS = 25
_REFUSED: dict[int | str, dict[str, Any]] = {"4XX": {"model": Refusal}, 503: {"model": Refusal}}


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


def _cursor(cursor: Annotated[str, Query(max_length=4096)] = "{}") -> dict[str, int]:
    try:
        read = json.loads(cursor)
    except (ValueError, RecursionError) as error:
        raise TurnedAway(400, "malformed") from error
    if not isinstance(read, dict) or not all(type(seq) is int and 0 <= seq < 2**31 for seq in read.values()):
        raise TurnedAway(400, "malformed")
    return read


@router.post("/session/v1/sign-in", response_model=SignedIn, responses=_REFUSED)
async def sign_in(asked: SignIn, desks: DesksHere) -> SignedIn | JSONResponse:
    """Give a duty ticket for a password; after five failures in a row with a growing wait."""
    async with desks.sign_in_places:
        answer = await run_in_threadpool(desks.sign_in.sign_in, asked)
    if isinstance(answer, SignedIn):
        return answer
    headers = {"Retry-After": str(answer.wait_seconds)} if answer.wait_seconds else None
    return JSONResponse(answer.model_dump(mode="json"), 401, headers)


@router.post(
    "/sync/v1/push",
    response_model=Pushed,
    responses={**_REFUSED, 409: {"model": PushRefused}, 426: {"model": PushRefused}},
)
async def push(message: Push, ticket: TicketHere, desks: DesksHere) -> Pushed | JSONResponse:
    """Take the operations of a device, each at most once, and answer every one."""
    answer = await run_in_threadpool(desks.push.push, ticket, message)
    if isinstance(answer, PushRefused):
        status = 426 if answer.why == "schema" else 409
        return JSONResponse(answer.model_dump(mode="json"), status)
    desks.news.tell()
    return answer


@router.get("/sync/v1/pull", response_model=Pulled, responses=_REFUSED)
async def pull(
    ticket: TicketHere,
    desks: DesksHere,
    cursor: Annotated[dict[str, int], Depends(_cursor)],
    limit: Annotated[int, Query(ge=1, le=MOST_ITEMS)] = MOST_ITEMS,
    wait: Annotated[int, Query(ge=0, le=LONGEST_WAIT_SECONDS)] = 0,
) -> Pulled:
    """Give what is new after the cursor (JSON: feed → number); with `wait`, up to so many seconds later."""
    if ticket.practice != desks.identity.practice:
        raise TurnedAway(403, "practice")
    for _ in range(wait):
        event = desks.news.next
        if desks.news.closed or await run_in_threadpool(desks.pull.has_news, ticket, cursor):
            break
        await wait_shortly(event)
    return await run_in_threadpool(desks.pull.pull, ticket, cursor, limit)


@router.get("/health", status_code=204)
def health() -> Response:
    """The program runs."""
    return Response(status_code=204)


@router.get("/ready", status_code=204, responses=_REFUSED)
def ready(desks: DesksHere) -> Response:
    """The program and its database can work."""
    desks.check()
    return Response(status_code=204)
