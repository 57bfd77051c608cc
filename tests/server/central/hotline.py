"""A hotline in a test: a database, people with tickets, workstations that push and pull."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sqlalchemy import Connection, Engine, select

from models.clock import ManualClock
from models.ids import new_id
from models.operation import Operation
from models.people.operator import Operator, Role
from models.sync.record import checksum
from models.wire.access import GrantAsked, Granted
from models.wire.sync import Pulled, Push, Pushed, PushedOperation, PushRefused
from server.central.certificates import ticket_pair
from server.central.desks import Desks
from server.central.keys import fresh_keys
from server.central.settings import Settings
from server.central.storage.engine import sealing_of
from server.central.storage.ledger import sealed_name
from server.central.storage.schema import make_database
from server.central.storage.tables import operation
from server.central.tickets import LIFETIME, Ticket, sign_ticket

KEYS = ticket_pair()
HOTLINE_KEYS = fresh_keys(ManualClock().now())


@dataclass
class Hotline:
    """The server over one database; every hotline has a site of its own, so that several share a database."""

    engine: Engine
    practice: bool = False
    enrolment: bool = False
    clock: ManualClock = field(default_factory=ManualClock)
    site: str = field(default_factory=lambda: f"site-{new_id()[-8:]}")

    def __post_init__(self) -> None:
        identity = make_database(self.engine, practice=self.practice)
        self.settings = Settings(self.practice, KEYS.private, KEYS.public, HOTLINE_KEYS, self.enrolment)
        self.desks = Desks.over(self.engine, self.clock, identity, self.settings)

    def ticket(self, *roles: Role, site: str = "", name: str = "") -> Ticket:
        who = Operator(name or f"u{new_id()[-8:]}", "某人", "", site or self.site, roles or (Role.OPERATOR,))
        now = self.clock.now()
        return Ticket(who, "8001", now, now + LIFETIME, self.practice)

    def seat(self, *roles: Role, site: str = "") -> "Workstation":
        return Workstation(self, self.ticket(*roles, site=site))

    def pulled(self, ticket: Ticket, cursor: Mapping[str, int], limit: int = 500) -> Pulled:
        """One page as a device reads it."""
        return Pulled.model_validate_json(self.desks.pull.pull(ticket, cursor, limit))

    def stored(self, *columns: str) -> list[tuple[Any, ...]]:
        """Columns of all operations in the database; `body` is the body, unsealed."""
        with self.engine.connect() as connection:
            rows = connection.execute(select(operation)).mappings().all()
            return [
                tuple(_body(connection, row) if name == "body" else row[name] for name in columns)
                for row in rows
            ]


def _body(connection: Connection, row: Mapping[Any, Any]) -> Any:
    if not row["content"]:
        return None
    name = sealed_name(row["op_id"])
    return json.loads(sealing_of(connection).unseal(row["seal"], name, row["content"]))


@dataclass
class Workstation:
    """One device of one person: numbers its acts, pushes them, and lays pulled items in a drawer."""

    hotline: Hotline
    ticket: Ticket
    epoch: str = field(default_factory=new_id)
    seq: int = 0
    cursor: dict[str, int] = field(default_factory=dict)
    drawer: dict[str, dict[tuple[str, str], tuple[int, Any]]] = field(default_factory=dict)

    @property
    def who(self) -> str:
        return self.ticket.operator.id

    @property
    def token(self) -> str:
        return sign_ticket(self.ticket, KEYS.private)

    def act(self, kind: str, entity: str, body: Mapping[str, Any], base: int = 0, **other: Any) -> Operation:
        at = self.hotline.clock.now()
        return replace(Operation(new_id(), kind, entity, self.who, at, body, base), **other)

    def numbered(self, *operations: Operation) -> Push:
        """The next push; counts the operations."""
        ops = tuple(PushedOperation.of(self.seq + n, one) for n, one in enumerate(operations, start=1))
        self.seq += len(ops)
        return Push(app="test", epoch=self.epoch, ops=ops)

    def push(self, *operations: Operation) -> Pushed:
        answer = self.send(self.numbered(*operations))
        assert isinstance(answer, Pushed), answer
        return answer

    def send(self, message: Push) -> Pushed | PushRefused:
        return self.hotline.desks.push.push(self.ticket, message)

    def ask(self, note: str, hours: int = 1, to: str = "", reason: str = "复核") -> Granted:
        asked = GrantAsked(type="note", id=note, reason=reason, hours=hours, to=to)
        return self.hotline.desks.grants.grant(self.ticket.operator, asked)

    def pull(self, limit: int = 500) -> Pulled:
        """One page into the drawer."""
        page = self.hotline.pulled(self.ticket, self.cursor, limit)
        for item in page.items:
            assert item.s > self.cursor.get(item.f, 0)
            feed = self.drawer.setdefault(item.f, {})
            if item.kind == "put":
                feed[item.t, item.id] = (item.ver, item.doc)
            else:
                feed.pop((item.t, item.id), None)
        self.cursor = page.cursor
        return page

    def pull_all(self, limit: int = 500) -> "Workstation":
        """All pages; then what is here must add up to what the server says."""
        page = self.pull(limit)
        while page.more:
            page = self.pull(limit)
        for feed in page.feeds:
            held = self.drawer.get(feed, {})
            sums = 0
            for (kind, entity), (ver, _) in held.items():
                sums ^= checksum(kind, entity, ver)
            assert (page.sums[feed].n, page.sums[feed].x) == (len(held), f"{sums:016x}")
        return self

    def has(self, feed: str, kind: str, entity: str) -> Any:
        """A document of a feed, None where it is not there."""
        found = self.drawer.get(feed, {}).get((kind, entity))
        return found[1] if found else None


@dataclass
class Case:
    """One call with its note, assessment and referral, as acts of one workstation."""

    at: Workstation
    number: str = "13800138000"
    call: str = field(default_factory=new_id)
    note: str = field(default_factory=new_id)
    risk: str = field(default_factory=new_id)
    referral: str = field(default_factory=new_id)

    def add(self, **other: Any) -> Operation:
        body = {"site": self.at.hotline.site, "number": self.number, "entered_at": self._now, **other}
        return self.at.act("call.add", self.call, body)

    def open(self, **other: Any) -> Operation:
        body = {"call": self.call, "site": self.at.hotline.site, "form": "full", "form_version": 1}
        return self.at.act("note.open", self.note, {**body, "opened_at": self._now, **other})

    def draft(self, text: str, base: int, category: str = "C3") -> Operation:
        body = {"category": category, "values": {"complaint": text}}
        return self.at.act("note.draft.put", self.note, body, base)

    def finish(self) -> Operation:
        return self.at.act("note.finish", self.note, {})

    def answer(self, item: str, state: str = "yes", n: int = 1) -> Operation:
        body = {"note": self.note, "call": self.call, "site": self.at.hotline.site}
        return self.at.act("risk.answer", self.risk, {**body, "n": n, "item": item, "state": state})

    def refer(self) -> Operation:
        body = {
            "note": self.note,
            "call": self.call,
            "site": self.at.hotline.site,
            "target": "f110",
            "target_kind": "F110",
            "target_name": "110",
            "dial": "110",
            "verified": True,
            "place": "太原",
            "place_basis": "stated",
            "text": "需要出警",
            "legal_basis": "emergency",
            "opened_at": self._now,
        }
        return self.at.act("referral.open", self.referral, body)

    @property
    def _now(self) -> str:
        return self.at.hotline.clock.now().isoformat()
