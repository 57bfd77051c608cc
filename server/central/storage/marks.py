"""Marks of misuse by their readable codes: nothing is unsealed."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select, text

from models.codec import Document
from server.central.storage.tables import record


@dataclass(frozen=True, slots=True)
class MarkRow:
    """A mark that nobody ended: the number of the call it was asked for on, its codes, when it was taken."""

    caller: str
    coded: Document
    taken: float


def open_marks(connection: Connection, site: str) -> list[MarkRow]:
    """The marks of a site that are at no end, whatever their time."""
    call, mark = record.alias("call"), record.alias("mark")
    query = (
        select(call.c.caller, mark.c.coded, mark.c.taken)
        .select_from(mark.join(call, (call.c.type == "call") & (call.c.id == mark.c.call)))
        .where(
            text("mark.type = 'mark'"),
            mark.c.site == site,
            call.c.site == site,
            text("mark.level = ''"),
            call.c.caller != "",
        )
        .order_by(mark.c.taken, mark.c.id)
    )
    return [MarkRow(*row) for row in connection.execute(query)]


def alarming_at(
    connection: Connection, site: str, callers: Collection[str], levels: Collection[str]
) -> dict[str, datetime]:
    """When the server last learned that a call of each of these numbers had reached one of these levels."""
    if not callers:
        return {}
    call, told = record.alias("call"), record.alias("told")
    level = told.c.coded["level"].as_string()
    reached = ((told.c.type == "risk") & told.c.level.in_(levels)) | (
        (told.c.type == "alert") & level.in_(levels)
    )
    query = (
        select(call.c.caller, func.max(told.c.taken))
        .select_from(told.join(call, (call.c.type == "call") & (call.c.id == told.c.call)))
        .where(call.c.caller.in_(callers), call.c.site == site, told.c.site == site, reached)
        .group_by(call.c.caller)
    )
    return {caller: datetime.fromtimestamp(taken, UTC) for caller, taken in connection.execute(query)}
