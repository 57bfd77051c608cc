"""The command line `xinqiao`: the console itself, practice, and the door to server and gateway."""

import argparse
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from resources.texts import t

SERVER_COMMANDS = ("server", "gateway", "operator")
EXIT_USAGE = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given and given[0] in SERVER_COMMANDS:
        # Another program: the console imports nothing of the server.
        return subprocess.run([sys.executable, "-m", "server", *given], check=False).returncode
    options = _parser().parse_args(given)
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
    practice.add_argument("--role", choices=("operator", "lead"), default="operator")
    practice.add_argument(
        "--folder", type=Path, default=Path(os.environ.get("XINQIAO_PRACTICE", "build/practice"))
    )
    practice.add_argument("--demo", type=Path, help=t("practice.cli_demo"))
    practice.add_argument("--size", type=_size, default=(1366, 768), help=t("practice.cli_size"))
    for parser_ in (console, practice):
        parser_.add_argument("--language", choices=("zh_CN", "en"))
        parser_.add_argument("--theme", choices=("light", "dark"))
    for name in SERVER_COMMANDS:
        commands.add_parser(name, help=f"python -m server {name}")
    return parser


def _size(text: str) -> tuple[int, int]:
    width, _, height = text.partition("x")
    return int(width), int(height)
