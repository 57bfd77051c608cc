"""A hotline's own data file with a net below it: the last good copy, then the one that ships."""

from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from resources.reading import Loader, ResourceError

T = TypeVar("T")


def load_own(
    load: Loader[T], name: str, own: Path | None, kept: Path, shipped: Path, signed: Path | None = None
) -> tuple[T, ResourceError | None]:
    """The value of the hotline's own file, else of its last good copy, else of the shipped one.

    `own` is the hotline's folder (None: it has none), `kept` the folder of good copies, `signed` the file of
    that name in a pack, which comes before the one in the folder. The error is that of the own file. Raises
    ResourceError only if the shipped file is broken.
    """
    mine = mine_of(name, own, signed)
    if mine is None:
        return load(shipped), None
    value, error = load_mine(load, mine, kept / name)
    return (load(shipped) if value is None else value), error


def mine_of(name: str, own: Path | None, signed: Path | None) -> Path | None:
    """The hotline's own file of a name, None where it has none."""
    if signed is not None:
        return signed
    return own / name if own and (own / name).exists() else None


def load_mine(load: Loader[T], mine: Path, copy: Path) -> tuple[T | None, ResourceError | None]:
    """The value of a file, else of its last good copy, and what is wrong with it; None where both fail."""
    try:
        value = load(mine)
    except ResourceError as error:
        with suppress(ResourceError):
            return load(copy), error
        return None, error
    _keep(mine, copy)
    return value, None


def _keep(mine: Path, copy: Path) -> None:
    """Keep a good file; a folder that cannot be written costs the net below, not the start."""
    fresh = copy.with_suffix(".new")
    with suppress(OSError):
        copy.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(mine.read_bytes())
        fresh.replace(copy)
