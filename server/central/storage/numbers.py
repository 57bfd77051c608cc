"""What the calls of a number add up to, read along the number and the call, never along all there is."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, or_, select, text

from server.central.storage.bulk import Values, given, is_postgresql, rows_of
from server.central.storage.records import Caller
from server.central.storage.tables import record

_HAS_CALL = text("record.call <> ''")
_HAS_CALLER = text("record.caller <> ''")
# Nearly always the last call was assessed.
_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class CallerFigures:
    """What the calls of one number add up to; `last_at` is "" where there is none."""

    calls: int = 0
    last_at: str = ""
    last_level: str = ""


def figures_of_callers(connection: Connection, callers: Collection[Caller]) -> dict[Caller, CallerFigures]:
    """Count the calls of numbers at sites, and find the level of the last one of each that was assessed."""
    calls: dict[Caller, list[tuple[str, str]]] = defaultdict(list)
    for site, caller, call, at in calls_of_numbers(connection, {caller for _, caller in callers}):
        calls[site, caller].append((at, call))
    levels = _last_levels(connection, {key: sorted(those) for key, those in calls.items()})
    return {
        key: CallerFigures(len(those), max(those)[0], levels.get(key, "")) for key, those in calls.items()
    }


def calls_of_numbers(connection: Connection, callers: Collection[str]) -> list[tuple[str, str, str, str]]:
    """Site, number, id and time of each call of these numbers."""
    if not callers:
        return []
    query = _calls_query(is_postgresql(connection))
    return [
        (row[0], row[1], row[2], row[3]) for row in rows_of(connection, query, {"callers": list(callers)})
    ]


def levels_of_calls(connection: Connection, calls: Collection[str]) -> list[Values]:
    """Of each assessment and alert of these calls: call, type, level, site, when it was taken, codes."""
    if not calls:
        return []
    return list(rows_of(connection, _levels_query(is_postgresql(connection)), {"calls": list(calls)}))


def _last_levels(connection: Connection, calls: Mapping[Caller, list[tuple[str, str]]]) -> dict[Caller, str]:
    """The level of the last assessed of these calls, which are in the order of time."""
    last = {key: those[-_AT_ONCE:] for key, those in calls.items()}
    found = _levels_among(connection, last)
    before = {key: those[:-_AT_ONCE] for key, those in calls.items() if key not in found}
    return {**found, **_levels_among(connection, before)}


def _levels_among(connection: Connection, calls: Mapping[Caller, list[tuple[str, str]]]) -> dict[Caller, str]:
    levels: dict[str, str] = {}
    for call, kind, level, *_ in levels_of_calls(
        connection, {c for those in calls.values() for _, c in those}
    ):
        if kind == "risk" and level:
            levels[call] = max(level, levels.get(call, ""))
    assessed = {
        key: [(at, levels[call]) for at, call in those if call in levels] for key, those in calls.items()
    }
    return {key: max(known)[1] for key, known in assessed.items() if known}


# By the number or the call alone: were the type asked for too, a planner that knows nothing of the table
# would go through all of that type.
@cache
def _calls_query(postgresql: bool) -> Select[tuple[Any, ...]]:
    here = record.c
    return select(here.site, here.caller, here.id, here.at).where(
        given(postgresql, here.caller, "callers"), _HAS_CALLER
    )


@cache
def _levels_query(postgresql: bool) -> Select[tuple[Any, ...]]:
    here = record.c
    told = or_(here.level != "", here.type == "alert")
    columns = (here.call, here.type, here.level, here.site, here.taken, here.coded)
    return select(*columns).where(given(postgresql, here.call, "calls"), _HAS_CALL, told)
