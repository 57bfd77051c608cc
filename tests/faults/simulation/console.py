"""A workstation of a story: real storage, real pump, and a program that is killed at any statement."""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from console.session.endpoint import endpoint
from console.session.proof import Prover
from console.storage.opening import open_storage
from console.storage.storage import Storage
from console.storage.trace_checking import check_trace
from console.storage.trace_values import CheckedChain
from console.storage.values import Applied, Batch
from console.sync.api import ServerApi
from console.sync.pump import Pump
from models.operation import Operation, Outcome
from models.people.proof import Key, thumbprint
from models.sync.feeds import feeds_of
from models.sync.record import Versioned, apply
from models.sync.witness import TELL
from server.central.tickets import Ticket, sign_ticket
from tests.faults.broken import hold
from tests.faults.simulation.disk import Disk
from tests.faults.simulation.disk import Key as RecordKey
from tests.faults.simulation.killing import Fuse, Killed
from tests.faults.simulation.weather import Weather, Wire
from tests.server.central.hotline import KEYS

T = TypeVar("T")
_KEY = bytes(range(32))
_MOST_STATEMENTS = 25
_DRAFT = "note.draft.put"
_MEANWHILE = 0.15


@dataclass
class Watch:
    """The workstation's own clock: wrong, and set anew at times."""

    weather: Weather
    skew: timedelta = timedelta()

    def now(self) -> datetime:
        return self.weather.center.clock.now() + self.skew

    def monotonic(self) -> float:
        return self.weather.center.clock.monotonic()


@dataclass
class Memory:
    """What the test knows that this disk knows; an image of the disk comes with a copy of it."""

    mine: frozenset[str] = frozenset()
    # What left under each epoch and number, and which acts did at all.
    sent: dict[tuple[str, int], str] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)


class Console:
    """One workstation of one person."""

    def __init__(self, weather: Weather, ticket: Ticket, path: Path, runner: asyncio.Runner) -> None:
        self.weather = weather
        self.ticket = ticket
        self.watch = Watch(weather)
        # Each workstation vouches for its requests with a key of its own.
        self._key = _key_of(path.stem)
        self.memory = Memory()
        # All that was ever called saved here, but for drafts that were written over before they left.
        self.saved: set[str] = set()
        # The text of each note that somebody at this screen has before the eyes.
        self.eyes: dict[str, str] = {}
        # Each text that was fetched and on which nothing was written yet, by the act that wrote it.
        self.fetched: dict[str, str] = {}
        self._path = path
        self._image = path.with_suffix(".image")
        self._imaged = Memory()
        self._runner = runner
        self._fuse = Fuse()
        # What somebody does at the screen while a round is under way.
        self.meanwhile: Callable[[], object] = lambda: None
        self._lives = 0
        self.cloned = False
        self._open()

    @property
    def who(self) -> str:
        return self.ticket.operator.id

    def act(self, kind: str, entity: str, serial: int, **body: object) -> Operation:
        # Each act has a moment of its own, so that the same act done twice is noticed.
        at = self.watch.now().replace(microsecond=serial)
        return Operation(f"op-{serial}", kind, entity, self.who, at, body)

    def perform(self, *acts: Operation) -> bool:
        """Do acts as one; false where the program was killed meanwhile."""
        before = {one.operation.op for one in self.disk.outbox()}
        # Who goes on typing may replace what never left; who writes on a text that was fetched may not.
        unsent = self._replaceable() if not any("on" in one.body for one in acts) else set()
        if self.weather.kills(0.05):
            self._fuse.light(self.weather.random.randint(1, _MOST_STATEMENTS))
        try:
            done = self.storage.perform(acts)
        except Killed:
            self.restart()
            return False
        finally:
            self._fuse.light(0)
        after = {one.operation.op for one in self.disk.outbox()}
        hold("kept until confirmed", before - after - unsent)
        new = {one.op for one in done if one.outcome is not Outcome.REJECTED}
        hold("saved is on disk", new - after - {one.op for one in acts[:-1]})
        self.saved = (self.saved | (new & after)) - (before - after)
        self.memory.mine = (self.memory.mine | (new & after)) - (before - after)
        self.check_view()
        return True

    def round(self) -> bool:
        """One round of the pump; false where the program was killed meanwhile."""
        life = self._lives
        try:
            self._runner.run(self.pump.round())
            hold("a wanted nonce is told at once", self._wire.wanted)
        except Killed:
            if life == self._lives:
                self.restart()
            return False
        finally:
            self._fuse.light(0)
        return True

    def fingerprint(self) -> object:
        """It stays the same as long as a round brings and sends nothing."""
        return self.disk.feeds(), self.disk.outbox(), self.disk.epoch()

    def restart(self) -> None:
        """Killed, and started again: whatever was in memory only is gone."""
        self._fuse.light(0)
        self.storage.close()
        self._open()

    def take_image(self) -> None:
        self.restart()
        shutil.copy(self._path, self._image)
        self._imaged = Memory(self.memory.mine, dict(self.memory.sent), set(self.memory.left))

    def put_image_back(self) -> None:
        if not self._image.exists():
            return
        self.cloned = True
        self.storage.close()
        shutil.copy(self._image, self._path)
        self.memory = Memory(self._imaged.mine, {}, set(self._imaged.left))
        self._open()

    def close(self) -> None:
        self.storage.close()

    def chains(self) -> tuple[CheckedChain, ...]:
        """The trace on this disk, checked."""
        return check_trace(self._path, _KEY)

    def check_view(self) -> None:
        """What is shown is what is confirmed with every waiting act on it."""
        waiting: dict[RecordKey, list[Operation]] = {}
        unsent = [one.operation for one in self.disk.outbox() if not one.again]
        for operation in (*self.disk.held(), *unsent):
            if operation.type == TELL:
                # It tells the server of a record and is laid over none.
                continue
            waiting.setdefault((operation.entity, operation.id), []).append(operation)
        rows = self.disk.records()
        for key, operations in waiting.items():
            row = rows[key]
            view = Versioned(row.base, row.base_version)
            for operation in operations:
                view, _ = apply(view, operation)
            hold("pending is in sight", (row.view, row.version) != (view.document, view.version) and key)

    async def _run_db(self, work: Callable[[Storage], T]) -> T:
        if self.weather.happens(_MEANWHILE):
            life = self._lives
            self.meanwhile()
            if life != self._lives:
                raise Killed
        before = self.disk.in_sight()
        if self.weather.kills(0.03):
            self._fuse.light(self.weather.random.randint(1, _MOST_STATEMENTS))
        result = work(self.storage)
        self._fuse.light(0)
        if isinstance(result, Batch):
            self._check_unaltered(result)
        if isinstance(result, Applied):
            self._check_page(before, result)
        if self.weather.kills(0.02):
            raise Killed
        return result

    def _check_unaltered(self, batch: Batch) -> None:
        for seq, operation in batch.rows:
            first = self.memory.sent.setdefault((batch.epoch, seq), operation.digest)
            hold("sent is never altered", first != operation.digest and operation.op)
            self.memory.left.add(operation.op)

    def _check_page(self, before: set[RecordKey], applied: Applied) -> None:
        center = self.weather.center
        hold("feeds are alike", applied.unlike if not center.restored else ())
        here = self.disk.in_sight()
        there = {(item.t, item.id) for item in center.pulled(self.ticket).items if item.kind == "put"}
        hold("nothing flickers", (before - here) & there)
        self.check_view()

    def _replaceable(self) -> set[str]:
        """The drafts that a newer one may take the place of: never sent, and the last act on their note."""
        last: dict[RecordKey, str] = {}
        for one in self.disk.outbox():
            left = one.operation.op in self.memory.left
            fits = one.operation.type == _DRAFT and not one.again and not left
            last[one.operation.entity, one.operation.id] = one.operation.op if fits else ""
        return {op for op in last.values() if op}

    def check_grants(self) -> None:
        """After a whole round nothing is in sight that no feed of this person holds."""
        mine = {
            (item.t, item.id) for item in self.weather.center.pulled(self.ticket).items if item.kind == "put"
        }
        rows = self.disk.records()
        beyond = {key for key in self.disk.in_sight() - mine if not rows[key].pending and rows[key].covered}
        hold("nothing beyond the grants", beyond)
        hold("feeds beyond the grants", set(self.disk.feeds()) - set(feeds_of(self.ticket.operator)))

    def _open(self) -> None:
        self._lives += 1
        self.eyes.clear()
        self.fetched.clear()
        self.storage = open_storage(self._path, _KEY, self.who, self.watch)
        self.disk = Disk(self.storage._engine)
        self._fuse.lead_to(self.storage._engine)
        self._wire = Wire(self.weather)
        prover = Prover(self._key, self.watch)
        api = ServerApi(endpoint("http://127.0.0.1:1"), "test", self._wire, prover)
        self.pump = Pump(api, self._run_db, self._token, self.watch)

    def _token(self) -> str:
        bound = replace(self.ticket, workstation=self._path.stem, jkt=thumbprint(self._key.public))
        return sign_ticket(bound, KEYS.private)


def _key_of(name: str) -> Key:
    """The same key in each telling of a story."""
    secret = Ed25519PrivateKey.from_private_bytes(sha256(name.encode()).digest())
    return Key(secret.public_key().public_bytes_raw(), secret.sign)
