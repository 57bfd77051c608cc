"""The server's command line: founding, accounts, the central server, the gateway, practice."""

import argparse
import asyncio
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from models.clock import SystemClock
from resources.texts import available_languages, t, use_language
from server.central.access.commands import add_commands
from server.central.backup import commands as backup
from server.central.backup import keys as backup_keys
from server.central.config import GATEWAY_FILE, read_config
from server.central.founding import DEFAULT_DATABASE, DEFAULT_PORT, Plan, found
from server.central.people import commands as people
from server.central.recordings import commands as recordings
from server.central.trace.commands import add_audit
from server.central.trouble import CommandTrouble, ExitCode
from server.logs import start_logs

_MOST_PROCESSES = 64


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code. Known trouble is one sentence on standard error."""
    options = _parser().parse_args(arguments)
    # Each request is told by the server alone; others tell of trouble.
    start_logs(logging.INFO if options.run is run_server else logging.WARNING)
    use_language(options.language)
    try:
        return int(options.run(options))
    except CommandTrouble as trouble:
        sys.stderr.write(f"{trouble.sentence}\n")
        return trouble.exit_code
    except KeyboardInterrupt:
        return ExitCode.DONE


def init(options: argparse.Namespace) -> int:
    """Found a server: configuration, keys, certificates."""
    plan = Plan(
        folder=options.folder,
        site=options.site,
        host=options.host,
        port=options.port,
        database=options.database,
        practice=options.practice,
        names=options.name,
    )
    for path in found(plan, SystemClock()):
        sys.stdout.write(f"{path}\n")
    sys.stdout.write(t("server.founded", folder=options.folder) + "\n")
    if not options.port:
        sys.stderr.write(t("server.port_open", file=options.folder / GATEWAY_FILE) + "\n")
    return ExitCode.DONE


def add_master(options: argparse.Namespace) -> int:
    """Make the master key of a server that an earlier program founded."""
    from server.central.founding import add_master as add

    sys.stdout.write(t("server.master_added", file=add(options.folder)) + "\n")
    return ExitCode.DONE


def renew_receipts(options: argparse.Namespace) -> int:
    """Let another receipt key take the place of the present one."""
    from server.central.trace.renewing import renew_receipts as renew

    sys.stdout.write(t("server.receipts_renewed", file=renew(options.folder, SystemClock())) + "\n")
    return ExitCode.DONE


def run_server(options: argparse.Namespace) -> int:
    """Run the central server until told to stop."""
    if options.folder is None:
        raise CommandTrouble(ExitCode.USAGE, "folder_missing")
    config = read_config(options.folder)
    from server.central.processes import serve_in_many
    from server.central.serving import bind, open_made_database, serve

    with bind(config) as listening:
        if options.processes > 1:
            open_made_database(config).dispose()
            return serve_in_many(config, listening, options.processes)
        engine = open_made_database(config)
        try:
            asyncio.run(serve(config, engine, SystemClock(), [listening]))
        finally:
            engine.dispose()
    return ExitCode.DONE


def run_gateway(options: argparse.Namespace) -> int:
    """Run the gateway until told to stop."""
    if options.folder is None:
        raise CommandTrouble(ExitCode.USAGE, "folder_missing")
    from server.gateway import app

    return app.run_gateway(options.folder / GATEWAY_FILE, options.practice)


def examine_exchange(options: argparse.Namespace) -> int:
    """Say what is wrong with the telephone exchange."""
    if options.folder is None:
        raise CommandTrouble(ExitCode.USAGE, "folder_missing")
    from server.gateway import doctor

    return doctor.examine(options.folder / GATEWAY_FILE, options.json)


def practise(options: argparse.Namespace) -> int:
    """Run server and gateway with practice callers until standard input closes."""
    from server.practice import practise as run

    return run(options.folder, options.site)


def print_openapi(_options: argparse.Namespace) -> int:
    """Write the description of the interface to standard output."""
    from server.central.openapi import description

    sys.stdout.write(description())
    return ExitCode.DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="xinqiao", description=t("server.help"))
    parser.add_argument("--language", choices=available_languages(), default="zh_CN")
    commands = parser.add_subparsers(dest="command", required=True)
    server = commands.add_parser("server", help=t("server.help_server"))
    server.set_defaults(run=run_server)
    _add_folder(server, required=False)
    numbers = range(1, _MOST_PROCESSES + 1)
    server.add_argument(
        "--processes", type=int, default=1, choices=numbers, metavar="N", help=t("server.help_processes")
    )
    below = server.add_subparsers(dest="server_command")
    _add_init(below)
    key = below.add_parser("key", help=t("server.help_key"))
    key.set_defaults(run=add_master)
    _add_folder(key)
    receipts = below.add_parser("receipts", help=t("server.help_receipts"))
    receipts.set_defaults(run=renew_receipts)
    _add_folder(receipts)
    people.add_commands(commands)
    _add_gateway(commands)
    practice = commands.add_parser("practice", help=t("server.help_practice"))
    practice.add_argument("--site", default="beijing")
    practice.set_defaults(run=practise)
    _add_folder(practice)
    commands.add_parser("openapi", help=t("server.help_openapi")).set_defaults(run=print_openapi)
    add_commands(commands)
    add_audit(commands)
    backup.add_commands(commands)
    backup_keys.add_command(commands)
    recordings.add_commands(commands)
    return parser


def _add_gateway(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    gateway = commands.add_parser("gateway", help=t("server.help_gateway"))
    gateway.add_argument("--practice", action="store_true")
    gateway.set_defaults(run=run_gateway)
    _add_folder(gateway, required=False)
    doctor = gateway.add_subparsers(dest="gateway_command").add_parser("doctor", help=t("doctor.help"))
    doctor.add_argument("--json", action="store_true", help=t("doctor.help_json"))
    doctor.set_defaults(run=examine_exchange)
    _add_folder(doctor, required=False)


def _add_init(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("init", help=t("server.help_init"))
    _add_folder(parser)
    parser.add_argument("--site", default="beijing")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=DEFAULT_PORT)
    parser.add_argument("--database", default=DEFAULT_DATABASE, help="sqlite:///… | postgresql://…")
    parser.add_argument("--name", action="append", default=[], help=t("server.help_name"))
    parser.add_argument("--practice", action="store_true")
    parser.set_defaults(run=init)


def _add_folder(parser: argparse.ArgumentParser, *, required: bool = True) -> None:
    parser.add_argument("--folder", type=Path, required=required, help=t("server.help_folder"))
