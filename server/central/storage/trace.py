"""The chains of the trace as rows: what is held of each, what does not fit, alarms and checkpoints."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from json import loads
from typing import Any

from sqlalchemy import Row, insert, select, update

from models.trace.chain import Broken, Fault, Link, Place, beginning
from models.trace.receipt import Checkpoint, Head
from server.central.storage.bulk import Values, insert_rows
from server.central.storage.engine import Transaction
from server.central.storage.tables import access_log
from server.central.storage.tables.trace import (
    trace_alarm,
    trace_chain,
    trace_checked,
    trace_checkpoint,
    trace_entry,
)
from server.central.storage.upsert import put, put_missing

ALARM, SETTLED = "alarm", "settled"
"""How the log of rights calls an alarm (the chain as record, the place as feed), and its settlement."""
_AT_ONCE = 1000
_COLUMNS = tuple(column.name for column in trace_entry.columns)


@dataclass(frozen=True, slots=True)
class Chain:
    """A chain and how far it is held; the last receipt is for that place ("" before the first)."""

    epoch: str
    operator: str
    workstation: str
    place: Place
    receipt_at: str = ""
    receipt_signature: str = ""

    @property
    def beginning(self) -> Place:
        """Where it begins."""
        return beginning(self.epoch, self.operator, self.workstation)


@dataclass(frozen=True, slots=True)
class Alarm:
    """A chain of that account at that workstation was found broken; the server learned it at `at`."""

    epoch: str
    broken: Broken
    account: str
    workstation: str
    at: str

    @property
    def name(self) -> str:
        """The chain and the place in it: what is settled when somebody has found out about it."""
        return f"{self.epoch}:{self.broken.n}"


def lock_chain(transaction: Transaction, epoch: str, operator: str, workstation: str) -> Chain:
    """The chain, for this transaction alone; one that is new belongs to the operator."""
    query = select(trace_chain).where(trace_chain.c.epoch == epoch).with_for_update()
    row = transaction.execute(query).first()
    if row is None:
        start = beginning(epoch, operator, workstation)
        fresh = {"epoch": epoch, "operator": operator, "workstation": workstation}
        blank = {"receipt_at": "", "receipt_signature": ""}
        put_missing(transaction, trace_chain, [{**fresh, "n": start.n, "head": start.head, **blank}])
        row = transaction.execute(query).one()
    return _chain(row)


def move_chain(
    transaction: Transaction, epoch: str, place: Place, receipt: tuple[str, str] = ("", "")
) -> None:
    """Note how far a chain has come, with the time and the signature of the receipt for it."""
    values = {"n": place.n, "head": place.head, "receipt_at": receipt[0], "receipt_signature": receipt[1]}
    transaction.execute(update(trace_chain).where(trace_chain.c.epoch == epoch).values(values))


def heads_from(transaction: Transaction, chain: Chain, n: int) -> dict[int, str]:
    """The hashes of a chain from a place on."""
    query = select(trace_entry.c.n, trace_entry.c.hash).where(
        trace_entry.c.epoch == chain.epoch, trace_entry.c.fits, trace_entry.c.n >= n
    )
    start = {chain.beginning.n: chain.beginning.head}
    return start | {row.n: row.hash for row in transaction.execute(query)}


def add_links(
    transaction: Transaction, epoch: str, links: Sequence[Link], received_at: datetime, *, fits: bool
) -> None:
    """Keep entries, as part of their chain or beside it."""
    rows = [_entry(epoch, link, received_at.isoformat(), fits) for link in links]
    if not rows:
        return
    if fits:
        insert_rows(transaction, trace_entry, _COLUMNS, rows)
    else:
        put_missing(transaction, trace_entry, [dict(zip(_COLUMNS, row, strict=True)) for row in rows])


def add_alarm(transaction: Transaction, alarm: Alarm) -> None:
    """Keep an alarm; one that is known stays as it was."""
    row = {
        "epoch": alarm.epoch,
        "n": alarm.broken.n,
        "why": alarm.broken.why.value,
        "account": alarm.account,
        "workstation": alarm.workstation,
        "at": alarm.at,
    }
    put_missing(transaction, trace_alarm, [row])


def alarms(transaction: Transaction) -> tuple[Alarm, ...]:
    """All alarms, oldest first."""
    rows = transaction.execute(select(trace_alarm).order_by(trace_alarm.c.at, trace_alarm.c.epoch))
    return tuple(
        Alarm(row.epoch, Broken(row.n, Fault(row.why)), row.account, row.workstation, row.at) for row in rows
    )


def open_alarms(transaction: Transaction) -> tuple[Alarm, ...]:
    """The alarms that nobody has settled since, oldest first."""
    known = alarms(transaction)
    if not known:
        return ()
    settled = select(access_log.c.record, access_log.c.feed).where(
        access_log.c.act == SETTLED, access_log.c.type == ALARM
    )
    done = {f"{epoch}:{n}" for epoch, n in transaction.execute(settled)}
    return tuple(one for one in known if one.name not in done)


def moved_heads(transaction: Transaction) -> tuple[Head, ...]:
    """The chains that grew since the last checkpoint."""
    query = (
        select(trace_chain.c.epoch, trace_chain.c.n, trace_chain.c.head)
        .outerjoin(trace_checked, trace_checked.c.epoch == trace_chain.c.epoch)
        .where(trace_chain.c.n > 0, trace_checked.c.n.is_(None) | (trace_checked.c.n < trace_chain.c.n))
        .order_by(trace_chain.c.epoch)
    )
    return tuple(Head(row.epoch, Place(row.n, row.head)) for row in transaction.execute(query))


def last_checkpoint(transaction: Transaction) -> tuple[str, str]:
    """Hour and digest of the last checkpoint; twice "" before the first."""
    query = select(trace_checkpoint.c.hour, trace_checkpoint.c.digest)
    row = transaction.execute(query.order_by(trace_checkpoint.c.hour.desc()).limit(1)).first()
    return (row.hour, row.digest) if row else ("", "")


def add_checkpoint(transaction: Transaction, checkpoint: Checkpoint) -> None:
    """Keep a checkpoint; raises IntegrityError where another process closed this hour already."""
    row = {
        "hour": checkpoint.hour,
        "before": checkpoint.before,
        "heads": [[one.epoch, one.place.n, one.place.head] for one in checkpoint.heads],
        "at": checkpoint.at.isoformat(),
        "key": checkpoint.key,
        "signature": checkpoint.signature,
        "digest": checkpoint.digest,
    }
    transaction.execute(insert(trace_checkpoint), row)
    put(transaction, trace_checked, [{"epoch": one.epoch, "n": one.place.n} for one in checkpoint.heads])


def checkpoints(transaction: Transaction, after: str, most: int) -> tuple[Checkpoint, ...]:
    """So many checkpoints after an hour, in their order."""
    query = select(trace_checkpoint).where(trace_checkpoint.c.hour > after).order_by(trace_checkpoint.c.hour)
    found = []
    for row in transaction.execute(query.limit(most)):
        heads = tuple(Head(epoch, Place(n, head)) for epoch, n, head in row.heads)
        at = datetime.fromisoformat(row.at)
        found.append(Checkpoint(row.hour, row.before, heads, at, row.key, row.signature))
    return tuple(found)


def chains(transaction: Transaction, after: str = "", most: int | None = None) -> tuple[Chain, ...]:
    """All chains, or so many after one of them, by their names."""
    query = select(trace_chain).where(trace_chain.c.epoch > after).order_by(trace_chain.c.epoch)
    return tuple(_chain(row) for row in transaction.execute(query.limit(most)))


def chains_between(transaction: Transaction, since: str, until: str) -> set[str]:
    """The chains of which entries came in from `since` on and before `until` ("": open)."""
    query = select(trace_entry.c.epoch).where(trace_entry.c.received_at >= since).distinct()
    if until:
        query = query.where(trace_entry.c.received_at < until)
    return set(transaction.scalars(query))


def links(transaction: Transaction, epoch: str) -> Iterator[Link]:
    """The entries of a chain in their order, fetched piece by piece."""
    columns = (trace_entry.c.n, trace_entry.c.text, trace_entry.c.hash)
    query = select(*columns).where(trace_entry.c.epoch == epoch, trace_entry.c.fits)
    after = -(2**31)
    while True:
        piece = query.where(trace_entry.c.n > after).order_by(trace_entry.c.n).limit(_AT_ONCE)
        rows = transaction.execute(piece).all()
        yield from (Link(row.n, row.text, row.hash) for row in rows)
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1].n


def _chain(row: Row[Any]) -> Chain:
    place = Place(row.n, row.head)
    return Chain(row.epoch, row.operator, row.workstation, place, row.receipt_at, row.receipt_signature)


def _entry(epoch: str, link: Link, received_at: str, fits: bool) -> Values:
    """A row in the order of the columns."""
    said: Mapping[str, Any] = loads(link.text)
    found = (str(said.get(name, "")) for name in ("actor", "act", "id", "at"))
    return (epoch, link.n, link.hash, fits, *found, link.text, received_at)
