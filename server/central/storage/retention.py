"""Legal holds, erasures, and what is to be erased."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, func, insert, select, tuple_, update

from server.central.storage.records import Key
from server.central.storage.tables import erasure, legal_hold, operation, record


@dataclass(frozen=True, slots=True)
class Hold:
    """A legal hold on all records of a call; times in seconds since 1970, UTC, 0 for not yet."""

    id: str
    call: str
    site: str
    reason: str
    set_by: str
    set_at: float
    confirmed_by: str = ""
    confirmed_at: float = 0.0
    lift_reason: str = ""
    lift_by: str = ""
    lift_at: float = 0.0
    lifted_by: str = ""
    lifted_at: float = 0.0

    @property
    def stage(self) -> str:
        """How far it is: set, confirmed, lifting (asked for), lifted."""
        if self.lifted_at:
            return "lifted"
        if self.lift_at:
            return "lifting"
        return "confirmed" if self.confirmed_at else "set"


@dataclass(frozen=True, slots=True)
class Erasure:
    """A wish to erase all records of a call; `done_at` is when their keys, `seals`, were destroyed."""

    id: str
    call: str
    site: str
    reason: str
    asked_by: str
    asked_at: float
    confirmed_by: str = ""
    confirmed_at: float = 0.0
    seals: tuple[int, ...] = ()
    done_at: float = 0.0


@dataclass(frozen=True, slots=True)
class OldCall:
    """A call's records and when the server took the youngest of them."""

    call: str
    site: str
    last_at: float


def add_hold(connection: Connection, hold: Hold) -> None:
    """Keep a new hold."""
    connection.execute(insert(legal_hold).values(asdict(hold)))


def change_hold(connection: Connection, hold: Hold) -> None:
    """Keep what became of a hold."""
    connection.execute(update(legal_hold).where(legal_hold.c.id == hold.id).values(asdict(hold)))


def holds_of(connection: Connection, call: str, site: str) -> list[Hold]:
    """The holds on a call that were not lifted, oldest first; for this transaction alone."""
    here = legal_hold.c
    query = (
        select(legal_hold)
        .where(here.call == call, here.site == site, here.lifted_at == 0)
        .order_by(here.set_at, here.id)
        .with_for_update()
    )
    return [Hold(**row._asdict()) for row in connection.execute(query)]


def add_erasure(connection: Connection, wish: Erasure) -> None:
    """Keep a new wish."""
    connection.execute(insert(erasure).values(asdict(wish)))


def change_erasure(connection: Connection, wish: Erasure) -> None:
    """Keep what became of a wish."""
    connection.execute(update(erasure).where(erasure.c.id == wish.id).values(asdict(wish)))


def erasures(connection: Connection, site: str = "", wish: str = "") -> list[Erasure]:
    """The wishes of a site, or the one of that id, that were not carried out.

    The one is for this transaction alone.
    """
    which = (erasure.c.id == wish) if wish else (erasure.c.site == site)
    query = select(erasure).where(which, erasure.c.done_at == 0).order_by(erasure.c.asked_at)
    query = query.with_for_update() if wish else query
    return [Erasure(**{**row._asdict(), "seals": tuple(row.seals)}) for row in connection.execute(query)]


def old_calls(connection: Connection, site: str, taken_before: float, most: int) -> list[OldCall]:
    """Calls all of whose records came and were taken at or before a moment, the oldest first.

    What is known of persons is among them, once their last call is as old.
    """
    came = datetime.fromtimestamp(taken_before, UTC).isoformat(timespec="microseconds")
    here, last = record.c, func.max(record.c.taken).label("last_at")
    query = (
        select(here.call, here.site, last)
        .where(here.call != "", here.site == site)
        .group_by(here.call, here.site)
        .having(last <= taken_before, func.max(here.at) <= came)
        .order_by(last, here.call)
        .limit(most)
    )
    return [OldCall(**row._asdict()) for row in connection.execute(query)]


def seals_of(connection: Connection, keys: Collection[Key]) -> set[int]:
    """The keys with which these records and all acts on them are sealed."""
    these = tuple_(operation.c.entity, operation.c.entity_id).in_(keys)
    acts = connection.scalars(select(operation.c.seal).distinct().where(these))
    documents = connection.scalars(select(record.c.seal).where(tuple_(record.c.type, record.c.id).in_(keys)))
    return {*acts, *documents} - {0}


def blank_records(connection: Connection, keys: Collection[Key]) -> None:
    """Leave of these records nothing but that they were there: a feed still has to say that they are gone."""
    nothing: dict[str, object] = {
        "content": None,
        "coded": {},
        "seal": 0,
        "author": "",
        "call": "",
        "note": "",
        "level": "",
    }
    these = tuple_(record.c.type, record.c.id).in_(keys)
    connection.execute(update(record).where(these).values(**nothing, caller="", at=""))
