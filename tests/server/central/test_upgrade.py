"""A database of the first release, with data in it, is brought up and sealed; nothing readable stays."""

from functools import reduce
from operator import xor
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, MetaData, Table, insert

from models.people.operator import Operator, Role
from models.sync.record import checksum
from server.central.storage import migrating
from server.central.storage.engine import DatabaseTrouble, open_engine, writing
from server.central.storage.schema import make_database
from server.central.tickets import LIFETIME, Ticket
from tests.server.central.hotline import Case, Hotline, Workstation
from tests.server.central.test_sealing import bytes_of

NOTES = 1_200
WORDS = "在桥上，手里有药"
_AT = "2025-12-31T23:00:00+00:00"
_SECRET = bytes(range(100, 132))


@pytest.fixture
def first(engine: Engine) -> Engine:
    """A database as the first release left it: an operator's notes, one with its call, and a card."""
    with writing(engine) as connection:
        make_first(connection)
    return engine


def make_first(connection: Connection) -> None:
    """The tables of the first release with what was in them."""
    config = Config(attributes={"connection": connection, "metadata": MetaData()})
    config.set_main_option("script_location", str(Path(migrating.__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    command.upgrade(config, "0001")
    meta = {"schema": "1", "server_epoch": "epoch", "practice": "no", "caller_secret": _SECRET.hex()}
    _insert(connection, "meta", [{"key": key, "value": value} for key, value in meta.items()])
    _insert(connection, "device", [{"epoch": "device-1", "account": "zhang", "last_seq": NOTES}])
    notes = [_note(n) for n in range(NOTES)]
    card = {"id": "n0", "call": "c0", "author": "zhang", "site": "beijing", "category": "C3", "level": ""}
    call = _record("call", "c0", {"id": "c0", "number": "13912345678"}, author="", caller="k", at=_AT)
    views = [_record("note.card", "n0", card, author="", call="")]
    _insert(connection, "record", [*notes, call, *views])
    _insert(connection, "operation", [_operation(n) for n in range(NOTES)])
    entries = [("op:zhang", one) for one in notes] + [("shift:beijing", views[0])]
    _insert(connection, "feed_entry", [_entry(feed, one, n) for n, (feed, one) in enumerate(entries, 1)])
    sums = reduce(xor, (checksum("note", one["id"], 1) for one in notes))
    head = {"feed": "op:zhang", "head": NOTES, "n": NOTES, "x": f"{sums:016x}"}
    _insert(connection, "feed_head", [head])


def _note(n: int) -> dict[str, Any]:
    body = {"category": "C3", "values": {"complaint": f"{WORDS}{n}", "problem_main": "P11"}, "log": []}
    about = {"id": f"n{n}", "call": f"c{n}", "author": "zhang", "site": "beijing", "form": "full"}
    state = {"form_version": 1, "opened_at": _AT, "state": "draft", "updated_at": None, "finished_at": None}
    document = {**about, **state, "body": body, "incomplete_reason": "", "versions": []}
    return _record("note", f"n{n}", document, author="zhang", call=f"c{n}", note=f"n{n}")


def _record(kind: str, entity: str, document: dict[str, Any], **columns: str) -> dict[str, Any]:
    blank = {"author": "", "call": "c0", "note": "", "level": "", "caller": "", "at": "", "site": "beijing"}
    return {"type": kind, "id": entity, "ver": 1, "doc": document, **blank, **columns}


def _operation(n: int) -> dict[str, Any]:
    place = {"op_id": f"o{n}", "epoch": "device-1", "seq": n + 1, "h": f"h{n}", "actor": "zhang", "v": 1}
    about = {"type": "note.open", "entity": "note", "entity_id": f"n{n}", "at": _AT, "received_at": _AT}
    answer = {"outcome": "applied", "why": "", "ver": 1, "base": 0}
    return {**place, **about, **answer, "body": {"call": f"c{n}", "text": WORDS}}


def _entry(feed: str, record: dict[str, Any], seq: int) -> dict[str, Any]:
    return {"feed": feed, "type": record["type"], "id": record["id"], "seq": seq, "ver": 1, "gone": False}


def _insert(connection: Connection, name: str, rows: list[dict[str, Any]]) -> None:
    connection.execute(insert(Table(name, MetaData(), autoload_with=connection)), rows)


def test_what_the_first_release_left_is_sealed_and_read_as_before(first: Engine, tmp_path: Path) -> None:
    hotline = Hotline(first, site="beijing")
    assert hotline.desks.identity.caller_secret == _SECRET
    now = hotline.clock.now()
    who = Operator("zhang", "张", "", "beijing", (Role.OPERATOR,))
    desk = Workstation(hotline, Ticket(who, "1001", now, now + LIFETIME, False), "device-1", NOTES)
    held = desk.pull_all().drawer["op:zhang"]
    assert {key: doc["body"]["values"]["complaint"] for key, (_, doc) in held.items()} == {
        ("note", f"n{n}"): f"{WORDS}{n}" for n in range(NOTES)
    }
    assert {body["text"] for (body,) in hotline.stored("body")} == {WORDS}
    everything = bytes_of(first, tmp_path)
    for secret in (WORDS, "13912345678", _SECRET.hex()):
        assert secret.encode() not in everything, secret


def test_work_goes_on_where_the_first_release_stopped(first: Engine) -> None:
    hotline = Hotline(first, site="beijing")
    now = hotline.clock.now()
    who = Operator("zhang", "张", "", "beijing", (Role.OPERATOR,))
    desk = Workstation(hotline, Ticket(who, "1001", now, now + LIFETIME, False), "device-1", NOTES)
    known = _of_old(Case(desk))
    answer = desk.push(known.draft("更多", 1), Case(desk).open())
    assert [one.st.value for one in answer.results] == ["applied", "applied"]


def _of_old(case: Case) -> Case:
    """The same case, about a note of the first release."""
    case.note, case.call = "n7", "c7"
    return case


def test_it_is_not_brought_up_without_keys(first: Engine, database: str) -> None:
    bare = open_engine(database)
    with pytest.raises(DatabaseTrouble) as trouble:
        make_database(bare, practice=False)
    bare.dispose()
    assert trouble.value.code == "unsealed"
    assert make_database(first, practice=False).server_epoch == "epoch"
