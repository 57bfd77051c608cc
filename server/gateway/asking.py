"""Asking the server again and again who may work no more."""

import asyncio
import logging
import ssl
from collections.abc import Callable
from contextlib import suppress

import httpx2

from models.wire.session import Revocations
from server.central.tickets import TicketRefused
from server.gateway.standing import Standing

_PATIENCE_SECONDS = 10.0
_PATH = "/session/v1/revocations"
_log = logging.getLogger(__name__)


async def keep_asking(
    url: str,
    trust: ssl.SSLContext | None,
    standing: Standing,
    told: Callable[[], None],
    every: float,
) -> None:
    """Ask `every` so many seconds until cancelled, also a server that is away; then call `told`."""
    never = asyncio.Event()
    trouble = ""
    verify = trust if trust is not None else True
    async with httpx2.AsyncClient(
        base_url=url, verify=verify, timeout=_PATIENCE_SECONDS, trust_env=False
    ) as web:
        while True:
            before, trouble = trouble, await _trouble(web, standing)
            if trouble:
                standing.miss()
            if trouble and not before:
                _log.warning("the server does not say who was revoked: %s", trouble)
            told()
            with suppress(TimeoutError):
                await asyncio.wait_for(never.wait(), every)


async def _trouble(web: httpx2.AsyncClient, standing: Standing) -> str:
    """Ask once; "" or why there is no word of the server."""
    try:
        answer = (await web.get(_PATH)).raise_for_status()
        standing.hear(Revocations.model_validate_json(answer.content).revocations)
    except (httpx2.HTTPError, ValueError) as cause:
        return type(cause).__name__
    except TicketRefused:
        return "not signed by the server"
    return ""
