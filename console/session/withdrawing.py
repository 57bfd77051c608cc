"""Operators whose access was withdrawn: their envelopes are wiped as soon as all they wrote was handed in."""

from pathlib import Path
from urllib.parse import unquote

from console.session.files import OperatorFiles, write_private
from console.session.keys import wipe

_ENVELOPE = ".key"
_MARK = ".draining"


def mark(folder: Path, *operators: str) -> None:
    """The server let these in no more. Raises OSError."""
    for operator in operators:
        write_private(_mark(folder, operator), b"")


def unmark(folder: Path, operator: str) -> None:
    """The server lets this one in."""
    _mark(folder, operator).unlink(missing_ok=True)


def all_here(folder: Path) -> list[str]:
    """Everybody who has an envelope here: all of them go when the workstation itself was revoked."""
    return [unquote(path.name.removesuffix(_ENVELOPE)) for path in sorted(folder.glob(f"*{_ENVELOPE}"))]


def marked(folder: Path) -> list[str]:
    """Who is marked."""
    return [unquote(path.name.removesuffix(_MARK)) for path in sorted(folder.glob(f"*{_MARK}"))]


def finish(folder: Path, operator: str) -> None:
    """Everything was handed in: wipe the envelopes. Raises OSError."""
    wipe(folder, operator)
    unmark(folder, operator)


def _mark(folder: Path, operator: str) -> Path:
    return OperatorFiles(folder, operator).database.with_suffix(_MARK)
