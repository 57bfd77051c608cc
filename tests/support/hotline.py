"""A founded hotline as an installation has it: central server and gateway as processes of their own."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import select

from models.clock import SystemClock
from models.people.operator import Operator, Role
from server.central.config import read_config
from server.central.founding import DEFAULT_DATABASE, Plan, found
from server.central.people.staff import tell_staff
from server.central.serving import open_made_database
from server.central.signing_in import add_operator
from server.central.storage.accounts import State, change_state
from server.central.storage.engine import reading
from server.central.storage.records import find_records
from server.central.storage.tables import record
from tests.support.exchange import Exchange
from tests.support.processes import ended
from tests.support.said import heard

PASSWORD = "correct horse battery"
SITE = "jinzhong"
_ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Hotline:
    """The folder of a founded server; each program of it is started when a test needs it."""

    folder: Path

    @property
    def public_key(self) -> str:
        """The key by which a gateway knows the duty tickets of this server, in PEM."""
        return (self.folder / "tickets.pub").read_text()

    def add_operator(self, operator: str, *roles: Role) -> None:
        """Give somebody an account with the password of the tests."""
        person = Operator(operator, operator, "", SITE, roles or (Role.OPERATOR,))
        engine = open_made_database(read_config(self.folder))
        try:
            assert add_operator(engine, person, PASSWORD)
            tell_staff(engine)
        finally:
            engine.dispose()

    def revoke_operator(self, operator: str) -> None:
        """Let somebody work no more."""
        engine = open_made_database(read_config(self.folder))
        try:
            assert change_state(engine, operator, State.DRAIN)
            tell_staff(engine)
        finally:
            engine.dispose()

    def join(self, exchange: Exchange) -> None:
        """Tell the gateway which exchange it belongs to."""
        plan, secret = exchange.plan, self.folder / "exchange.secret"
        secret.write_text(plan.passwords["AMI"])
        lines = (
            "[exchange]",
            'kind = "asterisk"',
            f'host = "{plan.address}"',
            f"port = {plan.ami_port}",
            'user = "gateway"',
            f'secret_file = "{secret.name}"',
            'queue = "hotline"',
        )
        with (self.folder / "gateway.toml").open("a") as settings:
            settings.write("\n" + "\n".join(lines) + "\n")

    @contextmanager
    def running(self, program: str) -> Iterator[str]:
        """Run `server` or `gateway` for a block; gives its address once it can be used."""
        command = [sys.executable, "-m", "server", program, "--folder", str(self.folder)]
        with heard() as said:
            started = subprocess.Popen(command, cwd=_ROOT, stdout=subprocess.PIPE, stderr=said, text=True)
            with ended(started) as process:
                assert process.stdout is not None
                told = process.stdout.readline()
                assert told, f"{program} ended before it was ready"
                yield str(json.loads(told)["url"])

    def records(self, kind: str) -> list[dict[str, Any]]:
        """What the server's database holds of a kind: call, note, assessment or referral."""
        engine = open_made_database(read_config(self.folder))
        try:
            with reading(engine) as connection:
                ids = connection.scalars(select(record.c.id).where(record.c.type == kind)).all()
                return [kept.doc for kept in find_records(connection, [(kind, one) for one in ids]).values()]
        finally:
            engine.dispose()


def found_hotline(folder: Path, database: str = "") -> Hotline:
    """Found a hotline on any free ports, over SQLite unless another database is named.

    On loopback its workstations need no enrolment.
    """
    plan = Plan(folder, SITE, port=0, database=database or DEFAULT_DATABASE)
    found(plan, SystemClock())
    let_everybody_in(folder)
    return Hotline(folder)


def let_everybody_in(folder: Path) -> None:
    """Tell a founded server on loopback to ask nobody for an enrolled workstation."""
    settings = folder / "server.toml"
    settings.write_text(settings.read_text().replace("enrolment = true", "enrolment = false"))
