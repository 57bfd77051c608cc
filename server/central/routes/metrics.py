"""Figures for a Prometheus server of the hotline's own."""

import hmac
from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from fastapi.concurrency import run_in_threadpool

from server.central.config import is_loopback
from server.central.routes.gate import REFUSED, DesksHere, TurnedAway
from server.central.storage.watched import watch

router = APIRouter()
_KIND = "text/plain; version=0.0.4; charset=utf-8"


@router.get("/metrics", response_class=Response, responses=REFUSED)
async def metrics(
    request: Request, desks: DesksHere, authorization: Annotated[str, Header()] = ""
) -> Response:
    """Give the figures of this process to who knows the token; where there is none, to this machine."""
    wanted = desks.settings.metrics_token
    known = hmac.compare_digest(authorization.encode(), f"Bearer {wanted}".encode())
    near = request.client is not None and is_loopback(request.client.host)
    if not (known if wanted else near):
        raise TurnedAway(403, "role")
    watched = await run_in_threadpool(watch, desks.engine)
    listeners, practice = desks.news.listeners, desks.identity.practice
    page = desks.metrics.page(watched, listeners, desks.clock.now(), practice)
    return Response(page, media_type=_KIND)
