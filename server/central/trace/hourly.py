"""Closing every hour with a checkpoint, for as long as the server runs."""

import asyncio
import logging

from fastapi.concurrency import run_in_threadpool

from server.central.storage.engine import DATABASE_ERRORS
from server.central.trace.alarms import raise_findings
from server.central.trace.desk import TraceDesk
from server.central.trace.verifying import verify_trace

LOOK_SECONDS = 60.0
# Once a day, in the night of China: it reads the whole trace.
_VERIFIED = "T19"
_LOG = logging.getLogger(__name__)


async def keep_hours(desk: TraceDesk, stopping: asyncio.Event) -> None:
    """Close each hour soon after its end; of several processes one does. Ends when the server stops."""
    while not stopping.is_set():
        try:
            closed = await run_in_threadpool(desk.close_hour)
        except DATABASE_ERRORS as error:
            _LOG.error("no checkpoint of the trace: %s", type(error).__name__)
        else:
            if closed is not None:
                # Outside the database too, so that nobody can make the past anew there.
                _LOG.info("checkpoint %s of the trace: %s", closed.hour, closed.digest)
                if closed.hour.endswith(_VERIFIED):
                    await run_in_threadpool(verify_all, desk)
        try:
            await asyncio.wait_for(stopping.wait(), LOOK_SECONDS)
        except TimeoutError:
            continue


def verify_all(desk: TraceDesk) -> None:
    """Verify the whole trace; what is broken is an alarm from then on."""
    report = verify_trace(desk.engine, desk.key.public, successions=desk.key.successions)
    raise_findings(desk.engine, report.findings, desk.clock.now())
    for one in report.findings:
        _LOG.error("the trace %s is broken at entry %d: %s", one.name, one.broken.n, one.broken.why.value)
