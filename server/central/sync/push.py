"""A push: one transaction that takes each operation of a device once and answers every one."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from models.access.matrix import Matrix
from models.clock import Clock
from models.notes.stops import stopped
from models.operation import Outcome
from models.people.operator import Operator
from models.schema import PRESENT, Span
from models.wire.sync import PROTOCOL, Push, Pushed, PushedOperation, PushRefused, PushResult
from models.wire.trace import Receipt
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
from server.central.sync.taking import Taking, close_gates
from server.central.tickets import Ticket
from server.central.trace.desk import TraceDesk


class _Refused(Exception):
    """Leaves the transaction so that nothing of the push stays."""

    def __init__(self, answer: PushRefused) -> None:
        super().__init__(answer.why)
        self.answer = answer


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
        if ticket.practice != self.identity.practice:
            return PushRefused(why="practice")
        if message.proto > PROTOCOL or not self.span.takes(message.schema_version):
            oldest = self.span.oldest_pushed
            return PushRefused(why="schema", min_schema=oldest, newest_schema=self.span.current)
        now = self.clock.now()
        try:
            results, last, receipt = written(
                self.engine,
                lambda transaction: self._taken(transaction, ticket, message, now),
            )
        except _Refused as refused:
            return refused.answer
        epoch = self.identity.server_epoch
        return Pushed(results=results, last=last, server_epoch=epoch, now=now, receipt=receipt)

    def _taken(
        self, transaction: Transaction, ticket: Ticket, message: Push, now: datetime
    ) -> tuple[tuple[PushResult, ...], int, Receipt | None]:
        who = ticket.operator
        device = lock_device(transaction, message.epoch, who.id)
        # Before looking what is known: the same act may be on its way under another epoch.
        close_gates(transaction, who, message.ops)
        known = known_operations(transaction, [one.op for one in message.ops])
        fresh, last = _fresh(message.ops, device, known, who, sealing_of(transaction).mark)
        taking = Taking(transaction, who, self.identity, self.rights, now, ticket.draining)
        answered = {one.operation.op: one for one in taking.take(fresh)}
        store_operations(transaction, message.epoch, now.isoformat(), answered.values())
        self._drop_between_stops(transaction, answered.values())
        move_device(transaction, message.epoch, last)
        new = {one.seq: one for one in answered.values()}
        answers = known | {op: Known(one.mark, one.outcome, one.why, one.ver) for op, one in answered.items()}
        results = tuple(_result(one, answers[one.op], dup=one.seq not in new) for one in message.ops)
        return results, last, self._receipt(transaction, who, message, now)

    def _drop_between_stops(self, transaction: Transaction, answered: Collection[Answered]) -> None:
        done = [one.operation for one in answered if one.outcome is Outcome.APPLIED]
        keep_last(transaction, {act.id for act in done if act.type == "note.finish"})
        drop_between(transaction, {act.id for act in done if stopped(act)})

    def _receipt(
        self, transaction: Transaction, who: Operator, message: Push, now: datetime
    ) -> Receipt | None:
        """Take the trace that travels along; whatever is wrong with it, the operations are taken."""
        if message.audit is None:
            return None
        receipt = self.trace.take(transaction, who, message.audit.value(), now)
        return Receipt.of(receipt) if receipt else None


def _fresh(
    ops: Sequence[PushedOperation],
    device: Device,
    known: dict[str, Known],
    who: Operator,
    mark: Callable[[str], str],
) -> tuple[list[PushedOperation], int]:
    """The operations that were never answered, and the number of the last one; raises _Refused."""
    if device.account != who.id:
        raise _Refused(PushRefused(why="fork", last=device.last))
    fresh: dict[str, PushedOperation] = {}
    last = device.last
    for one in ops:
        if one.seq > last + 1:
            raise _Refused(PushRefused(why="gap", expected=last + 1, last=device.last))
        _check_same(one, known.get(one.op), fresh.get(one.op), mark)
        if one.op not in known and one.op not in fresh:
            if one.seq <= last:
                raise _Refused(PushRefused(why="fork", last=device.last))
            fresh[one.op] = one
        last = max(last, one.seq)
    return list(fresh.values()), last


def _check_same(
    one: PushedOperation, known: Known | None, earlier: PushedOperation | None, mark: Callable[[str], str]
) -> None:
    # Two witnesses of one event of a call may write the same operation, each at its own moment.
    entity = one.type.partition(".")[0]
    same = known.mark == mark(one.h) if known else earlier is None or earlier.h == one.h
    if not same and entity != "call":
        raise _Refused(PushRefused(why="mutated"))


def _result(one: PushedOperation, answer: Known, *, dup: bool) -> PushResult:
    return PushResult(seq=one.seq, op=one.op, st=answer.outcome, ver=answer.ver, why=answer.why, dup=dup)
