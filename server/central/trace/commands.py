"""`audit verify` and `audit settle`: the trace of a hotline checked, and what was found, explained."""

import argparse
import sys
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from models.clock import SystemClock
from resources.texts import t
from server.central.people.proving import add_person, proven
from server.central.trouble import CommandTrouble, ExitCode

if TYPE_CHECKING:
    from server.central.trace.verifying import Report


def add_audit(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `audit verify`."""
    below = commands.add_parser("audit", help=t("audit.help")).add_subparsers(dest="act", required=True)
    verify = below.add_parser("verify", help=t("audit.help"))
    verify.add_argument("--folder", type=Path, required=True, help=t("server.help_folder"))
    verify.add_argument("--from", dest="since", type=date.fromisoformat, help=t("audit.help_from"))
    verify.add_argument("--until", type=date.fromisoformat, help=t("audit.help_until"))
    verify.set_defaults(run=verify_all)
    settle = below.add_parser("settle", help=t("audit.help_settle"))
    settle.add_argument("--folder", type=Path, required=True, help=t("server.help_folder"))
    add_person(settle)
    settle.add_argument("alarm", help=t("audit.help_alarm"))
    settle.add_argument("--reason", required=True, help=t("access.help_reason"))
    settle.set_defaults(run=settle_alarm)


def verify_all(options: argparse.Namespace) -> int:
    """Check chains, receipts and checkpoints; the server may be running. 6 where anything is broken."""
    from server.central.config import read_config
    from server.central.serving import open_made_database
    from server.central.trace.alarms import raise_findings
    from server.central.trace.signing import ReceiptKey
    from server.central.trace.verifying import verify_trace

    config = read_config(options.folder)
    keys = config.settings().keys
    key, successions = ReceiptKey(keys.receipts.private).public, keys.successions
    since = options.since.isoformat() if options.since else ""
    until = f"{options.until.isoformat()}T24" if options.until else ""
    engine = open_made_database(config)
    try:
        report = verify_trace(engine, key, since, until, successions)
        raise_findings(engine, report.findings, SystemClock().now())
    finally:
        engine.dispose()
    for line in _told(report):
        sys.stdout.write(f"{line}\n")
    return ExitCode.DONE if report.is_whole else ExitCode.TRACE


def settle_alarm(options: argparse.Namespace) -> int:
    """Somebody says what was wrong: the alarm is told no more, what was found stays."""
    from server.central.config import read_config
    from server.central.serving import open_made_database
    from server.central.trace.alarms import AlarmDesk, NotSettled

    config, clock = read_config(options.folder), SystemClock()
    settings = config.settings()
    engine = open_made_database(config)
    try:
        who = proven(options, engine, settings, clock)
        done = AlarmDesk(engine, clock, settings.rights).settle(who, options.alarm, options.reason)
    except NotSettled as refused:
        raise CommandTrouble(ExitCode.USAGE, f"refused_{refused.why}") from refused
    finally:
        engine.dispose()
    sys.stdout.write(t("audit.settled", n=done) + "\n")
    return ExitCode.DONE


def _told(report: "Report") -> Iterable[str]:
    yield t("audit.central", chains=report.chains, entries=report.entries, checkpoints=report.checkpoints)
    for one in report.findings:
        why = t(f"audit.fault_{one.broken.why.value}")
        if one.operator:
            yield t("audit.broken_of", name=one.name, operator=one.operator, n=one.broken.n, why=why)
        else:
            yield t("audit.broken", name=one.name, n=one.broken.n, why=why)
    for alarm in report.alarms:
        why = t(f"audit.fault_{alarm.broken.why.value}")
        told = {"name": alarm.epoch, "operator": alarm.account, "workstation": alarm.workstation}
        yield t("audit.alarm", at=alarm.at[:19], n=alarm.broken.n, why=why, **told)
    if report.is_whole:
        yield t("audit.whole")
