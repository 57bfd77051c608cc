"""Grants, the log of what was done and delivered by rights, and how far ageing has come."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, text, tuple_, update

from models.trace.entry import Act, Happening, as_code
from server.central.storage import recording
from server.central.storage.records import Key
from server.central.storage.tables import access_grant, access_log, meta, record
from server.central.storage.upsert import put_missing

_HAS_CALL = text("record.call <> ''")
_ACTS = {
    "asked": Act.GLASS,
    "gave": Act.GRANTED,
    "ended": Act.WITHDRAWN,
    "delivered": Act.DELIVERED,
    "hold_set": Act.HELD,
    "hold_lift": Act.HELD,
    "hold_confirm": Act.HELD,
    "erasure_asked": Act.ASKED,
    "erased": Act.ERASED,
    "played": Act.READ,
}


@dataclass(frozen=True, slots=True)
class GrantRow:
    """One grant; times in seconds since 1970, UTC; `ended` is 0 while it runs."""

    id: str
    account: str
    note: str
    call: str
    site: str
    reason: str
    granted_by: str
    at: float
    until: float
    ended: float = 0.0


@dataclass(frozen=True, slots=True)
class Logged:
    """Who did or was given what: a record of a type, in a feed or "", for a reason or "" (kept in words)."""

    at: float
    actor: str
    act: str
    type: str
    record: str
    feed: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Aged:
    """A record and since when the server has it."""

    type: str
    id: str
    taken: float
    site: str

    @property
    def key(self) -> Key:
        """Type and id."""
        return self.type, self.id


def log(connection: Connection, entries: Iterable[Logged]) -> None:
    """Keep entries for ever, and all but their words in the trace too."""
    kept = list(entries)
    if kept:
        connection.execute(insert(access_log), [asdict(one) for one in kept])
        at = datetime.fromtimestamp(kept[0].at, UTC)
        recording.record(connection, at, *((one.actor, _happening(one)) for one in kept))


def _happening(one: Logged) -> Happening:
    act = Act.FAILED if one.act.startswith("refused") else _ACTS.get(one.act, Act.CHANGED)
    where, reason = as_code(one.feed), as_code(one.act)
    return Happening(act, as_code(one.type), as_code(one.record), where=where, reason=reason)


def add_grant(connection: Connection, grant: GrantRow) -> None:
    """Keep a new grant."""
    connection.execute(insert(access_grant).values(asdict(grant)))


def grants_over(connection: Connection, now: float, most: int) -> list[GrantRow]:
    """Grants whose time is over and which have not ended yet, for this transaction alone."""
    query = (
        select(access_grant)
        .where(access_grant.c.ended == 0, access_grant.c.until <= now)
        .order_by(access_grant.c.until, access_grant.c.id)
        .limit(most)
        .with_for_update()
    )
    return [GrantRow(**row._asdict()) for row in connection.execute(query)]


def grants_of_call(connection: Connection, call: str) -> list[GrantRow]:
    """Every grant of a call's records that has not ended."""
    query = select(access_grant).where(access_grant.c.ended == 0, access_grant.c.call == call)
    return [GrantRow(**row._asdict()) for row in connection.execute(query)]


def grant_ids(connection: Connection, call: str) -> list[str]:
    """Every grant of a call's records there ever was."""
    return list(connection.scalars(select(access_grant.c.id).where(access_grant.c.call == call)))


def running_notes(connection: Connection, account: str, calls: Collection[str], now: float) -> set[str]:
    """The notes of these calls that an account still has by a grant."""
    here = access_grant.c
    query = select(here.note).where(
        here.account == account, here.call.in_(calls), here.ended == 0, here.until > now
    )
    return set(connection.scalars(query))


def end_grants(connection: Connection, ids: Collection[str], now: float) -> None:
    """Note that these have ended."""
    connection.execute(update(access_grant).where(access_grant.c.id.in_(ids)).values(ended=now))


def forget_reasons(connection: Connection, call: str) -> None:
    """Blank the words by which records of a call were asked for."""
    connection.execute(update(access_grant).where(access_grant.c.call == call).values(reason=""))
    # Looked up first: a planner that knows nothing of the log would rather go through all of it.
    notes = set(connection.scalars(select(access_grant.c.note).where(access_grant.c.call == call)))
    told = (access_log.c.type == "note") & access_log.c.record.in_(notes)
    connection.execute(update(access_log).where(told).values(reason=""))


def locked_mark(connection: Connection, name: str) -> tuple[float, str]:
    """How far something has come among the records by age; for this transaction alone."""
    put_missing(connection, meta, [{"key": name, "value": "0 "}])
    text = connection.execute(select(meta.c.value).where(meta.c.key == name).with_for_update()).scalar_one()
    taken, _, last = text.partition(" ")
    return float(taken), last


def move_mark(connection: Connection, name: str, taken: float, last: str) -> None:
    """Note how far it has come."""
    connection.execute(update(meta).where(meta.c.key == name).values(value=f"{taken!r} {last}"))


def aged(connection: Connection, kind: str, after: tuple[float, str], until: float, most: int) -> list[Aged]:
    """The next records of a type that were taken at or before a moment, the oldest first."""
    here = record.c
    query = (
        select(here.type, here.id, here.taken, here.site)
        .where(
            here.type == kind, _HAS_CALL, tuple_(here.taken, here.id) > tuple_(*after), here.taken <= until
        )
        .order_by(here.taken, here.id)
        .limit(most)
    )
    return [Aged(**row._asdict()) for row in connection.execute(query)]
