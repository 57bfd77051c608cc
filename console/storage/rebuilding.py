"""A damaged database gives way to a fresh one with all that could be read of it; it is never deleted."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from console.storage.checking import ended_uncleanly
from console.storage.errors import OtherPurpose, StorageError, Unreadable
from console.storage.folders import sync_file, sync_folder
from console.storage.salvage.log import log_of
from models.clock import Clock

if TYPE_CHECKING:
    from console.storage.refilling import Filled
    from console.storage.salvage.reading import Salvaged

_READY = ".rebuilt"
_REPORT = ".json"
_SIDES = ("-wal", "-shm")
_COUNTS = ("unsent", "refused", "records", "lost")


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What was saved into the fresh database and where the damaged one lies now.

    `unsent` acts wait for the server, `refused` are listed again; `lost` pages or rows could not be read.
    """

    aside: Path
    unsent: int = 0
    refused: int = 0
    records: int = 0
    lost: int = 0


def rebuild(path: Path, key: bytes, operator: str, clock: Clock, practice: bool) -> Rebuilt:
    """Put a fresh database in the place of a damaged one, under the same key and a new device epoch.

    Nobody else may have the file open. Ids of acts are kept, so that nothing is applied twice; feeds are
    pulled from their start. Raises Unreadable where nothing shows that the key belongs to the file (then
    nothing is changed), OSError, and StorageError where the fresh file cannot be written.
    """
    from console.storage.salvage.reading import salvage

    found = salvage(path, key)
    if not found.any:
        raise Unreadable(path)
    return replace_by(path, key, (operator, practice), [found], "damaged", clock)


def replace_by(
    path: Path, key: bytes, purpose: tuple[str, bool], sources: "Sequence[Salvaged]", word: str, clock: Clock
) -> Rebuilt:
    """Write a fresh database from what was read elsewhere and put it at the path; what was there is kept.

    The former file gets the word and the date into its name. A power cut leaves either the former state or a
    finished file that `finish` puts in its place. Raises OtherPurpose where a source is not this operator's.
    """
    _check_purpose(path, purpose, sources)
    now = clock.now()
    name = f"{path.stem}.{word}-{now:%Y%m%d-%H%M%S}"
    building = path.with_name(f"{name}.building")
    try:
        _clear(building)
        filled = _built(building, key, purpose, sources, now)
        lost = filled.lost + sum(one.lost_pages for one in sources)
        aside = path.with_name(name + path.suffix)
        told = Rebuilt(aside, filled.unsent, filled.refused, filled.records, lost)
        _write_down(told)
        building.rename(path.with_name(f"{name}{_READY}"))
        sync_folder(path.parent)
        finish(path)
    except OSError as cause:
        raise StorageError(path) from cause
    finally:
        _clear(building)
    return told


def _built(
    building: Path, key: bytes, purpose: tuple[str, bool], sources: "Sequence[Salvaged]", now: datetime
) -> "Filled":
    """Make and fill a database and wait until the disk has all of it. Raises StorageError, OSError."""
    from sqlalchemy.exc import DBAPIError

    from console.storage.opening import open_engine
    from console.storage.refilling import refill

    engine = open_engine(building, key, *purpose)
    try:
        with engine.begin() as connection:
            filled = refill(connection, purpose[0], sources, now)
    except DBAPIError as error:
        raise StorageError(building) from error
    finally:
        engine.dispose()
    if ended_uncleanly(building):
        # The log could not be folded in: the file alone is not all there is.
        raise StorageError(building)
    sync_file(building)
    return filled


def _clear(building: Path) -> None:
    for leftover in (building, *(building.with_name(building.name + side) for side in _SIDES)):
        leftover.unlink(missing_ok=True)


def _check_purpose(path: Path, purpose: tuple[str, bool], sources: "Sequence[Salvaged]") -> None:
    operator, practice = purpose
    wanted = {"operator": operator, "practice": "1" if practice else "0"}
    for source in sources:
        told = {str(row.get("key")): row.get("value") for row in source.of("meta")}
        if any(told.get(name, value) != value for name, value in wanted.items()):
            raise OtherPurpose(path)


def finish(path: Path) -> Path | None:
    """Put a finished fresh file in its place, also after a power cut in between; gives the one set aside."""
    for ready in sorted(path.parent.glob(f"{_escaped(path.stem)}.*{_READY}")):
        aside = path.with_name(ready.name.removesuffix(_READY) + path.suffix)
        # The log goes first: it must never lie beside a database that it does not belong to.
        for former, kept in ((log_of(path), log_of(aside)), (path, aside)):
            if former.exists():
                former.rename(kept)
                sync_folder(path.parent)
        path.with_name(path.name + "-shm").unlink(missing_ok=True)
        ready.rename(path)
        sync_folder(path.parent)
        return aside
    return None


def reports(path: Path) -> tuple[Rebuilt, ...]:
    """What was saved out of the damaged databases that still lie beside this one, oldest first."""
    told = []
    for aside in sorted(path.parent.glob(f"{_escaped(path.stem)}.damaged-*{path.suffix}")):
        try:
            counts = json.loads(aside.with_suffix(_REPORT).read_bytes())
            told.append(Rebuilt(aside, **{name: int(counts[name]) for name in _COUNTS}))
        except (OSError, ValueError, KeyError, TypeError):
            told.append(Rebuilt(aside))
    return tuple(told)


def _write_down(told: Rebuilt) -> None:
    report = told.aside.with_suffix(_REPORT)
    report.write_text(json.dumps({name: getattr(told, name) for name in _COUNTS}), encoding="utf-8")
    sync_file(report)


def _escaped(name: str) -> str:
    return "".join(f"[{sign}]" if sign in "*?[" else sign for sign in name)
