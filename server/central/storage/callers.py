"""Numbers with a place of their own in the queue: open with R3 or R4, or approved misuse."""

from dataclasses import asdict, dataclass

from sqlalchemy import Connection, insert, or_, select, text, update

from server.central.storage.tables import lowered_caller, record

_FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class AlarmingRow:
    """An assessment with R3 or R4: the number of its call, its author, when the call came (ISO 8601, UTC)."""

    caller: str
    level: str
    author: str
    at: str
    finished: bool


@dataclass(frozen=True, slots=True)
class LoweredRow:
    """Approved misuse. Times are seconds since 1970, UTC; `ended` is 0 before somebody ended it."""

    id: str
    site: str
    caller: str
    call: str
    reason: str
    by: str
    at: float
    until: float
    ended: float = 0.0


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


def lowered_of(connection: Connection, site: str, now: float) -> list[LoweredRow]:
    """The marks of a site that count now, the newest first."""
    counts = (lowered_caller.c.site == site) & (lowered_caller.c.ended == 0) & (lowered_caller.c.until > now)
    rows = connection.execute(select(lowered_caller).where(counts).order_by(lowered_caller.c.at.desc()))
    return [LoweredRow(**row) for row in rows.mappings()]


def add_lowered(connection: Connection, mark: LoweredRow) -> None:
    """Keep a new mark."""
    connection.execute(insert(lowered_caller).values(asdict(mark)))


def end_lowered(connection: Connection, mark: str, now: float) -> None:
    """The mark counts no more."""
    connection.execute(update(lowered_caller).where(lowered_caller.c.id == mark).values(ended=now))
