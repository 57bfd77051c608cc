"""The command line `xinqiao`: the console itself, practice, and the door to server and gateway."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from console.notes.arguments import add_forms
from resources.texts import t

SERVER_COMMANDS = ("server", "gateway", "operator", "workstation", "access", "retention", "hold")
AUDIT = "audit"
EXIT_USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and (given[0] in SERVER_COMMANDS or (given[0] == AUDIT and not _names_operator(given))):
        # Another program: the console imports nothing of the server.
        return subprocess.run([sys.executable, "-m", "server", *given], check=False).returncode
    options = _parser().parse_args(given)
    if options.command in ("backup", "restore"):
        from console.upkeep import commands

        return commands.back_up(options) if options.command == "backup" else commands.bring_back(options)
    if options.command in ("enrol", "recovery"):
        return _session(options)
    if options.command == "audit":
        from console.trace.commands import verify_trace

        return verify_trace(options)
    if options.command == "softphone":
        from console.softphone.commands import softphone

        return softphone(options)
    if options.command == "forms":
        return _forms(options)
    if options.command == "practice":
        from console.practice.start import practise

        return practise(options)
    from console.start import work

    return work(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="xinqiao", description=t("practice.cli"))
    commands = parser.add_subparsers(dest="command", required=True)
    console = commands.add_parser("console", help=t("practice.cli_console"))
    console.add_argument("--config", type=Path, help="console.toml")
    for name in ("server", "gateway", "seat", "ca", "proxy", "data", "resources"):
        console.add_argument(f"--{name}")
    console.add_argument("--operator", default="", help=t("practice.cli_operator"))
    practice = commands.add_parser("practice", help=t("practice.cli_practice"))
    practice.add_argument("act", nargs="?", choices=("check",), help=t("practice.cli_act"))
    practice.add_argument("files", nargs="*", type=Path, help=t("practice.cli_file"))
    practice.add_argument("--role", choices=("operator", "lead"), default="operator")
    practice.add_argument(
        "--folder", type=Path, default=Path(os.environ.get("XINQIAO_PRACTICE", "build/practice"))
    )
    practice.add_argument("--demo", type=Path, help=t("practice.cli_demo"))
    practice.add_argument("--size", type=_size, default=(1366, 768), help=t("practice.cli_size"))
    _add_upkeep(commands)
    _add_enrolment(commands)
    _add_recovery(commands)
    _add_audit(commands)
    _add_softphone(commands)
    add_forms(commands)
    for parser_ in (console, practice):
        parser_.add_argument("--language", choices=("zh_CN", "en"))
        parser_.add_argument("--theme", choices=("light", "dark"))
    for name in SERVER_COMMANDS:
        commands.add_parser(name, help=f"python -m server {name}")
    return parser


def _add_upkeep(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    backup = commands.add_parser("backup", help=t("upkeep.cli_backup"))
    backup.add_argument("--to", type=Path, required=True, help=t("upkeep.cli_to"))
    restore = commands.add_parser("restore", help=t("upkeep.cli_restore"))
    restore.add_argument("--from", dest="backup", type=Path, required=True, help=t("upkeep.cli_from"))
    restore.add_argument("--shares", action="store_true", help=t("upkeep.cli_shares"))
    for parser, named in ((backup, True), (restore, False)):
        parser.add_argument("--operator", required=named, default="", help=t("practice.cli_operator"))
        parser.add_argument("--config", type=Path, help="console.toml")
        parser.add_argument("--data")
        parser.add_argument("--password-stdin", action="store_true", help=t("upkeep.cli_password_stdin"))


def _forms(options: argparse.Namespace) -> int:
    if options.forms_command == "preview":
        from console.start import preview_form

        return preview_form(options)
    from console.notes.commands import forms

    return forms(options)


def _session(options: argparse.Namespace) -> int:
    from console.session import commands

    if options.command == "enrol":
        return commands.enrol_workstation(options)
    make = options.recovery_command == "make"
    return commands.make_recovery(options) if make else commands.open_by_recovery(options)


def _add_enrolment(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("enrol", help=t("session.cli_enrol"))
    parser.add_argument("--code", required=True, help=t("session.cli_code"))
    parser.add_argument("--name", required=True, help=t("session.cli_name"))
    parser.add_argument("--config", type=Path, help="console.toml")
    for name in ("server", "ca", "proxy", "data"):
        parser.add_argument(f"--{name}")


def _add_recovery(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    parser = commands.add_parser("recovery", help=t("session.cli_recovery"))
    ways = parser.add_subparsers(dest="recovery_command", required=True)
    make = ways.add_parser("make", help=t("session.cli_recovery_make"))
    make.add_argument("--folder", type=Path, required=True, help=t("session.cli_server_folder"))
    opened = ways.add_parser("open", help=t("session.cli_recovery_open"))
    opened.add_argument("--operator", required=True, help=t("practice.cli_operator"))
    opened.add_argument("--config", type=Path, help="console.toml")
    opened.add_argument("--data")
    opened.add_argument("--stdin", action="store_true", help=t("session.cli_stdin"))


def _add_audit(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """With an operator it is the file of this workstation, with a folder the server's: see its help."""
    verify = commands.add_parser(AUDIT, help=t("audit.help")).add_subparsers(dest="act", required=True)
    parser = verify.add_parser("verify", help=t("audit.help"))
    parser.add_argument("--operator", required=True, help=t("audit.help_operator"))
    parser.add_argument("--key", type=Path, help=t("audit.help_key"))
    parser.add_argument("--config", type=Path, help="console.toml")
    parser.add_argument("--data")
    parser.add_argument("--password-stdin", action="store_true", help=t("upkeep.cli_password_stdin"))


def _add_softphone(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    acts = commands.add_parser("softphone", help=t("softphone.cli")).add_subparsers(
        dest="softphone_command", required=True
    )
    password = acts.add_parser("password", help=t("softphone.cli_password"))
    password.add_argument("--config", type=Path, help="console.toml")
    password.add_argument("--seat")
    password.add_argument("--stdin", action="store_true", help=t("softphone.cli_stdin"))
    run = acts.add_parser("run", help=t("softphone.cli_run"))
    run.add_argument("--data", type=Path, required=True)
    run.add_argument("--exchange", required=True)
    run.add_argument("--ca", type=Path)


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)


def _names_operator(given: Sequence[str]) -> bool:
    return any(one.partition("=")[0] == "--operator" for one in given)
