"""Looking once a second where the feeds stand: the truth, whatever word from other processes was lost."""

import asyncio
import logging

from fastapi.concurrency import run_in_threadpool

from server.central.desks import Desks
from server.central.people.standing import is_draining
from server.central.storage.engine import DATABASE_ERRORS, DatabaseTrouble

LOOK_SECONDS = 1.0
_LOG = logging.getLogger(__name__)


async def keep_looking(desks: Desks, stop: asyncio.Event) -> None:
    """Tell who listens what has moved, and send away whose ticket is over, until told to stop."""
    desks.news.attach()
    while not stop.is_set():
        if desks.news.listeners:
            try:
                await _look(desks)
            except (DatabaseTrouble, *DATABASE_ERRORS) as trouble:
                _LOG.warning("news waits for the database: %s", type(trouble).__name__)
        try:
            await asyncio.wait_for(stop.wait(), LOOK_SECONDS)
        except TimeoutError:
            continue


async def _look(desks: Desks) -> None:
    desks.news.hear(await run_in_threadpool(desks.pull.heads, desks.news.feeds))
    revoked = await run_in_threadpool(desks.standing.look)
    now = desks.clock.now()
    desks.news.dismiss(lambda ticket: ticket.expires_at <= now or is_draining(ticket, revoked))
