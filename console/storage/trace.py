"""The trace of this workstation: what is written, what the server must still hear, what it vouched for."""

import base64
import json
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, delete, func, select, update

from console.storage import meta
from console.storage.chains import append, hash_at
from console.storage.documents import moment
from console.storage.tables.trace import trace_chain, trace_entry
from console.storage.trace_values import TraceFault
from models.clock import Clock
from models.codec import from_document, to_document
from models.trace.answering import judge
from models.trace.chain import Fault, Place
from models.trace.entry import Act, Happening
from models.trace.joining import Stretch
from models.trace.receipt import Receipt
from models.trace.succession import Succession, heirs

KEPT_FOR = timedelta(days=30)
TOLD_FOR = timedelta(days=7)
MOST_ENTRIES = 500
_NO_HASH = "0" * 64


class Trace:
    """A part of the storage; each method is one transaction of its own."""

    def __init__(
        self, transaction: Callable[[], AbstractContextManager[Connection]], operator: str, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._operator = operator
        self._clock = clock

    def write(
        self, act: Act, kind: str = "", entity: str = "", *, where: str = "", reason: str = "", op: str = ""
    ) -> None:
        """Write down what the operator did or saw: ids and codes only. Changes are written with their acts.

        Raises ValueError where words would get into the trace.
        """
        what = Happening(act, kind, entity, op, where, reason)
        with self._transaction() as connection:
            append(connection, self._clock.now(), self._operator, what)

    def trust(self, key: str) -> None:
        """The key (PEM, Ed25519) that the hotline told when this workstation was enrolled counts from now on.

        Without it the key of the first receipt does.
        """
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
        from cryptography.hazmat.primitives.serialization import load_pem_public_key

        known = load_pem_public_key(key.encode())
        if not isinstance(known, Ed25519PublicKey):
            raise ValueError("receipts are signed with an Ed25519 key")
        raw = base64.b64encode(known.public_bytes_raw()).decode()
        with self._transaction() as connection:
            # One that followed it meanwhile stays: both had signed that.
            if meta.get(connection, "receipt_key") not in heirs(raw, known_successions(connection)):
                meta.put(connection, receipt_key=raw)

    def fault(self) -> TraceFault | None:
        """The last thing that was found wrong with the trace, while it is not older than a week."""
        since = moment(self._clock.now() - TOLD_FOR)
        found = (trace_chain.c.fault != "", trace_chain.c.fault_at >= since)
        newest = select(trace_chain).where(*found).order_by(trace_chain.c.place.desc()).limit(1)
        with self._transaction() as connection:
            row = connection.execute(newest).first()
        return None if row is None else TraceFault(row.epoch, row.fault_n, Fault(row.fault))


def pending(connection: Connection, limit: int = MOST_ENTRIES) -> Stretch | None:
    """The first entries the server has not heard of, of one chain; None where there are none."""
    waits = select(trace_chain).where(trace_chain.c.told_n < trace_chain.c.n)
    chain = connection.execute(waits.order_by(trace_chain.c.place).limit(1)).first()
    if chain is None:
        return None
    rows = connection.execute(
        select(trace_entry)
        .where(trace_entry.c.epoch == chain.epoch, trace_entry.c.n > chain.told_n)
        .order_by(trace_entry.c.n)
        .limit(limit)
    ).all()
    start = Place(chain.told_n, hash_at(connection, chain, chain.told_n) or _NO_HASH)
    return Stretch(
        chain.epoch,
        chain.workstation,
        Place(chain.kept_n, chain.kept_head),
        start,
        tuple(_document(row.text) for row in rows),
        rows[-1].hash if rows else chain.head,
    )


def receipted(connection: Connection, stretch: Stretch, receipt: Receipt, now: datetime) -> None:
    """Take the server's receipt for a stretch; one that does not fit closes the chain as a fault.

    What goes on then goes on in a chain of its own: the trace stops nothing.
    """
    here = trace_chain.c.epoch == stretch.epoch
    chain = connection.execute(select(trace_chain).where(here)).first()
    if chain is None:
        return
    if chain.fault:
        # It was told already; the rest is handed over so that nothing of it is lost.
        told = stretch.end.n if stretch.entries else chain.n
        connection.execute(update(trace_chain).where(here).values(told_n=told))
        return
    found = hash_at(connection, chain, receipt.place.n)
    own = None if found is None else Place(receipt.place.n, found)
    judged = judge(receipt, stretch, own, chain.receipt_n, meta.get(connection, "receipt_key"))
    if judged.fault is not None:
        values = {"fault": judged.fault.why.value, "fault_n": judged.fault.n, "fault_at": moment(now)}
        told = judged.told if stretch.entries else chain.n
        connection.execute(update(trace_chain).where(here).values(told_n=told, **values))
        return
    connection.execute(update(trace_chain).where(here).values(told_n=judged.told, **_kept(receipt)))
    vouched = (trace_entry.c.epoch == stretch.epoch, trace_entry.c.n <= receipt.place.n)
    fresh = update(trace_entry).where(*vouched, trace_entry.c.n > chain.receipt_n)
    connection.execute(fresh.values(receipted_at=moment(now)))
    meta.put(connection, receipt_key=receipt.key)
    if receipt.successions:
        meta.put(
            connection, receipt_successions=json.dumps([to_document(one) for one in receipt.successions])
        )
    _fold(connection, now)


def known_successions(connection: Connection) -> tuple[Succession, ...]:
    """Which keys of the server followed which, as the last receipt told."""
    told = json.loads(meta.get(connection, "receipt_successions", "[]"))
    return tuple(from_document(Succession, one) for one in told)


def _fold(connection: Connection, now: datetime) -> None:
    """Drop entries a good while after their receipt, once a day; the chain goes on from the last of them."""
    today = now.date().isoformat()
    if meta.get(connection, "trace_folded") == today:
        return
    meta.put(connection, trace_folded=today)
    old = (
        select(trace_entry.c.epoch, func.max(trace_entry.c.n).label("n"))
        .where(trace_entry.c.receipted_at < moment(now - KEPT_FOR))
        .group_by(trace_entry.c.epoch)
    )
    for epoch, n in connection.execute(old).all():
        here = (trace_entry.c.epoch == epoch, trace_entry.c.n == n)
        head = connection.scalar(select(trace_entry.c.hash).where(*here))
        kept = update(trace_chain).where(trace_chain.c.epoch == epoch)
        connection.execute(kept.values(kept_n=n, kept_head=head))
        connection.execute(delete(trace_entry).where(trace_entry.c.epoch == epoch, trace_entry.c.n <= n))


def _kept(receipt: Receipt) -> dict[str, Any]:
    return {
        "receipt_n": receipt.place.n,
        "receipt_head": receipt.place.head,
        "receipt_at": receipt.at.isoformat(),
        "receipt_key": receipt.key,
        "receipt_signature": receipt.signature,
    }


def _document(text: str) -> Mapping[str, Any]:
    """What an entry's text says; nothing where somebody made it unreadable, the server notices that."""
    try:
        document = json.loads(text)
    except ValueError:
        return {}
    return document if isinstance(document, dict) else {}
