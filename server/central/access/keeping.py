"""Letting rights end while the server runs."""

import asyncio
import logging

from fastapi.concurrency import run_in_threadpool

from server.central.desks import Desks
from server.central.storage.engine import DATABASE_ERRORS, DatabaseTrouble

_LOG = logging.getLogger(__name__)
EVERY_SECONDS = 5.0


async def keep_expiring(desks: Desks, stop: asyncio.Event) -> None:
    """Withdraw what is over, every few seconds until told to stop; a database that is away is asked again."""
    while not stop.is_set():
        try:
            await run_in_threadpool(desks.expiry.step, desks.clock.now())
        except (DatabaseTrouble, *DATABASE_ERRORS) as trouble:
            _LOG.warning("rights that are over wait for the database: %s", type(trouble).__name__)
        try:
            await asyncio.wait_for(stop.wait(), EVERY_SECONDS)
        except TimeoutError:
            continue
