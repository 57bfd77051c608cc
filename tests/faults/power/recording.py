"""What a program told the disk, call by call, as the kernel heard it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.support.processes import program

ROOT = Path(__file__).resolve().parents[3]
_CALLS = "openat,write,pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat,rename,renameat,renameat2"
_LINE = re.compile(r"^(\w+)\((.*)\)\s+= (\d+)")
_HANDLE = re.compile(r"^(\d+)<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')
_NUMBER = re.compile(r", (\d+)")


@dataclass(frozen=True, slots=True)
class Wrote:
    name: str
    at: int
    data: bytes


@dataclass(frozen=True, slots=True)
class Cut:
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Synced:
    """A file; "" is the folder itself."""

    name: str


@dataclass(frozen=True, slots=True)
class Removed:
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """The program told somebody outside that this much is saved."""

    number: int


Event = Wrote | Cut | Synced | Removed | Said


def recorded(folder: Path, *arguments: str) -> list[Event]:
    """Run a module of the tests to its end and give what it told the disk about the files in a folder."""
    trace = folder.parent / f"{folder.name}.trace"
    # Strings whole and in hexadecimal, handles with the names of their files.
    watched = [program("strace"), "-y", "-xx", "-s", "200000", "-e", f"trace={_CALLS}", "-o", str(trace)]
    subprocess.run(
        [*watched, sys.executable, "-m", *arguments], cwd=ROOT, check=True, stdout=subprocess.DEVNULL
    )
    with trace.open() as lines:
        events = [event for line in lines for event in _event(line, folder)]
    trace.unlink()
    return events


def _event(line: str, folder: Path) -> Iterator[Event]:
    found = _LINE.match(line)
    if found is None:
        return
    call, rest, result = found.groups()
    handle = _HANDLE.match(rest)
    if call in ("unlink", "unlinkat"):
        name = _inside(_TEXT.findall(rest)[0], folder)
        if name:
            yield Removed(name)
    elif call == "write" and handle and handle[1] == "1":
        told = bytes.fromhex(_TEXT.findall(rest)[0].replace("\\x", "")).decode()
        yield from (Said(int(number)) for number in told.split())
    elif handle:
        name = _inside(handle[2], folder)
        if name is None:
            return
        yield from _of_file(call, rest[handle.end() :], name, int(result))


def _of_file(call: str, rest: str, name: str, result: int) -> Iterator[Event]:
    match call:
        case "pwrite64":
            data = bytes.fromhex(_TEXT.findall(rest)[0].replace("\\x", ""))
            yield Wrote(name, int(_NUMBER.findall(rest)[-1]), data[:result])
        case "ftruncate":
            yield Cut(name, int(_NUMBER.findall(rest)[-1]))
        case "fsync" | "fdatasync":
            yield Synced(name)
        case "write":
            raise AssertionError(f"a write without a place: {name}")


def _inside(escaped: str, folder: Path) -> str | None:
    """The name of a file in the folder, "" for the folder, None for what lies elsewhere."""
    path = os.fsdecode(bytes.fromhex(escaped.replace("\\x", "")))
    if path == str(folder):
        return ""
    parent, _, name = path.rpartition("/")
    return name if parent == str(folder) else None
