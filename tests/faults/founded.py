"""A hotline on a disk of its own, real programs over it, and workstations that reach them over HTTP."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from httpx2 import AsyncBaseTransport
from sqlalchemy import Engine, select

from console.session.endpoint import endpoint
from console.storage.opening import open_storage
from console.storage.storage import Storage
from console.sync.api import ServerApi
from console.sync.pump import Pump
from models.clock import Clock, SystemClock
from models.ids import new_id
from models.operation import Operation, Outcome
from models.people.operator import Operator, Role
from server.central.config import SERVER_FILE, Config, read_config
from server.central.founding import DEFAULT_DATABASE, Plan, found
from server.central.serving import open_made_database
from server.central.storage.tables import operation
from server.central.tickets import LIFETIME, Ticket, sign_ticket
from tests.faults.simulation.disk import Disk, Key, Row
from tests.support.hotline import SITE
from tests.support.processes import free_port

T = TypeVar("T")
KEY = bytes(range(32))


@dataclass(frozen=True)
class Founded:
    """The folder of a founded hotline; its server listens at the same address in each of its lives."""

    folder: Path

    @property
    def config(self) -> Config:
        return read_config(self.folder)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.config.port}"

    def token(self, who: str, *roles: Role) -> str:
        """A duty ticket as the server itself would sign it."""
        now = SystemClock().now()
        person = Operator(who, "某人", "", SITE, roles or (Role.OPERATOR,))
        ticket = Ticket(person, "8001", now, now + LIFETIME, practice=False)
        return sign_ticket(ticket, self.config.settings().private_key)

    @contextmanager
    def database(self) -> Iterator[Engine]:
        engine = open_made_database(self.config)
        try:
            yield engine
        finally:
            engine.dispose()

    def outcomes(self) -> dict[str, Outcome]:
        """What became of each act that the server has."""
        with self.database() as engine, engine.connect() as connection:
            rows = connection.execute(select(operation.c.op_id, operation.c.outcome))
            return {row.op_id: Outcome(row.outcome) for row in rows}


def founded(folder: Path, database: str = "") -> Founded:
    """Found a hotline over SQLite, unless another database is named."""
    plan = Plan(folder, SITE, port=free_port(), database=database or DEFAULT_DATABASE)
    found(plan, SystemClock())
    settings = folder / SERVER_FILE
    # On loopback a server may let workstations in that have no key of their own.
    settings.write_text(settings.read_text().replace("enrolment = true", "enrolment = false"))
    hotline = Founded(folder)
    with hotline.database():
        return hotline


class Seat:
    """A real workstation without a window: storage, pump and HTTP, in a loop of its own."""

    def __init__(
        self, folder: Path, url: str, who: str, token: str, transport: AsyncBaseTransport | None = None
    ) -> None:
        self.who = who
        self.token = token
        self.clock: Clock = SystemClock()
        self._transport = transport
        self.acts: set[str] = set()
        self._path = folder / f"{who}-{new_id()[-6:]}.db"
        self._url = url
        self._runner = asyncio.Runner()
        self._start()

    def act(self, kind: str, entity: str, **body: Any) -> Operation:
        return Operation(new_id(), kind, entity, self.who, self.clock.now(), body)

    def write(self, *texts: str) -> str:
        """A call with its note and assessment, one draft for each text; gives the note's id."""
        note, at = new_id(), self.clock.now().isoformat()
        place = {"call": f"c{note[1:]}", "site": SITE}
        opened = self.act("note.open", note, **place, form="full", form_version=1, opened_at=at)
        came = self.act("call.add", place["call"], site=SITE, number="13800138000", entered_at=at)
        risk = self.act("risk.answer", f"r{note[1:]}", **place, note=note, n=1, item="means", state="yes")
        self.perform(came, opened, risk)
        for text in texts:
            self.draft(note, text)
        return note

    def draft(self, note: str, text: str) -> None:
        body = {"category": "C3", "values": {"complaint": text}, "log": []}
        self.perform(self.act("note.draft.put", note, **body))

    def perform(self, *acts: Operation) -> None:
        before = self._waiting()
        self.storage.perform(acts)
        self.acts = (self.acts | self._waiting()) - (before - self._waiting())

    def round(self) -> object:
        """One round of the pump; gives what stopped it, None where all is sent and all is here."""
        return self._runner.run(self.pump.round())

    def text(self, note: str) -> str:
        found = self.storage.record("note", note)
        assert found is not None
        return str(found.entity.body.values.get("complaint", ""))

    def records(self) -> dict[Key, Row]:
        return Disk(self.storage._engine).records()

    def restart(self) -> None:
        """The program is killed and started again."""
        self._runner.run(self.api.close())
        self.storage.close()
        self._start()

    def close(self) -> None:
        self._runner.run(self.api.close())
        self._runner.close()
        self.storage.close()

    def _waiting(self) -> set[str]:
        return {one.operation.op for one in Disk(self.storage._engine).outbox()}

    def _start(self) -> None:
        self.storage: Storage = open_storage(self._path, KEY, self.who, self.clock)
        self.api = ServerApi(endpoint(self._url), "test", self._transport)
        self.pump = Pump(self.api, self._run_db, lambda: self.token, self.clock)

    async def _run_db(self, work: Callable[[Storage], T]) -> T:
        return work(self.storage)


@contextmanager
def seated(seat: Seat) -> Iterator[Seat]:
    """A workstation for a block."""
    try:
        yield seat
    finally:
        seat.close()
