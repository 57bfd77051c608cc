"""Commands about rights: print the matrix, list what may be erased, and what two people do."""

import argparse
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from models.clock import SystemClock
from models.people.operator import Operator
from resources.texts import t
from server.central.access.rules import load_rights
from server.central.people.proving import add_person, proven
from server.central.trouble import CommandTrouble, ExitCode

if TYPE_CHECKING:
    from server.central.access.erasing import EraseDesk
    from server.central.access.holding import HoldDesk
    from server.central.storage.retention import Hold

_MOST = 200


def add_commands(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `access`, `retention` and `hold`."""
    access = commands.add_parser("access", help=t("access.help_access"))
    below = access.add_subparsers(dest="act", required=True)
    show = below.add_parser("print", help=t("access.help_access"))
    show.add_argument("--folder", type=Path, help=t("server.help_folder"))
    show.set_defaults(run=print_rights)
    over = below.add_parser("expire", help=t("access.help_expire"))
    over.add_argument("--folder", type=Path, required=True, help=t("server.help_folder"))
    over.set_defaults(run=expire)
    retention = commands.add_parser("retention", help=t("access.help_retention"))
    below = retention.add_subparsers(dest="act", required=True)
    _add(below, "list", list_due)
    _add(below, "request", request_erasure, "record")
    _add(below, "confirm", confirm_erasure, "wish")
    hold = commands.add_parser("hold", help=t("access.help_hold"))
    below = hold.add_subparsers(dest="act", required=True)
    for act in ("set", "lift", "confirm"):
        _add(below, act, change_hold, "record")


def print_rights(options: argparse.Namespace) -> int:
    """Write the matrix: that of a server's folder, or the one that ships."""
    from resources import access
    from server.central.access.printing import printed

    rights = load_rights(options.folder) if options.folder else access.load(access.SHIPPED)
    sys.stdout.write(printed(rights))
    return ExitCode.DONE


def expire(options: argparse.Namespace) -> int:
    """Withdraw at once what a running server withdraws by itself: own records and grants that are over."""
    from server.central.access.expiry import Expiry
    from server.central.config import read_config
    from server.central.serving import open_made_database

    config = read_config(options.folder)
    engine = open_made_database(config)
    try:
        done = Expiry(engine, load_rights(options.folder)).step(SystemClock().now())
    finally:
        engine.dispose()
    sys.stdout.write(t("access.expired", n=done) + "\n")
    return ExitCode.DONE


def list_due(options: argparse.Namespace) -> int:
    """Write the calls that need not be kept any longer, and the wishes that nobody has confirmed."""

    def work(who: Operator, erase: "EraseDesk", _holds: "HoldDesk") -> Iterable[str]:
        calls, wishes = erase.due(who, _MOST)
        for wish in wishes:
            yield t("access.wish", id=wish.id, call=wish.call, by=wish.asked_by, at=_day(wish.asked_at))
        for call in calls:
            yield t("access.due", call=call.call, at=_day(call.last_at))
        if not calls and not wishes:
            yield t("access.nothing_due")

    return _as_person(options, work)


def request_erasure(options: argparse.Namespace) -> int:
    """Ask that a call's records be erased."""

    def work(who: Operator, erase: "EraseDesk", _holds: "HoldDesk") -> Iterable[str]:
        wish = erase.request(who, options.record, options.reason)
        yield t("access.wish_made", id=wish.id, call=wish.call)

    return _as_person(options, work)


def confirm_erasure(options: argparse.Namespace) -> int:
    """Confirm it as the second person: the records are erased for ever."""
    from server.central.recordings.erasing import remove_erased

    def work(who: Operator, erase: "EraseDesk", _holds: "HoldDesk") -> Iterable[str]:
        wish = erase.confirm(who, options.wish, options.reason)
        remove_erased(options.folder, erase.engine)
        yield t("access.erased", call=wish.call)

    return _as_person(options, work)


def change_hold(options: argparse.Namespace) -> int:
    """Set a legal hold, ask that one be lifted, or confirm either as the second person."""

    def work(who: Operator, _erase: "EraseDesk", holds: "HoldDesk") -> Iterable[str]:
        act: Callable[[Operator, str, str], Hold] = getattr(holds, options.act)
        hold = act(who, options.record, options.reason)
        yield t(f"access.hold_{hold.stage}", call=hold.call)

    return _as_person(options, work)


def _as_person(
    options: argparse.Namespace, work: "Callable[[Operator, EraseDesk, HoldDesk], Iterable[str]]"
) -> int:
    """Let somebody do work after the password was right. Raises CommandTrouble."""
    from server.central.access.erasing import EraseDesk
    from server.central.access.holding import HoldDesk, NotDone
    from server.central.config import read_config
    from server.central.serving import open_made_database

    config = read_config(options.folder)
    settings, clock = config.settings(), SystemClock()
    engine = open_made_database(config)
    try:
        who = proven(options, engine, settings, clock)
        desks = EraseDesk(engine, clock, settings.rights), HoldDesk(engine, clock, settings.rights)
        for line in work(who, *desks):
            sys.stdout.write(line + "\n")
    except NotDone as refused:
        raise CommandTrouble(ExitCode.USAGE, f"refused_{refused.why}") from refused
    finally:
        engine.dispose()
    return ExitCode.DONE


def _add(
    below: "argparse._SubParsersAction[argparse.ArgumentParser]",
    act: str,
    run: Callable[[argparse.Namespace], int],
    about: str = "",
) -> None:
    parser = below.add_parser(act)
    parser.add_argument("--folder", type=Path, required=True, help=t("server.help_folder"))
    add_person(parser)
    if about:
        parser.add_argument(about, help=t(f"access.help_{about}"))
        parser.add_argument("--reason", required=True, help=t("access.help_reason"))
    parser.set_defaults(run=run)


def _day(at: float) -> str:
    return f"{datetime.fromtimestamp(at, UTC):%Y-%m-%d}"
