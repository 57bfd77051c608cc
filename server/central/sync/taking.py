"""Applying operations to records: rights, the reducer that console and server share, sharing out."""

import logging
from collections.abc import Collection, Sequence
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
from server.central.sealing.sealing import Sealing
from server.central.storage.engine import Transaction, sealing_of
from server.central.storage.feeds import lock_heads
from server.central.storage.ledger import Answered
from server.central.storage.records import (
    Caller,
    Kept,
    Key,
    Outline,
    encoded,
    find_records,
    records_of_calls,
    sites_of,
    write_records,
)
from server.central.storage.schema import DatabaseIdentity
from server.central.sync.columns import with_columns
from server.central.sync.rights import judge_revoked, judge_rights
from server.central.sync.sharing import CallAtSite, Gathered, share_out
from server.central.sync.soundness import fault_of, is_too_large, record_fault, without_words

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
    _known: frozenset[Key] = frozenset()
    _changed: set[Key] = field(default_factory=set)
    _counted_before: set[Caller] = field(default_factory=set)
    _others: list[Outline] = field(default_factory=list)
    _seals: dict[CallAtSite, int] = field(default_factory=dict)
    _sealing: Sealing = field(init=False)

    def __post_init__(self) -> None:
        self._sealing = sealing_of(self.transaction)

    def take(self, fresh: Sequence[PushedOperation]) -> list[Answered]:
        """Apply the operations in order, write the records, bring the feeds up to date."""
        operations = [one.value() for one in fresh]
        self._look_up(operations)
        answered = [self._answer(one, operation) for one, operation in zip(fresh, operations, strict=True)]
        changed = [self._records[key] for key in sorted(self._changed)]
        write_records(self.transaction, changed, self._known)
        if changed:
            calls = {
                (kept.call, kept.site): _witness(self.who, kept) for kept in sorted(changed, key=_calls_last)
            }
            share_out(self.transaction, calls, self._group(calls, changed), self._too_old)
        return answered

    def _look_up(self, operations: Sequence[Operation]) -> None:
        """Everything that is there of the records and the calls that the acts are about."""
        self._records = find_records(self.transaction, _keys_of(operations))
        self._known = frozenset(self._records)
        calls = {kept.call for kept in self._records.values()} | {_call_of(one) for one in operations}
        self._others = records_of_calls(self.transaction, calls - {""})
        sealed = [one for one in self._others if one.seal and self._sealing.has(one.seal)]
        self._seals = {(one.call, one.site): one.seal for one in sealed}

    def _group(self, calls: Collection[CallAtSite], changed: Sequence[Kept]) -> Gathered:
        """All records of these calls as they stand now, and which of them this push changed."""
        keys = {kept.key for kept in changed}
        others = [one for one in self._others if one.key not in keys and (one.call, one.site) in calls]
        return Gathered(others, changed, self._known, self._counted_before)

    def _seal(self, call: str, site: str) -> int:
        """The key of all that belongs to a call at a site; an act about no call has one of its own."""
        seal = self._seals.get((call, site)) if call else None
        if seal is None:
            (seal,) = self._sealing.new_keys(1)
            self._seals[call, site] = seal
        return seal

    def _answer(self, one: PushedOperation, operation: Operation) -> Answered:
        known = self._records.get((operation.entity, operation.id))
        fault = fault_of(one)
        if fault:
            # What cannot be stored is not words of anybody.
            bare = replace(operation, body={}, base=0, v=0)
            return self._answered(one, bare, b"{}", Reduced(None, Outcome.REJECTED, fault))
        content = encoded(operation.body)
        try:
            judged = self._judged(content, operation, known) or self._applied(operation, known)
        except _POISON as cause:
            # Only what kind of error: its text may hold words of a caller.
            _LOG.error("operation %r is held: %s", operation.op, type(cause).__name__)
            judged = Reduced(None, Outcome.HELD, "poisoned")
        return self._answered(one, operation, content, judged)

    def _answered(
        self, one: PushedOperation, operation: Operation, content: bytes, judged: Reduced[None]
    ) -> Answered:
        after = self._records.get((operation.entity, operation.id))
        call, site = (after.call, after.site) if after else (_call_of(operation), self.who.site)
        seal = after.seal if after and after.seal else self._seal(call, site)
        ver = after.ver if after else 0
        mark, why = self._sealing.mark(one.h), without_words(judged.why)
        return Answered(one.seq, mark, operation, content, seal, judged.outcome, why, ver)

    def _judged(self, content: bytes, operation: Operation, known: Kept | None) -> Reduced[None] | None:
        if is_too_large(content):
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
            bare = Kept(operation.entity, operation.id, after.version, site, taken=taken, doc=after.document)
            kept = with_columns(bare, self._caller_secret)
            fault = record_fault(kept)
            if fault:
                return Reduced(None, Outcome.REJECTED, fault)
            seal = known.seal if known and known.seal else self._seal(kept.call, site)
            self._keep(replace(kept, seal=seal), known)
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


def _call_of(operation: Operation) -> str:
    """The call that an act names, "" where it names none."""
    call = operation.id if operation.entity == "call" else operation.body.get("call", "")
    return call if isinstance(call, str) else ""


def _note_of(operation: Operation) -> str:
    note = operation.body.get("note", "")
    return note if isinstance(note, str) else ""
