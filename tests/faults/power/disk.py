"""A disk that holds what was synced, and of the rest whatever the power left: whole, torn, or nothing."""

from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random

from tests.faults.power.recording import Cut, Event, Removed, Said, Synced, Wrote

SECTOR = 512


@dataclass(eq=False)
class _File:
    synced: bytearray = field(default_factory=bytearray)
    pending: list[Wrote | Cut] = field(default_factory=list)

    def settle(self) -> None:
        for event in self.pending:
            _apply(self.synced, event)
        self.pending.clear()

    def after_the_cut(self, random: Random) -> bytes:
        """Each write that was not synced: all of it, some of its sectors, or none; in no order."""
        content = bytearray(self.synced)
        for event in self.pending:
            match random.choice(("kept", "torn", "gone")), event:
                case "kept", _:
                    _apply(content, event)
                case "torn", Wrote(name, at, data):
                    for start, end in _sectors(at, at + len(data)):
                        if random.random() < 0.5:
                            _apply(content, Wrote(name, start, data[start - at : end - at]))
        return bytes(content)


class Disk:
    """Hears what a program does; at any moment the power may go."""

    def __init__(self) -> None:
        self._names: dict[str, _File] = {}
        self._synced_names: dict[str, _File] = {}
        self.said = 0

    def hear(self, event: Event) -> None:
        match event:
            case Wrote(name) | Cut(name):
                self._names.setdefault(name, _File()).pending.append(event)
            case Synced(""):
                self._synced_names = dict(self._names)
            case Synced(name):
                file = self._names.setdefault(name, _File())
                file.settle()
                # A journalling file system brings the name of a new file along with its content.
                self._synced_names.setdefault(name, file)
            case Removed(name):
                self._names.pop(name, None)
            case Said(number):
                self.said = number

    def cut_power(self, folder: Path, random: Random) -> None:
        """Write what a disk may hold now into an empty folder; memory shared by processes is gone."""
        for name in sorted({*self._names, *self._synced_names}):
            now, before = self._names.get(name), self._synced_names.get(name)
            file = now if now is before else random.choice((now, before))
            if file is not None and not name.endswith("-shm"):
                (folder / name).write_bytes(file.after_the_cut(random))


def _apply(content: bytearray, event: Wrote | Cut) -> None:
    if isinstance(event, Cut):
        del content[event.size :]
        content.extend(bytes(event.size - len(content)))
        return
    end = event.at + len(event.data)
    content.extend(bytes(max(0, end - len(content))))
    content[event.at : end] = event.data


def _sectors(start: int, end: int) -> list[tuple[int, int]]:
    """The parts of a stretch of bytes that a disk writes one by one."""
    edges = [start, *range((start // SECTOR + 1) * SECTOR, end, SECTOR), end]
    return list(pairwise(edges))
