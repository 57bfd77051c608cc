"""Marks of misuse by their readable codes: nothing is unsealed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, select, text

from models.codec import Document
from server.central.storage.lookup import rows_of_records
from server.central.storage.numbers import calls_of_numbers, levels_of_calls
from server.central.storage.tables import record

_CALL = ("id", "site", "caller")


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A mark that nobody ended: the number of the call it was asked for on, its codes, when it was taken."""

    caller: str
    coded: Document
    taken: float


def open_marks(connection: Connection, site: str, since: datetime) -> list[MarkRow]:
    """The marks of a site that nobody ended and that the server took `since` then, whatever their time."""
    query = (
        select(record.c.call, record.c.coded, record.c.taken)
        .where(
            text("record.type = 'mark'"),
            text("record.level = ''"),
            record.c.site == site,
            record.c.taken >= since.timestamp(),
        )
        .order_by(record.c.taken, record.c.id)
    )
    marks = connection.execute(query).all()
    calls = rows_of_records(connection, record, _CALL, {("call", mark.call) for mark in marks})
    callers = {call: caller for call, at_site, caller in calls if at_site == site and caller}
    return [MarkRow(callers[mark.call], mark.coded, mark.taken) for mark in marks if mark.call in callers]


def alarming_at(
    connection: Connection, site: str, callers: Collection[str], levels: Collection[str]
) -> dict[str, datetime]:
    """When the server last learned that a call of each of these numbers had reached one of these levels."""
    calls = {
        call: caller for at_site, caller, call, _ in calls_of_numbers(connection, callers) if at_site == site
    }
    last: dict[str, float] = {}
    for call, kind, level, at_site, taken, coded in levels_of_calls(connection, calls):
        reached = (coded or {}).get("level") if kind == "alert" else level if kind == "risk" else ""
        if at_site == site and reached in levels:
            last[calls[call]] = max(taken, last.get(calls[call], taken))
    return {caller: datetime.fromtimestamp(taken, UTC) for caller, taken in last.items()}
