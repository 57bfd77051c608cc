"""Where the trace comes in: each stretch joined to its chain, a receipt given, an alarm for a fault."""

import json
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.clock import Clock
from models.people.operator import Operator
from models.trace.chain import Broken, Fault, Link
from models.trace.entry import Act
from models.trace.joining import Joined, Stretch, join
from models.trace.receipt import Checkpoint, Receipt, checkpoint_text, receipt_text
from server.central.storage.engine import Database, Transaction, written
from server.central.storage.recording import hour_of
from server.central.storage.trace import (
    Alarm,
    Chain,
    add_alarm,
    add_checkpoint,
    add_links,
    heads_from,
    last_checkpoint,
    lock_chain,
    move_chain,
    moved_heads,
)
from server.central.trace.signing import ReceiptKey

_LOG = logging.getLogger(__name__)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class TraceDesk:
    """Takes the trace of workstations and vouches for it; a broken chain is told and stops nothing."""

    engine: Database
    clock: Clock
    key: ReceiptKey

    def take(
        self, transaction: Transaction, who: Operator, stretch: Stretch, now: datetime
    ) -> Receipt | None:
        """Join a stretch in the transaction of its push; the receipt says how far the chain is held.

        None for a chain that is not this operator's.
        """
        chain = lock_chain(transaction, stretch.epoch, who.id, stretch.workstation)
        if (chain.operator, chain.workstation) != (who.id, stretch.workstation):
            self._alarm(transaction, who, stretch, Broken(stretch.start.n, Fault.FOREIGN), now)
            return None
        joined = self._joined(transaction, chain, stretch)
        add_links(transaction, chain.epoch, joined.links, now, fits=True)
        add_links(transaction, chain.epoch, joined.unfit, now, fits=False)
        faults = [joined.fault] if joined.fault is not None else []
        for fault in (*faults, *_told_faults(joined.links)):
            self._alarm(transaction, who, stretch, fault, now)
        signature = self.key.sign(receipt_text(chain.epoch, joined.place, now))
        move_chain(transaction, chain.epoch, joined.place, (now.isoformat(), signature))
        return Receipt(chain.epoch, joined.place, now, self.key.public, signature, self.key.successions)

    def close_hour(self) -> Checkpoint | None:
        """Sign where all chains stand, for the hour that ended; None where that is done already."""
        now = self.clock.now()
        hour = hour_of(now - _HOUR)
        return written(self.engine, lambda transaction: self._closed(transaction, hour, now))

    def _closed(self, transaction: Transaction, hour: str, now: datetime) -> Checkpoint | None:
        last, before = last_checkpoint(transaction)
        if hour <= last:
            return None
        heads = moved_heads(transaction)
        signature = self.key.sign(checkpoint_text(hour, before, heads, now))
        checkpoint = Checkpoint(hour, before, heads, now, self.key.public, signature)
        add_checkpoint(transaction, checkpoint)
        return checkpoint

    def _joined(self, transaction: Transaction, chain: Chain, stretch: Stretch) -> Joined:
        overlaps = stretch.start.n < chain.place.n
        known = heads_from(transaction, chain, stretch.start.n) if overlaps else {}
        return join(chain.place, known, stretch)

    def _alarm(
        self, transaction: Transaction, who: Operator, stretch: Stretch, broken: Broken, now: datetime
    ) -> None:
        _LOG.error("the trace %s is broken at entry %d: %s", stretch.epoch, broken.n, broken.why.value)
        alarm = Alarm(stretch.epoch, broken, who.id, stretch.workstation, now.isoformat())
        add_alarm(transaction, alarm)


def _told_faults(links: Iterable[Link]) -> Iterator[Broken]:
    """What a workstation itself says to be wrong with what it holds."""
    for link in links:
        if json.loads(link.text).get("act") == Act.UNLIKE:
            yield Broken(link.n, Fault.UNLIKE)
