"""What the first release held waits for a lead after the upgrade, with its words."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine, MetaData, Table, insert

from models.people.operator import Operator, Role
from server.central.storage import migrating
from server.central.storage.engine import writing
from server.central.tickets import LIFETIME, Ticket
from tests.server.central.hotline import Hotline, Workstation

AT = "2025-12-31T23:00:00+00:00"
BODY = {"category": "C3", "values": {"complaint": "等着的话"}, "log": []}


def _insert(connection: Connection, name: str, row: dict[str, Any]) -> None:
    connection.execute(insert(Table(name, MetaData(), autoload_with=connection)), [row])


def _fill(connection: Connection) -> None:
    for key, value in (
        ("schema", "1"),
        ("server_epoch", "e"),
        ("practice", "no"),
        ("caller_secret", "00" * 32),
    ):
        _insert(connection, "meta", {"key": key, "value": value})
    note = {
        **{"id": "n", "call": "c", "author": "zhang", "site": "beijing", "form": "full", "form_version": 1},
        **{"opened_at": AT, "state": "draft", "versions": [], "incomplete_reason": ""},
        "body": {"category": "", "values": {}, "log": []},
    }
    columns = {
        "author": "zhang",
        "call": "c",
        "note": "n",
        "level": "",
        "caller": "",
        "at": "",
        "site": "beijing",
    }
    _insert(connection, "record", {"type": "note", "id": "n", "ver": 1, "doc": note, **columns})
    act = {"epoch": "device-1", "h": "h", "actor": "zhang", "v": 1, "entity": "note", "at": AT, "ver": 1}
    for seq, (op, why, target) in enumerate(
        (("o1", "too_large", "n"), ("o2", "unknown_entity", "lost")), start=1
    ):
        answer = {"outcome": "held", "why": why, "base": 1, "received_at": AT, "entity_id": target}
        _insert(
            connection,
            "operation",
            {**act, **answer, "op_id": op, "seq": seq, "type": "note.draft.put", "body": BODY},
        )


def test_what_was_held_is_decided_about_after_the_upgrade(engine: Engine) -> None:
    with writing(engine) as connection:
        config = Config(attributes={"connection": connection, "metadata": MetaData()})
        config.set_main_option("script_location", str(Path(migrating.__file__).parent / "migrations"))
        config.set_main_option("path_separator", "os")
        command.upgrade(config, "0001")
        _fill(connection)
    hotline = Hotline(engine, site="beijing")
    now = hotline.clock.now()

    def seat(name: str, *roles: Role) -> Workstation:
        who = Operator(name, name, "", "beijing", roles)
        return Workstation(hotline, Ticket(who, "1001", now, now + LIFETIME, False))

    lead, author = seat("wang", Role.OPERATOR, Role.LEAD), seat("zhang", Role.OPERATOR)
    cards = lead.pull_all().drawer["held:beijing"]
    assert {op: doc["why"] for (_, op), (_, doc) in cards.items()} == {"o1": "too_large"}
    assert lead.push(lead.act("held.release", "o1", {})).results[0].st == "applied"
    assert author.pull_all().has("op:zhang", "held", "o1")["state"] == "released"
    assert author.has("op:zhang", "note", "n")["body"]["values"] == {"complaint": "等着的话"}
