"""A hotline whose workstations are enrolled, and a workstation of it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from console.runtime.waiting import wait_for
from console.session.endpoint import endpoint
from console.session.enrolling import enrol
from console.session.secret_store import SecretStore
from console.session.station import Enrolment
from console.sync.accounts import Accounts
from console.sync.api import ServerApi
from models.clock import SystemClock
from server.central.config import read_config
from server.central.people.enrolment import make_code
from server.central.serving import open_made_database
from server.central.storage.engine import Database
from tests.console.stand import PATIENCE
from tests.support.hotline import Hotline


@contextmanager
def database(hotline: Hotline) -> Iterator[Database]:
    """The hotline's database, as its administrator has it."""
    engine = open_made_database(read_config(hotline.folder))
    try:
        yield engine
    finally:
        engine.dispose()


def code_for(hotline: Hotline, name: str = "一号机") -> str:
    """A one-time code from the administrator."""
    with database(hotline) as engine:
        return make_code(engine, SystemClock(), name)


def enrolled(hotline: Hotline, server: str, folder: Path, secrets: SecretStore) -> Enrolment:
    """Enrol the workstation that keeps its files in a folder."""
    code = code_for(hotline)

    async def work() -> Enrolment:
        api = ServerApi(endpoint(server), "xinqiao")
        try:
            return await enrol(folder, secrets, Accounts(api), code, "一号机")
        finally:
            await api.close()

    return asyncio.run(work())


async def eventually(condition: Callable[[], object]) -> None:
    """Wait until something is so on the disk, which nobody announces."""
    async with asyncio.timeout(PATIENCE):
        while not condition():
            await wait_for(asyncio.Event(), 0.05)
