"""A push: one transaction that takes each operation of a device once and answers every one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import count

from models.access.matrix import Matrix
from models.clock import Clock
from models.notes.stops import stopped
from models.operation import Outcome
from models.people.operator import Operator
from models.schema import PRESENT, Span
from models.wire.sync import PROTOCOL, Push, Pushed, PushRefused
from models.wire.trace import Receipt
from server.central.access.gates import close_gates_of
from server.central.storage.engine import Database, Transaction, sealing_of, written
from server.central.storage.ledger import (
    Answered,
    Device,
    Known,
    known_operations,
    lock_device,
    move_device,
    store_operations,
)
from server.central.storage.schema import DatabaseIdentity
from server.central.storage.stops import drop_between, keep_last
from server.central.sync.answering import Taken, results_of
from server.central.sync.preparing import Prepared, prepare
from server.central.sync.reading import Delivery
from server.central.sync.taking import GatesOpen, Taking, sites_named
from server.central.sync.trusting import Trust, trust_in
from server.central.tickets import Ticket
from server.central.trace.desk import TraceDesk

_Taken = tuple[Mapping[str, Known | Answered], int, Receipt | None]
"""The answer to each operation, the last number, and the receipt for the trace."""


class _Refused(Exception):
    """Leaves the transaction so that nothing of the push stays."""

    def __init__(self, answer: PushRefused) -> None:
        super().__init__(answer.why)
        self.answer = answer


class _Doubted(Exception):
    """What was taken for new may not be: leaves the transaction, so that the next one asks."""


@dataclass(frozen=True, slots=True)
class PushDesk:
    """Where devices hand in their operations."""

    engine: Database
    clock: Clock
    identity: DatabaseIdentity
    rights: Matrix
    trace: TraceDesk
    span: Span = PRESENT

    def push(self, ticket: Ticket, message: Push) -> Pushed | PushRefused:
        """Take what is new, answer all."""
        answer = self.take(ticket, Delivery.of(message))
        return answer if isinstance(answer, PushRefused) else answer.message()

    def take(self, ticket: Ticket, delivery: Delivery) -> Taken | PushRefused:
        """The same for what was read already; its answer is ready to be sent."""
        if ticket.practice != self.identity.practice:
            return PushRefused(why="practice")
        if delivery.proto > PROTOCOL or not self.span.takes(delivery.schema_version):
            oldest = self.span.oldest_pushed
            return PushRefused(why="schema", min_schema=oldest, newest_schema=self.span.current)
        now = self.clock.now()
        try:
            answers, last, receipt = self._written(ticket, delivery, now)
        except _Refused as refused:
            return refused.answer
        results = results_of(delivery.acts, answers)
        return Taken(results, last, self.identity.server_epoch, now, receipt)

    def _written(self, ticket: Ticket, delivery: Delivery, now: datetime) -> _Taken:
        prepared = prepare(delivery.acts, sealing_of(self.engine).mark)
        sites = sites_named(ticket.operator, prepared)
        tries = count()

        def taken(transaction: Transaction) -> _Taken:
            return self._taken(transaction, ticket, delivery, prepared, sites, now, trusting=not next(tries))

        while True:
            try:
                return written(self.engine, taken)
            except _Doubted:
                continue
            except GatesOpen as found:
                # A record's site never changes: each time there are more of them, and soon all.
                sites.update(found.sites)

    def _taken(
        self,
        transaction: Transaction,
        ticket: Ticket,
        delivery: Delivery,
        prepared: Sequence[Prepared],
        sites: Collection[str],
        now: datetime,
        *,
        trusting: bool,
    ) -> _Taken:
        who = ticket.operator
        device = lock_device(transaction, delivery.epoch, who.id)
        # Before looking what is known: the same act may be on its way under another epoch.
        close_gates_of(transaction, sites)
        trust = trust_in(prepared, device.last) if trusting else Trust()
        known = known_operations(transaction, {one.operation.op for one in prepared} - trust.acts)
        fresh, last = _fresh(prepared, device, known, who)
        taking = Taking(
            transaction, who, sites, self.identity, self.rights, now, ticket.draining, trust.notes
        )
        answered = taking.take(fresh)
        if not trust.is_borne_out(answered):
            raise _Doubted
        store_operations(transaction, delivery.epoch, now.isoformat(), answered)
        self._drop_between_stops(transaction, answered)
        move_device(transaction, delivery.epoch, last)
        answers: dict[str, Known | Answered] = {one.operation.op: one for one in answered}
        answers.update(known)
        return answers, last, self._receipt(transaction, who, delivery, now)

    def _drop_between_stops(self, transaction: Transaction, answered: Collection[Answered]) -> None:
        done = [one.operation for one in answered if one.outcome is Outcome.APPLIED]
        keep_last(transaction, {act.id for act in done if act.type == "note.finish"})
        drop_between(transaction, {act.id for act in done if stopped(act)})

    def _receipt(
        self, transaction: Transaction, who: Operator, delivery: Delivery, now: datetime
    ) -> Receipt | None:
        """Take the trace that travels along; whatever is wrong with it, the operations are taken."""
        if delivery.audit is None:
            return None
        receipt = self.trace.take(transaction, who, delivery.audit.value(), now)
        return Receipt.of(receipt) if receipt else None


def _fresh(
    prepared: Sequence[Prepared], device: Device, known: Mapping[str, Known], who: Operator
) -> tuple[list[Prepared], int]:
    """The operations that were never answered, and the number of the last one; raises _Refused."""
    if device.account != who.id:
        raise _Refused(PushRefused(why="fork", last=device.last))
    fresh: dict[str, Prepared] = {}
    last = device.last
    for one in prepared:
        if one.seq > last + 1:
            raise _Refused(PushRefused(why="gap", expected=last + 1, last=device.last))
        op = one.operation.op
        earlier = known.get(op) or fresh.get(op)
        if earlier:
            _check_same(one, earlier)
        elif one.seq <= last:
            raise _Refused(PushRefused(why="fork", last=device.last))
        else:
            fresh[op] = one
        last = max(last, one.seq)
    return list(fresh.values()), last


def _check_same(one: Prepared, earlier: Known | Prepared) -> None:
    # Two witnesses of one event of a call may write the same operation, each at its own moment.
    if earlier.mark != one.mark and one.operation.entity != "call":
        raise _Refused(PushRefused(why="mutated"))
