"""Numbers with a place of their own in the queue: open with R3 or R4, or approved misuse."""

from dataclasses import dataclass

from sqlalchemy import Connection, or_, select, text

from server.central.storage.tables import record

_FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class AlarmingRow:
    """An assessment with R3 or R4: the number of its call, its author, when the call came (ISO 8601, UTC)."""

    caller: str
    level: str
    author: str
    at: str
    finished: bool


def alarming_of(connection: Connection, site: str, levels: frozenset[str], since: str) -> list[AlarmingRow]:
    """Assessments of these levels whose note is not handed in, or whose call came `since` then."""
    call, risk, note = record.alias("call"), record.alias("risk"), record.alias("note")
    state = note.c.coded["state"].as_string()
    query = (
        select(call.c.caller, risk.c.level, risk.c.author, call.c.at, state)
        .select_from(
            risk.join(call, (call.c.type == "call") & (call.c.id == risk.c.call)).outerjoin(
                note, (note.c.type == "note") & (note.c.id == risk.c.note)
            )
        )
        .where(
            risk.c.type == "risk",
            risk.c.site == site,
            call.c.site == site,
            risk.c.level.in_(levels),
            text("risk.call <> ''"),
            text("call.caller <> ''"),
            or_(call.c.at >= since, state != _FINISHED, state.is_(None)),
        )
    )
    return [AlarmingRow(*row[:4], finished=row[4] == _FINISHED) for row in connection.execute(query)]
