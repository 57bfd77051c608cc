"""Records as documents with the columns by which the server finds them."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, Row, func, select, tuple_

from models.codec import Document
from server.central.storage.tables import record
from server.central.storage.upsert import put

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """One record. Empty columns are those its type does not have.

    `level` is the peak of an assessment, `caller` the keyed hash of the number of an incoming call,
    `at` when a call came (ISO 8601 in UTC, so that it sorts), `taken` when this server first took the
    record (seconds since 1970, UTC): what rights that end are counted from.
    """

    type: str
    id: str
    ver: int
    doc: Document
    site: str
    author: str = ""
    call: str = ""
    note: str = ""
    level: str = ""
    caller: str = ""
    at: str = ""
    taken: float = 0.0

    @property
    def key(self) -> Key:
        """Type and id."""
        return self.type, self.id


@dataclass(frozen=True, slots=True)
class CallerFigures:
    """What the calls of one number add up to; `last_at` is "" where there is none."""

    calls: int
    last_at: str
    last_level: str


def sites_of(connection: Connection, keys: Collection[Key]) -> set[str]:
    """The sites of those of the records that exist."""
    query = select(record.c.site).distinct().where(tuple_(record.c.type, record.c.id).in_(keys))
    return set(connection.scalars(query)) if keys else set()


def find_records(connection: Connection, keys: Collection[Key]) -> dict[Key, Kept]:
    """Those of the records that exist."""
    query = select(record).where(tuple_(record.c.type, record.c.id).in_(keys))
    found = map(_kept, connection.execute(query)) if keys else ()
    return {kept.key: kept for kept in found}


def records_of_calls(connection: Connection, calls: Collection[str]) -> list[Kept]:
    """All that belongs to the calls: themselves, notes, assessments, referrals."""
    query = select(record).where(record.c.call.in_(calls)).order_by(record.c.type, record.c.id)
    return [_kept(row) for row in connection.execute(query)]


def write_records(connection: Connection, records: Iterable[Kept]) -> None:
    """Write records, new ones and changed ones."""
    put(connection, record, [asdict(kept) for kept in records])


def caller_figures(connection: Connection, site: str, caller: str) -> CallerFigures:
    """Count a number's calls at a site and find the level of the last one that was assessed."""
    call = record.alias("call")
    risk = record.alias("risk")
    mine = (call.c.type == "call") & (call.c.caller == caller) & (call.c.site == site)
    calls, last_at = connection.execute(select(func.count(), func.max(call.c.at)).where(mine)).one()
    level = connection.scalar(
        select(risk.c.level)
        .select_from(risk.join(call, risk.c.call == call.c.id))
        .where(mine, risk.c.type == "risk", risk.c.level != "")
        .order_by(call.c.at.desc(), risk.c.level.desc())
        .limit(1)
    )
    return CallerFigures(calls, last_at or "", level or "")


def _kept(row: Row[tuple[object, ...]]) -> Kept:
    return Kept(**row._asdict())
