"""A hotline's own data file with a net below it: the last good copy, then the one that ships."""

from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from resources.reading import Loader, ResourceError

T = TypeVar("T")


def load_own(
    load: Loader[T], name: str, own: Path | None, kept: Path, shipped: Path
) -> tuple[T, ResourceError | None]:
    """The value of the hotline's own file, else of its last good copy, else of the shipped one.

    `own` is the hotline's folder (None: it has none), `kept` the folder of good copies. The error is that
    of the own file. Raises ResourceError only if the shipped file is broken.
    """
    mine = own / name if own else None
    if mine is None or not mine.exists():
        return load(shipped), None
    try:
        value = load(mine)
    except ResourceError as error:
        return _before(load, kept / name, shipped), error
    _keep(mine, kept / name)
    return value, None


def _before(load: Loader[T], copy: Path, shipped: Path) -> T:
    try:
        return load(copy)
    except ResourceError:
        return load(shipped)


def _keep(mine: Path, copy: Path) -> None:
    """Keep a good file; a folder that cannot be written costs the net below, not the start."""
    fresh = copy.with_suffix(".new")
    with suppress(OSError):
        copy.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_bytes(mine.read_bytes())
        fresh.replace(copy)
