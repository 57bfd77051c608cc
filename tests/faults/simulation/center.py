"""The central server of a story: it is killed between two statements, backed up and restored."""

import shutil
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import httpx2
from sqlalchemy import func, select, text, update

from models.clock import ManualClock
from models.people.operator import Role
from models.wire.sync import Pulled
from server.central.app import build_app
from server.central.people.proofs import Nonces
from server.central.storage.tables import feed_head, meta, operation
from server.central.tickets import Ticket
from tests.faults.broken import hold
from tests.faults.simulation.compiled import sharing
from tests.faults.simulation.killing import Fuse, Killed
from tests.faults.sound import check_database
from tests.server.central.hotline import Hotline, Workstation
from tests.support.sealed import keys_address, open_sealed


@dataclass(frozen=True)
class Letter:
    """A request as it lies on the network, to be delivered once more some day."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    content: bytes


@cache
def empty() -> tuple[bytes, bytes]:
    """A database that was just made, and its keys; for every story the same, for making one takes long."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "central.db"
        engine = open_sealed(f"sqlite:///{path}")
        Hotline(engine)
        engine.dispose()
        return path.read_bytes(), _keys_of(path).read_bytes()


def _keys_of(database: Path) -> Path:
    return Path(keys_address(f"sqlite:///{database}").removeprefix("sqlite:///"))


class Center:
    """One server process after the other over one SQLite file."""

    def __init__(self, folder: Path) -> None:
        self.clock = ManualClock()
        self.fuse = Fuse()
        self.restored = False
        # The request in which the server was killed last.
        self.interrupted: httpx2.Request | None = None
        self._path = folder / "central.db"
        self._backup = folder / "central.backup"
        self._epoch = 0
        self._lives = 0
        made, keys = empty()
        for path in (self._path, self._backup):
            path.write_bytes(made)
        _keys_of(self._path).write_bytes(keys)
        self._open()

    def ticket(self, who: str, *roles: Role) -> Ticket:
        return self.hotline.ticket(*roles, name=who)

    async def take(self, request: httpx2.Request) -> httpx2.Response:
        """Answer a request; raises ReadError where the server is killed meanwhile."""
        try:
            return await self._web.handle_async_request(request)
        except Killed as killed:
            self.interrupted = request
            self.restart()
            raise httpx2.ReadError("the server is gone", request=request) from killed
        finally:
            self.fuse.light(0)

    async def deliver(self, letter: Letter) -> None:
        """An old request arrives once more; nobody waits for the answer."""
        headers = list(letter.headers)
        await self.take(httpx2.Request(letter.method, letter.url, headers=headers, content=letter.content))

    def pulled(self, ticket: Ticket) -> Pulled:
        """All that a new workstation would be given."""
        page = Workstation(self.hotline, ticket).pull()
        hold("one page", page.more)
        return page

    def fingerprint(self) -> object:
        """It stays the same as long as nothing new is written."""
        with self.hotline.engine.connect() as connection:
            acts = connection.scalar(select(func.count()).select_from(operation))
            heads = connection.execute(select(feed_head.c.feed, feed_head.c.head)).all()
        return acts, sorted(map(tuple, heads)), self._epoch

    def restart(self) -> None:
        self.hotline.engine.dispose()
        self._open()

    def back_up(self) -> None:
        self.restart()
        shutil.copy(self._path, self._backup)

    def restore(self, *, told: bool) -> None:
        """Put the backup back; `told`: by the book, with a new epoch of the server."""
        self.hotline.engine.dispose()
        for suffix in ("-wal", "-shm"):
            Path(f"{self._path}{suffix}").unlink(missing_ok=True)
        shutil.copy(self._backup, self._path)
        self._open()
        self.restored = True
        if told:
            self._epoch += 1
            with self.hotline.engine.execution_options(writes=True).begin() as connection:
                new = update(meta).where(meta.c.key == "server_epoch").values(value=f"epoch-{self._epoch}")
                connection.execute(new)
            self.restart()

    def stored(self, *columns: str) -> list[tuple[Any, ...]]:
        return self.hotline.stored(*columns)

    def check(self) -> None:
        """What the server's database must be at any time."""
        check_database(self.hotline.engine)
        with self.hotline.engine.connect() as connection:
            query = select(operation.c.epoch, operation.c.seq).order_by(text("rowid"))
            order: dict[str, int] = {}
            for epoch, seq in connection.execute(query):
                hold("in order", seq <= order.get(epoch, 0))
                order[epoch] = seq

    def close(self) -> None:
        self.hotline.engine.dispose()

    def _open(self) -> None:
        engine = open_sealed(f"sqlite:///{self._path}")
        sharing(engine)
        self.hotline = Hotline(engine, clock=self.clock, site="east")
        self.fuse.lead_to(self.hotline.engine)
        app = build_app(self.hotline.settings, self.clock, self.hotline.engine)
        # Another process after each start, whose nonces are others.
        self._lives += 1
        app.state.desks = replace(app.state.desks, nonces=Nonces(str(self._lives).encode()))
        self._web = httpx2.ASGITransport(app)
