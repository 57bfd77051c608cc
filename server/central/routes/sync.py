"""Push and pull."""

import json
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request, Response
from fastapi.concurrency import run_in_threadpool

from models.wire.sync import Pulled, Push, Pushed, PushRefused
from server.central.desks import Desks
from server.central.routes.bodies import as_json, read_plainly
from server.central.routes.gate import (
    REFUSED,
    AnyTicketHere,
    DesksHere,
    TicketHere,
    TurnedAway,
    check_still,
    is_plain,
    shown_ticket,
)
from server.central.sync.pull import MOST_ITEMS
from server.central.sync.reading import Delivery, read_delivery
from server.central.tickets import Ticket

LONGEST_WAIT_SECONDS = 25
_LONGEST_CURSOR = 4096
_LONGEST_NUMBER = 9
_LONGEST_EPOCH = 64


async def _plainly(request: Request) -> Response | None:
    return await (_push_plainly(request) if request.method == "POST" else _pull_plainly(request))


router = APIRouter(route_class=read_plainly(_plainly))


def _cursor(cursor: Annotated[str, Query(max_length=_LONGEST_CURSOR)] = "{}") -> dict[str, int]:
    try:
        read = json.loads(cursor)
    except (ValueError, RecursionError) as error:
        raise TurnedAway(400, "malformed") from error
    if not isinstance(read, dict) or not all(type(seq) is int and 0 <= seq < 2**31 for seq in read.values()):
        raise TurnedAway(400, "malformed")
    return read


@router.post(
    "/sync/v1/push",
    response_model=Pushed,
    responses={**REFUSED, 409: {"model": PushRefused}, 426: {"model": PushRefused}},
)
async def push(message: Push, ticket: AnyTicketHere, desks: DesksHere) -> Response:
    """Take the operations of a device, each at most once, and answer every one."""
    return await _taken(Delivery.of(message), ticket, desks)


async def _taken(delivery: Delivery, ticket: Ticket, desks: Desks) -> Response:
    answer = await run_in_threadpool(desks.push.take, ticket, delivery)
    if isinstance(answer, PushRefused):
        status = 426 if answer.why == "schema" else 409
        return as_json(answer.model_dump_json().encode(), status)
    desks.metrics.taken(answer.results)
    return as_json(answer.json())


@router.get(
    "/sync/v1/pull",
    response_model=Pulled,
    responses={**REFUSED, 426: {"model": PushRefused}},
)
async def pull(
    ticket: TicketHere,
    desks: DesksHere,
    cursor: Annotated[dict[str, int], Depends(_cursor)],
    limit: Annotated[int, Query(ge=1, le=MOST_ITEMS)] = MOST_ITEMS,
    wait: Annotated[int, Query(ge=0, le=LONGEST_WAIT_SECONDS)] = 0,
    schema: Annotated[int, Query(ge=1)] = 1,
    epoch: Annotated[str, Query(max_length=_LONGEST_EPOCH, pattern=r"^[!-~]*$")] = "",
) -> Response:
    """Give what is new after the cursor (JSON: feed → number); with `wait`, up to so many seconds later.

    The page tells the last number taken under the `epoch` of the device, if one is named.
    A program of a `schema` that cannot read the documents of now is refused; its pushes are not.
    """
    if ticket.practice != desks.identity.practice:
        raise TurnedAway(403, "practice")
    span = desks.pull.span
    if not span.gives(schema):
        refused = PushRefused(why="schema", min_schema=span.oldest_pulled, newest_schema=span.current)
        return as_json(refused.model_dump_json().encode(), 426)
    with desks.news.listening(ticket, desks.pull.feeds(ticket) if wait else ()) as listener:
        for _ in range(wait):
            if listener.is_over or await run_in_threadpool(desks.pull.has_news, ticket, cursor):
                break
            await listener.wait_shortly()
            await check_still(ticket, desks)
    return as_json(await run_in_threadpool(desks.pull.pull, ticket, cursor, limit, epoch))


async def _push_plainly(request: Request) -> Response | None:
    if request.headers.get("content-type") != "application/json" or not is_plain(request):
        return None
    ticket = await shown_ticket(request)
    try:
        delivery = read_delivery(await request.body())
    except ValueError as error:
        raise TurnedAway(400, "malformed") from error
    return await _taken(delivery, ticket, request.app.state.desks)


async def _pull_plainly(request: Request) -> Response | None:
    asked = request.query_params
    cursor, epoch = asked.get("cursor", "{}"), asked.get("epoch", "")
    limit, wait, schema = (
        _number(asked.get(name, usual))
        for name, usual in (("limit", str(MOST_ITEMS)), ("wait", "0"), ("schema", "1"))
    )
    usual = 1 <= limit <= MOST_ITEMS and 0 <= wait <= LONGEST_WAIT_SECONDS and schema >= 1
    known = epoch.isascii() and (epoch or "0").isalnum() and len(epoch) <= _LONGEST_EPOCH
    if not usual or not known or len(cursor) > _LONGEST_CURSOR or not is_plain(request):
        return None
    ticket = await shown_ticket(request)
    if ticket.draining:
        raise TurnedAway(403, "drain")
    return await pull(ticket, request.app.state.desks, _cursor(cursor), limit, wait, schema, epoch)


def _number(text: str) -> int:
    """A number in plain digits; -1 for everything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER else -1
