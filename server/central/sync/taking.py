"""Applying operations to records: rights, the reducer that console and server share, sharing out."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from models.access.matrix import Matrix
from models.calls.events import Origin
from models.operation import Operation, Outcome, Reduced
from models.people.operator import Operator, Role
from models.sync.feeds import alert_feed, line_feed, shift_feed
from models.sync.record import Versioned, apply
from models.wire.sync import PushedOperation
from server.central.access.age import is_too_old
from server.central.caller_secret import secret_of
from server.central.storage.engine import Transaction
from server.central.storage.feeds import lock_heads
from server.central.storage.ledger import Answered
from server.central.storage.records import Kept, Key, find_records, sites_of, write_records
from server.central.storage.schema import DatabaseIdentity
from server.central.sync.columns import with_columns
from server.central.sync.rights import judge_revoked, judge_rights
from server.central.sync.sharing import Caller, share_out
from server.central.sync.soundness import fault_of, is_too_large, record_fault

_LOG = logging.getLogger(__name__)
_LONGEST_SITE = 64
_SHARED_FEEDS = (alert_feed, line_feed, shift_feed)
_POISON = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def close_gates(transaction: Transaction, who: Operator, ops: Sequence[PushedOperation]) -> None:
    """Let nobody else write records of the sites of these acts until the transaction ends.

    The heads of the shared feeds of each site are its gates. A record's site never changes, so that it can
    be read before.
    """
    operations = [one.value() for one in ops]
    sites = {_site_of(who, operation) for operation in operations}
    sites |= sites_of(transaction, _keys_of(operations))
    lock_heads(transaction, [feed(site) for site in sites for feed in _SHARED_FEEDS])


@dataclass(slots=True)
class Taking:
    """The new operations of one push on their way into the records; for one transaction."""

    transaction: Transaction
    who: Operator
    identity: DatabaseIdentity
    rights: Matrix
    now: datetime
    draining: bool = False
    _records: dict[Key, Kept] = field(default_factory=dict)
    _changed: set[Key] = field(default_factory=set)
    _counted_before: set[Caller] = field(default_factory=set)

    def take(self, fresh: Sequence[PushedOperation]) -> list[Answered]:
        """Apply the operations in order, write the records, bring the feeds up to date."""
        operations = [one.value() for one in fresh]
        self._records = find_records(self.transaction, _keys_of(operations))
        answered = [self._answer(one, operation) for one, operation in zip(fresh, operations, strict=True)]
        changed = [self._records[key] for key in sorted(self._changed)]
        write_records(self.transaction, changed)
        if changed:
            calls = {
                (kept.call, kept.site): _witness(self.who, kept) for kept in sorted(changed, key=_calls_last)
            }
            share_out(self.transaction, calls, self._counted_before, self._too_old)
        return answered

    def _answer(self, one: PushedOperation, operation: Operation) -> Answered:
        known = self._records.get((operation.entity, operation.id))
        fault = fault_of(one)
        if fault:
            # What cannot be stored is not words of anybody.
            bare = replace(operation, body={}, base=0, v=0)
            return Answered(one.seq, one.h, bare, Outcome.REJECTED, fault, known.ver if known else 0)
        try:
            judged = self._judged(one, operation, known) or self._applied(operation, known)
        except _POISON as cause:
            # Only what kind of error: its text may hold words of a caller.
            _LOG.error("operation %r is held: %s", operation.op, type(cause).__name__)
            judged = Reduced(None, Outcome.HELD, "poisoned")
        after = self._records.get((operation.entity, operation.id))
        return Answered(one.seq, one.h, operation, judged.outcome, judged.why, after.ver if after else 0)

    def _judged(self, one: PushedOperation, operation: Operation, known: Kept | None) -> Reduced[None] | None:
        if is_too_large(one):
            return Reduced(None, Outcome.HELD, "too_large")
        if operation.body.get("origin") == Origin.PRACTICE and not self.identity.practice:
            return Reduced(None, Outcome.REJECTED, "practice")
        if self.draining:
            return judge_revoked(self.who, operation)
        note = self._records.get(("note", _note_of(operation)))
        return judge_rights(self.rights, self.who, operation, known, note, self.now)

    def _applied(self, operation: Operation, known: Kept | None) -> Reduced[None]:
        before = Versioned(known.doc, known.ver) if known else Versioned()
        after, reduced = apply(before, operation)
        if after.document is not None and after.version != before.version:
            site = known.site if known else _site_of(self.who, operation)
            taken = known.taken if known else self.now.timestamp()
            bare = Kept(operation.entity, operation.id, after.version, after.document, site, taken=taken)
            kept = with_columns(bare, self._caller_secret)
            fault = record_fault(kept)
            if fault:
                return Reduced(None, Outcome.REJECTED, fault)
            self._keep(kept, known)
        return Reduced(None, reduced.outcome, reduced.why)

    def _keep(self, kept: Kept, known: Kept | None) -> None:
        if known and known.caller and known.caller != kept.caller:
            self._counted_before.add((known.site, known.caller))
        self._records[kept.key] = kept
        self._changed.add(kept.key)

    def _too_old(self, kept: Kept) -> bool:
        return is_too_old(self.rights, kept, self.now)

    def _caller_secret(self, site: str) -> bytes:
        return secret_of(self.identity.caller_secret, site)


def _calls_last(kept: Kept) -> bool:
    return kept.type == "call"


def _witness(who: Operator, kept: Kept) -> str:
    """Who is to have the call because of this change: an operator who wrote about the call itself."""
    return who.id if kept.type == "call" and Role.GATEWAY not in who.roles else ""


def _site_of(who: Operator, operation: Operation) -> str:
    """The site of a record that this act makes: a gateway serves several, an operator has one."""
    named = operation.body.get("site")
    if Role.GATEWAY in who.roles and isinstance(named, str) and 0 < len(named) <= _LONGEST_SITE:
        return named
    return who.site


def _keys_of(operations: Sequence[Operation]) -> set[Key]:
    """The records that acts are about, and the notes that new ones would belong to."""
    keys = {(operation.entity, operation.id) for operation in operations}
    return keys | {("note", note) for operation in operations if (note := _note_of(operation))}


def _note_of(operation: Operation) -> str:
    note = operation.body.get("note", "")
    return note if isinstance(note, str) else ""
