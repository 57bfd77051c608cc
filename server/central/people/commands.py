"""Commands about people and their workstations: accounts, passwords, second factors, codes, revocation."""

import argparse
import getpass
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from models.clock import SystemClock
from models.people.operator import Operator, Role
from models.trace.entry import Act, Happening, as_code
from resources.texts import t
from server.central.config import read_config
from server.central.trouble import CommandTrouble, ExitCode

if TYPE_CHECKING:
    from server.central.config import Config
    from server.central.storage.engine import Database

_SHORTEST_PASSWORD = 8
_LONGEST_ID = 64


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `operator` and `workstation`."""
    operator = commands.add_parser("operator", help=t("people.help_operator"))
    below = operator.add_subparsers(dest="operator_command", required=True)
    add = _add(below, "add", add_operator, t("people.help_add"))
    add.add_argument("--name", default="")
    add.add_argument("--title", default="")
    add.add_argument("--role", action="append", choices=[role.value for role in Role])
    add.add_argument("--site", default="")
    password = _add(below, "password", set_password, t("people.help_password"))
    for parser in (add, password):
        parser.add_argument("--password-stdin", action="store_true", help=t("people.help_password_stdin"))
    _add(below, "second-factor", give_second_factor, t("people.help_second_factor"))
    _add(below, "revoke", revoke_operator, t("people.help_revoke_operator"))
    _add(below, "allow", allow_operator, t("people.help_allow"))
    workstation = commands.add_parser("workstation", help=t("people.help_workstation"))
    below = workstation.add_subparsers(dest="workstation_command", required=True)
    code = _add(below, "code", make_code, t("people.help_code"), named=False)
    code.add_argument("--name", required=True, help=t("people.help_name"))
    _add(below, "list", list_workstations, t("people.help_list"), named=False)
    _add(below, "revoke", revoke_workstation, t("people.help_revoke_workstation"))


def add_operator(options: argparse.Namespace) -> int:
    """Give somebody an account."""
    from server.central.people.staff import tell_staff
    from server.central.signing_in import add_operator as add

    with _database(options) as (config, engine):
        if not 0 < len(options.id) <= _LONGEST_ID or options.id != options.id.strip():
            raise CommandTrouble(ExitCode.USAGE, "operator_id", most=_LONGEST_ID)
        operator = Operator(
            options.id,
            options.name or options.id,
            options.title,
            options.site or config.site,
            tuple(Role(code) for code in options.role or [Role.OPERATOR]),
        )
        if not add(engine, operator, _password(options.password_stdin)):
            raise CommandTrouble(ExitCode.USAGE, "operator_taken", id=options.id)
        tell_staff(engine)
        _trace(engine, Act.GRANTED, "account", options.id)
    return _told(t("server.operator_added", id=options.id))


def set_password(options: argparse.Namespace) -> int:
    """Give somebody another password; everywhere they must sign in again."""
    from server.central.signing_in import set_password as change

    with _database(options) as (_, engine):
        _known(change(engine, options.id, _password(options.password_stdin)), options.id)
        _trace(engine, Act.REKEYED, "account", options.id)
    return _told(t("people.password_set", id=options.id))


def give_second_factor(options: argparse.Namespace) -> int:
    """Make a secret for somebody's telephone and print it, this once."""
    from server.central.people.second_factor import new_secret, seal, telephone_address
    from server.central.storage.accounts import change_second_factor

    with _database(options) as (config, engine):
        secret = new_secret()
        sealed = seal(config.settings().keys.second_factor, options.id, secret)
        _known(change_second_factor(engine, options.id, sealed), options.id)
        _trace(engine, Act.REKEYED, "second_factor", options.id)
    return _told(telephone_address(options.id, secret), t("people.second_factor_given", id=options.id))


def revoke_operator(options: argparse.Namespace) -> int:
    """Let somebody work no more; what they have not sent yet is still taken, and held."""
    from server.central.people.staff import tell_staff
    from server.central.storage.accounts import State, change_state
    from server.central.storage.refresh import revoke_families

    with _database(options) as (_, engine):
        _known(change_state(engine, options.id, State.DRAIN), options.id)
        revoke_families(engine, options.id)
        tell_staff(engine)
        _trace(engine, Act.REVOKED, "account", options.id)
    return _told(t("people.operator_revoked", id=options.id))


def allow_operator(options: argparse.Namespace) -> int:
    """Let somebody work again."""
    from server.central.people.staff import tell_staff
    from server.central.storage.accounts import State, change_state

    with _database(options) as (_, engine):
        _known(change_state(engine, options.id, State.ACTIVE), options.id)
        tell_staff(engine)
        _trace(engine, Act.GRANTED, "account", options.id)
    return _told(t("people.operator_allowed", id=options.id))


def make_code(options: argparse.Namespace) -> int:
    """Make a one-time code by which a workstation becomes the hotline's."""
    from server.central.people.enrolment import CODE_LIFETIME
    from server.central.people.enrolment import make_code as make

    if not 0 < len(options.name) <= _LONGEST_ID:
        raise CommandTrouble(ExitCode.USAGE, "workstation_name", most=_LONGEST_ID)
    with _database(options) as (_, engine):
        code = make(engine, SystemClock(), options.name)
        _trace(engine, Act.GRANTED, "enrolment", "")
    hours = int(CODE_LIFETIME.total_seconds() // 3600)
    return _told(code, t("people.code_made", name=options.name, hours=hours))


def list_workstations(options: argparse.Namespace) -> int:
    """Write all workstations that were ever enrolled: id, name, whether they may work."""
    from server.central.storage.accounts import State
    from server.central.storage.workstations import all_workstations

    with _database(options) as (_, engine):
        known = all_workstations(engine)
    states = {State.ACTIVE: t("people.state_active"), State.DRAIN: t("people.state_drain")}
    lines = [f"{one.id}  {states[one.state]}  {one.name}" for one in known]
    return _told(*lines or [t("people.no_workstations")])


def revoke_workstation(options: argparse.Namespace) -> int:
    """Let nobody work at a workstation any more; what lies unsent there is still taken, and held."""
    from server.central.storage.workstations import revoke_workstation as revoke

    with _database(options) as (_, engine):
        if not revoke(engine, options.id):
            raise CommandTrouble(ExitCode.USAGE, "workstation_unknown", id=options.id)
        _trace(engine, Act.REVOKED, "workstation", options.id)
    return _told(t("people.workstation_revoked", id=options.id))


def _add(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]",
    name: str,
    run: Callable[[argparse.Namespace], int],
    what: str,
    *,
    named: bool = True,
) -> argparse.ArgumentParser:
    parser = commands.add_parser(name, help=what)
    parser.add_argument("--folder", type=Path, required=True, help=t("server.help_folder"))
    if named:
        parser.add_argument("id", metavar="ID")
    parser.set_defaults(run=run)
    return parser


@contextmanager
def _database(options: argparse.Namespace) -> "Iterator[tuple[Config, Database]]":
    from server.central.serving import open_made_database

    config = read_config(options.folder)
    engine = open_made_database(config)
    try:
        yield config, engine
    finally:
        engine.dispose()


def _trace(engine: "Database", act: Act, kind: str, name: str) -> None:
    """Write down what was done from the command line; whose hand it was, the machine's own log tells."""
    from server.central.storage.recording import SERVER, record_alone

    what = Happening(act, kind, as_code(name), where="command")
    record_alone(engine, SystemClock().now(), [(SERVER, what)])


def _known(done: bool, operator: str) -> None:
    if not done:
        raise CommandTrouble(ExitCode.USAGE, "operator_unknown", id=operator)


def _told(*lines: str) -> int:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    return ExitCode.DONE


def _password(from_stdin: bool) -> str:
    password = sys.stdin.readline().rstrip("\r\n") if from_stdin else getpass.getpass(t("server.password"))
    if len(password) < _SHORTEST_PASSWORD:
        raise CommandTrouble(ExitCode.USAGE, "password_short", least=_SHORTEST_PASSWORD)
    if not from_stdin and getpass.getpass(t("server.password_again")) != password:
        raise CommandTrouble(ExitCode.USAGE, "password_unlike")
    return password
