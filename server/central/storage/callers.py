"""Numbers with a place of their own in the queue: open with R3 or R4, or approved misuse."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select, text

from server.central.storage.bulk import Values, given, is_postgresql, rows_of
from server.central.storage.lookup import rows_of_records
from server.central.storage.tables import record

_FINISHED = "finished"
# As the indexes have it, so that they are the ones that are read.
_IS_RISK = text("record.type = 'risk'")
_ALARMING = text("record.level IN ('R3', 'R4')")
_DRAFT = text("record.type = 'note' AND record.level = 'D'")
_HAS_CALL = text("record.call <> ''")
_CLOCKS_DIFFER = timedelta(days=1)
"""So much earlier than a call came, by the clock of its workstation, the server may have learned of it."""
_RISK = (record.c.call, record.c.note, record.c.level, record.c.author)
_CALL = ("id", "site", "caller", "at")


@dataclass(frozen=True, slots=True)
class AlarmingRow:
    """An assessment with R3 or R4: the number of its call, its author, when the call came (ISO 8601, UTC)."""

    caller: str
    level: str
    author: str
    at: str
    finished: bool


def alarming_of(connection: Connection, site: str, since: datetime) -> list[AlarmingRow]:
    """Assessments with R3 or R4 whose note is not handed in, or whose call came `since` then (UTC)."""
    came = since.isoformat(timespec="microseconds")
    risks = {*_recent(connection, site, since), *_of_drafts(connection, site)}
    calls = {
        call: (caller, at)
        for call, at_site, caller, at in rows_of_records(
            connection, record, _CALL, {("call", risk[0]) for risk in risks}
        )
        if at_site == site and caller
    }
    notes = rows_of_records(connection, record, ("id", "coded"), {("note", risk[1]) for risk in risks})
    finished = {note for note, coded in notes if coded.get("state") == _FINISHED}
    rows = [
        AlarmingRow(calls[call][0], level, author, calls[call][1], note in finished)
        for call, note, level, author in sorted(risks)
        if call in calls
    ]
    return [row for row in rows if row.at >= came or not row.finished]


def _recent(connection: Connection, site: str, since: datetime) -> list[Values]:
    taken = (since - _CLOCKS_DIFFER).timestamp()
    return [tuple(row) for row in rows_of(connection, _recent_query(), {"site": site, "since": taken})]


def _of_drafts(connection: Connection, site: str) -> list[Values]:
    """The alarming assessments of notes that are not handed in, however long ago they were begun."""
    drafts = dict(map(tuple, rows_of(connection, _drafts_query(), {"site": site})))
    if not drafts:
        return []
    query = _risks_query(is_postgresql(connection))
    found = rows_of(connection, query, {"calls": list(set(drafts.values()))})
    return [tuple(row) for row, at_site in ((row[:-1], row[-1]) for row in found) if at_site == site]


@cache
def _recent_query() -> Select[tuple[Any, ...]]:
    return select(*_RISK).where(
        _IS_RISK, _ALARMING, record.c.site == bindparam("site"), record.c.taken >= bindparam("since")
    )


@cache
def _drafts_query() -> Select[tuple[Any, ...]]:
    return select(record.c.id, record.c.call).where(_DRAFT, record.c.site == bindparam("site"))


@cache
def _risks_query(postgresql: bool) -> Select[tuple[Any, ...]]:
    these = given(postgresql, record.c.call, "calls")
    return select(*_RISK, record.c.site).where(these, _HAS_CALL, _ALARMING)
