"""A real server over SQLite and workstations with real local databases, joined by a network that fails."""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import select

from console.session.endpoint import endpoint
from console.storage.opening import open_storage
from console.storage.storage import Storage
from console.storage.tables import outbox, refused
from console.sync.api import ServerApi, page_of, push_answer
from console.sync.pump import Pump
from models.ids import new_id
from models.notes.note import Note
from models.operation import Operation
from models.wire.sync import Push, PushedOperation, PushRefused
from server.central.tickets import Ticket, sign_ticket
from tests.console.sync.network import Network
from tests.server.central.hotline import KEYS, Hotline

T = TypeVar("T")
KEY = bytes(range(32))


class Fate(StrEnum):
    """What the network does to a request."""

    FINE = "fine"
    REQUEST_LOST = "request lost"
    ANSWER_LOST = "answer lost"
    TWICE = "delivered twice"


@dataclass
class Device:
    """One workstation of one operator."""

    hotline: Hotline
    ticket: Ticket
    path: Path
    storage: Storage = field(init=False)
    # Acts that must reach the server or be listed as refused.
    owed: set[str] = field(default_factory=set)
    # What left under each epoch and number: it must never be altered.
    sent: dict[tuple[str, int], str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.storage = self._opened()

    def act(self, kind: str, entity: str, **body: Any) -> Operation:
        return Operation(new_id(), kind, entity, self.ticket.operator.id, self.hotline.clock.now(), body)

    def note_opened(self, note: str) -> Operation:
        at = self.hotline.clock.now().isoformat()
        body = {"call": note, "site": self.hotline.site, "form": "call", "form_version": 1, "opened_at": at}
        return self.act("note.open", note, **body)

    def draft(self, note: str, text: str, seen: bool = False) -> Operation:
        """A draft; `seen`: by somebody who has before the eyes what stands here now."""
        found = self.storage.record("note", note) if seen else None
        written = self.act("note.draft.put", note, category="C3", values={"complaint": text}, log=[])
        return replace(written, body={**written.body, "on": found.entity.written}) if found else written

    def answer(self, note: str, n: int) -> Operation:
        place = {"note": note, "call": note, "site": self.hotline.site}
        return self.act("risk.answer", note, **place, item="acting", state="yes", n=n)

    def perform(self, *acts: Operation) -> None:
        before = self.waiting()
        self.storage.perform(acts)
        after = self.waiting()
        self.owed |= after
        self.owed -= before - after

    def waiting(self) -> set[str]:
        """The ids of the acts in the outbox."""
        with self.storage._engine.begin() as connection:
            return set(connection.scalars(select(outbox.c.op_id)))

    def set_aside(self) -> set[str]:
        """The ids of the acts that are listed as refused."""
        with self.storage._engine.begin() as connection:
            return set(connection.scalars(select(refused.c.op_id)))

    def note_unseen(self, note: str) -> Note:
        """The note as it is stored, without anybody looking at it."""
        moment = self.hotline.clock.now()
        listed = self.storage.my_notes(moment, moment + timedelta(days=1))
        return next(one.note for one in listed if one.note.id == note)

    def push(self, fate: Fate = Fate.FINE, limit: int = 500, killed: bool = False) -> None:
        """Send what waits; the program may be killed between the answer and the disk."""
        batch = self.storage.next_push(limit)
        if batch is None:
            return
        for seq, one in batch.rows:
            assert self.sent.setdefault((batch.epoch, seq), one.digest) == one.digest
        if fate is Fate.REQUEST_LOST:
            return
        ops = tuple(PushedOperation.of(seq, one) for seq, one in batch.rows)
        message = Push.model_validate_json(
            Push(app="test", epoch=batch.epoch, ops=ops).model_dump_json().encode()
        )
        answer = self.hotline.desks.push.push(self.ticket, message)
        if fate is Fate.TWICE:
            answer = self.hotline.desks.push.push(self.ticket, message)
        if fate is Fate.ANSWER_LOST or killed:
            return
        if isinstance(answer, PushRefused):
            self.storage.start_epoch(offer_again=answer.why == "gap")
            return
        told = push_answer(answer)
        self.storage.acknowledge(batch, told.answers, told.server_epoch)

    def pull(self, fate: Fate = Fate.FINE, limit: int = 500) -> bool:
        """Fetch one page; gives whether there is more."""
        if fate is Fate.REQUEST_LOST:
            return False
        cursors = self.storage.cursors()
        page = page_of(self.hotline.pulled(self.ticket, cursors, limit))
        if fate is Fate.ANSWER_LOST:
            return False
        applied = self.storage.apply_page(page)
        if fate is Fate.TWICE:
            assert not self.storage.apply_page(page).changed
        assert not applied.unlike
        return page.more

    def settle(self) -> None:
        """Push and pull over a network without faults until nothing is left."""
        while self.storage.unsent().count:
            self.push()
        while self.pull():
            pass

    def settle_restored(self) -> None:
        """Rounds of the pump when the server knows less than it told."""
        with asyncio.Runner() as runner:
            api = ServerApi(endpoint("http://127.0.0.1:1"), "test", Network(self.hotline))
            token = sign_ticket(self.ticket, KEYS.private)
            pump = Pump(api, self._run_db, lambda: token, self.hotline.clock)
            for _ in range(4):
                assert runner.run(pump.round()) is None
            runner.run(api.close())

    def kill(self) -> None:
        """End without a goodbye and start again."""
        self.storage.close()
        self.storage = self._opened()

    def back_up(self, to: Path) -> None:
        self.storage.close()
        shutil.copy(self.path, to)
        self.storage = self._opened()

    def roll_back(self, to: Path) -> None:
        """The disk is restored from an image; what was never sent since then is gone with the disk."""
        lost = self.waiting() | self.set_aside()
        self.storage.close()
        shutil.copy(to, self.path)
        self.storage = self._opened()
        self.owed -= lost - self.waiting()
        self.sent.clear()

    async def _run_db(self, work: Callable[[Storage], T]) -> T:
        return work(self.storage)

    def _opened(self) -> Storage:
        return open_storage(self.path, KEY, self.ticket.operator.id, self.hotline.clock)
