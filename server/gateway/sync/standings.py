"""Hearing from the server which numbers come first or last; the last word is kept for when it is away."""

import asyncio
import logging
from contextlib import suppress

from models.wire.callers import CallerStandings
from server.gateway.callers import Callers
from server.gateway.storage.connecting import OutboxTrouble
from server.gateway.sync.recorder import Recorder
from server.gateway.sync.server import Asked, Server

_PATH = "/callers/v1/standings"
_KEPT = "callers"
_log = logging.getLogger(__name__)


async def keep_hearing(server: Server, recorder: Recorder, callers: Callers, every: float) -> None:
    """Begin with what was kept, then ask `every` so many seconds until cancelled."""
    never = asyncio.Event()
    known = await _kept(recorder, callers)
    trouble = ""
    while True:
        before = trouble
        answer = await server.ask(Asked("GET", _PATH))
        if isinstance(answer, bytes):
            trouble = ""
            if answer != known and (trouble := _heard(callers, answer)) == "":
                known = answer
                await _keep(recorder, answer)
        else:
            trouble = answer.why
        if trouble and not before:
            # That the server is away, others warn of; who comes first is known from before.
            _log.info("the server does not say which numbers come first: %s", trouble)
        with suppress(TimeoutError):
            await asyncio.wait_for(never.wait(), every)


def _heard(callers: Callers, answer: bytes) -> str:
    """Take a list in; "" or why it is none."""
    try:
        callers.hear(CallerStandings.model_validate_json(answer))
    except ValueError:
        return "answer"
    return ""


async def _kept(recorder: Recorder, callers: Callers) -> bytes:
    try:
        text = await recorder.do(lambda outbox: outbox.kept(_KEPT))
    except OutboxTrouble:
        return b""
    kept = text.encode()
    return kept if kept and not _heard(callers, kept) else b""


async def _keep(recorder: Recorder, answer: bytes) -> None:
    try:
        await recorder.do(lambda outbox: outbox.keep(_KEPT, answer.decode()))
    except OutboxTrouble as trouble:
        _log.warning("which numbers come first cannot be kept: %s", trouble)
