"""Applying operations to records: rights, the reducer that console and server share, sharing out."""

import logging
import weakref
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from models.access.matrix import Matrix
from models.codec import Document, from_document
from models.operation import Operation, Outcome, Reduced
from models.people.operator import Operator, Role
from models.sync.held import BEHIND, ENTITY
from models.sync.record import Versioned, apply
from models.sync.reduce import ENTITIES
from server.central.access.age import is_too_old
from server.central.caller_secret import secret_of
from server.central.sealing.sealing import Sealing
from server.central.storage.engine import Transaction, sealing_of
from server.central.storage.ledger import Answered
from server.central.storage.records import (
    Caller,
    Kept,
    Key,
    Outline,
    find_records,
    records_of_calls,
)
from server.central.storage.schema import DatabaseIdentity
from server.central.sync.columns import columns_of
from server.central.sync.held import Holding
from server.central.sync.owing import act_of, key_of
from server.central.sync.practising import PRACTICE, Practised
from server.central.sync.preparing import NOTHING_YET, POISON, Made, Prepared
from server.central.sync.rights import judge_revoked, judge_rights, may_as_colleague
from server.central.sync.sharing import CallAtSite, Gathered, share_out
from server.central.sync.soundness import is_too_large, record_fault, without_words

_LOG = logging.getLogger(__name__)
_LONGEST_SITE = 64
_DONE: Reduced[None] = Reduced(None, Outcome.APPLIED)


class GatesOpen(Exception):
    """Acts are about records of further sites: their gates are to be closed too. Leaves the transaction."""

    def __init__(self, sites: set[str]) -> None:
        super().__init__(sites)
        self.sites = sites


def sites_named(who: Operator, ops: Sequence[Prepared]) -> set[str]:
    """The sites of the records that these acts would make; nearly always those of all that they are about."""
    return {_site_of(who, one.operation.body) for one in ops}


@dataclass(slots=True, weakref_slot=True)
class Taking:
    """The new operations of one push on their way into the records; for one transaction.

    `sites` are those whose gates are closed: nobody else writes records of theirs until it ends. `unasked`
    are records that are taken for new.
    """

    transaction: Transaction
    who: Operator
    sites: Collection[str]
    identity: DatabaseIdentity
    rights: Matrix
    now: datetime
    draining: bool = False
    unasked: frozenset[Key] = frozenset()
    _records: dict[Key, Kept] = field(default_factory=dict)
    _known: frozenset[Key] = frozenset()
    _changed: set[Key] = field(default_factory=set)
    _counted_before: set[Caller] = field(default_factory=set)
    _others: list[Outline] = field(default_factory=list)
    _seals: dict[CallAtSite, int] = field(default_factory=dict)
    _spare: list[int] = field(default_factory=list)
    _verdicts: dict[tuple[str, str], Reduced[None] | None] = field(default_factory=dict)
    _moment: float = field(init=False)
    _sealing: Sealing = field(init=False)
    _holding: Holding = field(init=False)
    _practised: Practised = field(init=False)

    def __post_init__(self) -> None:
        self._moment = self.now.timestamp()
        self._sealing = sealing_of(self.transaction)
        # Not held by what it holds: all that a push brought would wait for the search for garbage.
        self._holding = Holding(self.transaction, self.who, self.now, weakref.proxy(self))
        self._practised = Practised(self.transaction, _call_of)

    def take(self, fresh: Sequence[Prepared]) -> list[Answered]:
        """Apply the operations in order, write the records, bring the feeds up to date."""
        self._look_up(fresh)
        answered = self._holding.amended([self._answer(one) for one in fresh])
        changed = [self._records[key] for key in sorted(self._changed)]
        if changed:
            calls = {
                (kept.call, kept.site): _witness(self.who, kept) for kept in sorted(changed, key=_calls_last)
            }
            share_out(self.transaction, calls, self._group(calls, changed), self._too_old)
            self._holding.share()
        return answered

    def at(self, key: Key) -> Kept | None:
        """A record as it stands now."""
        return self._records.get(key)

    def put(self, kept: Kept) -> None:
        """Let a held act stand so."""
        self._records[kept.key] = kept
        self._changed.add(kept.key)

    def carry_out(self, operation: Operation) -> Reduced[None]:
        """Apply an act that was held, without asking for rights again."""
        try:
            return self._applied(operation, self.at((operation.entity, operation.id)))
        except POISON:
            return Reduced(None, Outcome.HELD, "poisoned")

    def may_as_colleague(self, operation: Operation) -> bool:
        """True where who pushes might do this on a colleague's record of the site."""
        return may_as_colleague(self.rights, self.who, operation)

    def restore(self, key: Key, version: int, document: Document) -> Reduced[None]:
        """Let a record stand as a workstation has kept it."""
        kind, entity = key
        act = Operation("", f"{kind}.restore", entity, self.who.id, self.now, document)
        known = self.at(key)
        try:
            from_document(ENTITIES[kind][0], document)
            kept = self._record(act, known, version, document)
        except POISON:
            return Reduced(None, Outcome.REJECTED, "malformed")
        if record_fault(kept):
            return Reduced(None, Outcome.REJECTED, "malformed")
        self._keep(kept, known)
        return Reduced(None, Outcome.APPLIED)

    def seal_of(self, call: str, site: str) -> int:
        """The key of what belongs to a call at a site."""
        return self._seal(call, site)

    def _look_up(self, fresh: Sequence[Prepared]) -> None:
        """Everything that is there of the records and the calls that the acts are about."""
        operations = [one.operation for one in fresh]
        asked = (_keys_of(fresh) | self._holding.look_up(operations)) - self.unasked
        self._records = find_records(self.transaction, asked)
        beyond = {kept.site for kept in self._records.values()}.difference(self.sites)
        if beyond:
            raise GatesOpen(beyond)
        self._known = frozenset(self._records)
        calls = {kept.call for kept in self._records.values()} | {_call_of(one) for one in operations}
        self._others = records_of_calls(self.transaction, calls - {""})
        if not self.identity.practice:
            calls_there = {("call", one.id) for one in self._others if one.type == "call"}
            self._practised.look_up(operations, calls_there | self._known)
        sealed = [one for one in self._others if one.seal and self._sealing.has(one.seal)]
        self._seals = {(one.call, one.site): one.seal for one in sealed}
        self._spare = self._sealing.new_keys(len(calls - {call for call, _ in self._seals} - {""}))

    def _group(self, calls: Collection[CallAtSite], changed: Sequence[Kept]) -> Gathered:
        """All records of these calls as they stand now, and which of them this push changed."""
        keys = {kept.key for kept in changed}
        others = [one for one in self._others if one.key not in keys and (one.call, one.site) in calls]
        return Gathered(others, changed, self._known, self._counted_before)

    def _seal(self, call: str, site: str) -> int:
        """The key of all that belongs to a call at a site; an act about no call has one of its own."""
        seal = self._seals.get((call, site)) if call else None
        if seal is None:
            seal = self._spare.pop() if self._spare else self._sealing.new_keys(1)[0]
            self._seals[call, site] = seal
        return seal

    def _answer(self, one: Prepared) -> Answered:
        operation = one.operation
        if one.fault:
            # What cannot be stored is not words of anybody.
            bare = replace(operation, body={}, base=0, v=0)
            return self._answered(one, bare, Reduced(None, Outcome.REJECTED, one.fault))
        known = self._records.get(one.key)
        try:
            judged = self._judged(one.content, operation, known) or self._done(one, known)
        except POISON as cause:
            # Only what kind of error: its text may hold words of a caller.
            _LOG.error("operation %r is held: %s", operation.op, type(cause).__name__)
            judged = Reduced(None, Outcome.HELD, "poisoned")
        judged = self._holding.follow(operation, judged, known is None)
        return self._answered(one, operation, judged)

    def _answered(self, one: Prepared, operation: Operation, judged: Reduced[None]) -> Answered:
        after = self._records.get(one.key)
        if after and after.seal:
            seal = after.seal
        else:
            seal = self._seal(*((after.call, after.site) if after else (_call_of(operation), self.who.site)))
        ver = after.ver if after else 0
        why = without_words(judged.why) if judged.why else ""
        return Answered(one.seq, one.mark, operation, one.content, seal, judged.outcome, why, ver)

    def _judged(self, content: bytes, operation: Operation, known: Kept | None) -> Reduced[None] | None:
        if operation.actor == self.who.id and self._holding.is_behind(operation):
            return Reduced(None, Outcome.HELD, BEHIND)
        if is_too_large(content):
            return Reduced(None, Outcome.HELD, "too_large")
        if not self.identity.practice and self._practised.refuse(operation):
            return Reduced(None, Outcome.REJECTED, PRACTICE)
        if self.draining:
            return judge_revoked(self.who, operation)
        named = _note_of(operation.body)
        note = self._records.get(("note", named)) if named else None
        if known or note:
            return judge_rights(self.rights, self.who, operation, known, note, self.now)
        # Of what is new nothing but the kind of act decides: one verdict for all of a push.
        asked = operation.type, operation.actor
        if asked not in self._verdicts:
            self._verdicts[asked] = judge_rights(self.rights, self.who, operation, None, None, self.now)
        return self._verdicts[asked]

    def _done(self, one: Prepared, known: Kept | None) -> Reduced[None]:
        if one.key[0] == ENTITY:
            return self._holding.decide(one.operation)
        return self._applied(one.operation, known, one.made)

    def _applied(self, operation: Operation, known: Kept | None, made: Made | None = None) -> Reduced[None]:
        """Apply an act to its record; `made` is what it makes of nothing, where that is known already."""
        before = Versioned(known.doc, known.ver) if known else NOTHING_YET
        after, reduced = made if made and not known else apply(before, operation)
        if after.document is not None and after.version != before.version:
            kept = self._record(operation, known, after.version, after.document)
            fault = record_fault(kept)
            if fault:
                return Reduced(None, Outcome.REJECTED, fault)
            self._keep(kept, known)
        return _DONE if reduced.outcome is Outcome.APPLIED else Reduced(None, reduced.outcome, reduced.why)

    def _record(self, operation: Operation, known: Kept | None, version: int, document: Document) -> Kept:
        kind, entity = operation.entity, operation.id
        site = known.site if known else _site_of(self.who, operation.body)
        taken = known.taken if known else self._moment
        columns = columns_of(kind, entity, document, site, self._caller_secret)
        seal = known.seal if known and known.seal else self._seal(columns[1], site)
        return Kept(kind, entity, version, site, *columns, taken, seal, document)

    def _keep(self, kept: Kept, known: Kept | None) -> None:
        if known and known.caller and known.caller != kept.caller:
            self._counted_before.add((known.site, known.caller))
        self._records[kept.key] = kept
        self._changed.add(kept.key)
        owed = act_of(kept)
        if owed is not None and (owed.entity, owed.id) not in self._records:
            self._applied(owed, None)

    def _too_old(self, kept: Outline) -> bool:
        return kept.taken < self._moment and is_too_old(self.rights, kept, self.now)

    def _caller_secret(self, site: str) -> bytes:
        return secret_of(self.identity.caller_secret, site)


def _calls_last(kept: Kept) -> bool:
    return kept.type == "call"


def _witness(who: Operator, kept: Kept) -> str:
    """Who is to have the call because of this change: an operator who wrote about the call itself."""
    return who.id if kept.type == "call" and Role.GATEWAY not in who.roles else ""


def _site_of(who: Operator, body: Mapping[str, Any]) -> str:
    """The site of a record that this act makes: a gateway serves several, an operator has one."""
    if Role.GATEWAY not in who.roles:
        return who.site
    named = body.get("site")
    return named if isinstance(named, str) and 0 < len(named) <= _LONGEST_SITE else who.site


def _keys_of(ops: Sequence[Prepared]) -> set[Key]:
    """The records that acts are about, and the notes that new ones would belong to."""
    keys = {one.key for one in ops}
    keys |= {key_of(entity) for kind, entity in keys if kind == "call"}
    return keys | {("note", note) for one in ops if (note := _note_of(one.operation.body))}


def _call_of(operation: Operation) -> str:
    """The call that an act names, "" where it names none."""
    call = operation.id if operation.entity == "call" else operation.body.get("call", "")
    return call if isinstance(call, str) else ""


def _note_of(body: Mapping[str, Any]) -> str:
    note = body.get("note", "")
    return note if isinstance(note, str) else ""
