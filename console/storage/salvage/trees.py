"""Rows out of pages, as SQLite's file format lays them down (https://sqlite.org/fileformat2.html)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from console.storage.salvage.pages import USABLE

_LEAF = 0x0D
_INTERIOR = 0x05
_FIRST_PAGE_HEADER = 100
_MOST_LOCAL = USABLE - 35
_LEAST_LOCAL = (USABLE - 12) * 32 // 255 - 23
_MOST_PAYLOAD = 1_000_000_000
_INTEGER_BYTES = (0, 1, 2, 3, 4, 6, 8)

Row = tuple[int, list[Any]]
"""The number of a row and its values."""


@dataclass(slots=True)
class Walk:
    """The leaves under a root that were reached, every page on the way, and whether any was unreadable."""

    leaves: list[int] = field(default_factory=list)
    reached: set[int] = field(default_factory=set)
    broken: bool = False


def walk(pages: Mapping[int, bytes], root: int) -> Walk:
    """Follow a table from its root to all leaves that can be reached."""
    done, ahead = Walk(), [root]
    while ahead:
        number = ahead.pop()
        page = pages.get(number)
        if number in done.reached:
            continue
        done.reached.add(number)
        kind = page[_start(number)] if page else 0
        if page and kind == _LEAF:
            done.leaves.append(number)
        elif page and kind == _INTERIOR:
            ahead += _children(page, _start(number))
        else:
            done.broken = True
    return done


def is_leaf(number: int, page: bytes) -> bool:
    """True where a page looks like one that holds rows of a table."""
    return page[_start(number)] == _LEAF


def rows(pages: Mapping[int, bytes], number: int) -> Iterator[Row]:
    """The rows on a leaf that can be read to their end."""
    page, start = pages[number], _start(number)
    for index in range(int.from_bytes(page[start + 3 : start + 5], "big")):
        place = start + 8 + 2 * index
        try:
            yield _row(pages, page, int.from_bytes(page[place : place + 2], "big"))
        except (IndexError, KeyError, ValueError):
            continue


def free_pages(pages: Mapping[int, bytes]) -> set[int]:
    """The pages that the file holds in reserve: what stands on them was deleted."""
    free: set[int] = set()
    trunk = int.from_bytes(pages.get(1, bytes(USABLE))[32:36], "big")
    while trunk and trunk not in free:
        free.add(trunk)
        page = pages.get(trunk)
        if page is None:
            break
        count = min(int.from_bytes(page[4:8], "big"), USABLE // 4 - 2)
        free.update(int.from_bytes(page[8 + 4 * n : 12 + 4 * n], "big") for n in range(count))
        trunk = int.from_bytes(page[:4], "big")
    return free


def _start(number: int) -> int:
    return _FIRST_PAGE_HEADER if number == 1 else 0


def _children(page: bytes, start: int) -> list[int]:
    count = min(int.from_bytes(page[start + 3 : start + 5], "big"), USABLE // 2)
    children = [int.from_bytes(page[start + 8 : start + 12], "big")]
    for index in range(count):
        place = start + 12 + 2 * index
        cell = int.from_bytes(page[place : place + 2], "big")
        children.append(int.from_bytes(page[cell : cell + 4], "big"))
    return children


def _row(pages: Mapping[int, bytes], page: bytes, at: int) -> Row:
    length, at = _varint(page, at)
    number, at = _varint(page, at)
    if length > _MOST_PAYLOAD:
        raise ValueError(length)
    payload = _payload(pages, page, at, length)
    header, place = _varint(payload, 0)
    kinds = []
    while place < header:
        kind, place = _varint(payload, place)
        kinds.append(kind)
    values = []
    for kind in kinds:
        value, place = _value(payload, place, kind)
        values.append(value)
    return number - (1 << 64) if number >> 63 else number, values


def _payload(pages: Mapping[int, bytes], page: bytes, at: int, length: int) -> bytes:
    local = length
    if length > _MOST_LOCAL:
        local = _LEAST_LOCAL + (length - _LEAST_LOCAL) % (USABLE - 4)
        local = local if local <= _MOST_LOCAL else _LEAST_LOCAL
    parts, have = [page[at : at + local]], local
    following = int.from_bytes(page[at + local : at + local + 4], "big") if local < length else 0
    while have < length:
        more = pages[following]
        following = int.from_bytes(more[:4], "big")
        parts.append(more[4 : 4 + min(length - have, USABLE - 4)])
        have += len(parts[-1])
    whole = b"".join(parts)
    if len(whole) != length:
        raise ValueError(length)
    return whole


def _value(payload: bytes, at: int, kind: int) -> tuple[Any, int]:
    if kind in (0, 8, 9):
        return (None, 0, 1)[(0, 8, 9).index(kind)], at
    if kind <= 6:
        end = at + _INTEGER_BYTES[kind]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind < 12:
        # Real numbers, and what the format keeps for itself: no table of ours holds any.
        raise ValueError(kind)
    end = at + (kind - 12) // 2
    if end > len(payload):
        raise ValueError(kind)
    content = payload[at:end]
    return (content.decode() if kind % 2 else content), end


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for count in range(8):
        byte = data[at + count]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + count + 1
    return value << 8 | data[at + 8], at + 9
