"""At the command line: somebody says who he is, with the password and the code of a second factor."""

import argparse
import getpass
import sys
from typing import TYPE_CHECKING

from models.clock import Clock
from models.people.operator import Operator
from resources.texts import t
from server.central.trouble import CommandTrouble, ExitCode

if TYPE_CHECKING:
    from server.central.settings import Settings
    from server.central.storage.engine import Database

_PLACE = "server"


def add_person(parser: argparse.ArgumentParser) -> None:
    """Ask for an account; the password comes from the terminal or from standard input."""
    parser.add_argument("--by", required=True, help=t("access.help_by"))
    parser.add_argument("--code", default="", help=t("access.help_code"))
    parser.add_argument("--password-stdin", action="store_true", help=t("people.help_password_stdin"))


def proven(options: argparse.Namespace, engine: "Database", settings: "Settings", clock: Clock) -> Operator:
    """The person, after the password was right; failures count like everywhere. Raises CommandTrouble."""
    from models.wire.session import SignIn
    from server.central.signing_in import SignInDesk
    from server.central.storage.schema import open_database

    stdin = options.password_stdin
    password = sys.stdin.readline().rstrip("\r\n") if stdin else getpass.getpass(t("server.password"))
    identity = open_database(engine, practice=settings.practice)
    desk = SignInDesk(engine, clock, identity, settings)
    try:
        asked = SignIn(operator=options.by, password=password, seat="", device=_PLACE, code=options.code)
    except ValueError as error:
        raise CommandTrouble(ExitCode.USAGE, "not_proven") from error
    known = desk.prove(asked)
    if isinstance(known, Operator):
        return known
    raise CommandTrouble(ExitCode.USAGE, "not_proven")
