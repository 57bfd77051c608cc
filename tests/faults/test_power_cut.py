"""The power is cut while the console writes: what was not synced is dropped, torn or kept, in any order.

What the screen called saved must be in the file, which opens without being rebuilt. The same check finds
that something is lost where the file is written with less care than `synchronous=FULL`.
"""

from dataclasses import dataclass
from pathlib import Path
from random import Random

import pytest

from console.storage.entering import Place, enter
from console.storage.errors import StorageError
from console.storage.rebuilding import Rebuilt
from models.operation import Operation
from tests.console.storage.acts import CLOCK, KEY, OPERATOR, text_of
from tests.faults.power.disk import Disk
from tests.faults.power.recording import Event, recorded
from tests.support.soak import runs

SAVES = runs(60, 400)
CUTS = runs(60, 400)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "workstation"
    folder.mkdir()
    return folder


def test_what_was_called_saved_survives_the_cut(folder: Path, tmp_path: Path) -> None:
    cuts = _cuts(_run(folder, "FULL", pages=12), tmp_path)
    assert [cut for cut in cuts if cut.found < cut.said] == []
    assert [cut for cut in cuts if cut.rebuilt or not cut.opened] == []
    assert sum(cut.said > 0 for cut in cuts) > CUTS / 2


@pytest.mark.parametrize("careless", ["NORMAL", "OFF"])
def test_the_check_finds_what_a_careless_console_loses(folder: Path, tmp_path: Path, careless: str) -> None:
    cuts = _cuts(_run(folder, careless, pages=100), tmp_path)
    lost = [cut for cut in cuts if cut.found < cut.said or cut.rebuilt is not None or not cut.opened]
    assert len(lost) > CUTS / 4


def test_the_check_finds_a_file_that_nothing_can_be_read_of(tmp_path: Path) -> None:
    (tmp_path / f"{OPERATOR}.db").write_bytes(bytes(4096))
    cut = _found(tmp_path, seed=0, said=1)
    assert (cut.opened, cut.found) == (False, 0)


@dataclass(frozen=True)
class _Cut:
    """What was said to be saved, and what was there after; `opened` is false where nothing could be read."""

    seed: int
    said: int
    found: int = 0
    rebuilt: Rebuilt | None = None
    opened: bool = True


def _run(folder: Path, synchronous: str, pages: int) -> list[Event]:
    path = folder / f"{OPERATOR}.db"
    return recorded(folder, "tests.faults.power.writing", str(path), str(SAVES), synchronous, str(pages))


def _cuts(events: list[Event], tmp_path: Path) -> list[_Cut]:
    random = Random(len(events))
    moments = sorted(random.randrange(len(events)) for _ in range(CUTS))
    disk, heard, cuts = Disk(), 0, []
    for seed, moment in enumerate(moments):
        for event in events[heard:moment]:
            disk.hear(event)
        heard = moment
        folder = tmp_path / f"cut-{seed}"
        folder.mkdir()
        disk.cut_power(folder, Random(seed))
        cuts.append(_found(folder, seed, disk.said))
    return cuts


def _found(folder: Path, seed: int, said: int) -> _Cut:
    try:
        storage, rebuilt = enter(Place(folder / f"{OPERATOR}.db", KEY, OPERATOR, False), CLOCK)
    except StorageError:
        return _Cut(seed, said, opened=False)
    try:
        text = text_of(storage, "n") if storage.record("note", "n") else ""
        batch = storage.next_push(500)
        waiting: list[Operation] = [one for _, one in batch.rows] if batch else []
        assert len({one.op for one in waiting}) == len(waiting)
        return _Cut(seed, said, int(text.split()[0]) if text else 0, rebuilt)
    finally:
        storage.close()
