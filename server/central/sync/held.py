"""Held acts: each waits for a lead, and every later one of its author on the same record waits behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from models.codec import from_document, to_document
from models.operation import Operation, Outcome, Reduced
from models.people.operator import Operator
from models.sync import held
from models.sync.feeds import held_feed
from models.sync.held import BEHIND, UNKNOWN_ENTITY, HeldAct, HeldState, card_of
from models.sync.record import Versioned, apply
from models.sync.witness import ENTITY as WITNESS
from models.sync.witness import TELL, WHY
from server.central.storage import held as storage
from server.central.storage.engine import Transaction
from server.central.storage.feeds import Placed, place, placed_records
from server.central.storage.held import Waiting
from server.central.storage.ledger import Answered
from server.central.storage.records import Kept, Key, find_records, write_records
from server.central.sync.card_version import version_after
from server.central.sync.desk import Desk, place_of

_RELEASE = "held.release"
_WORDLESS = ("too_large",)
# Facts of a call only grow, in whichever order they come: none of them waits for another.
_IN_ANY_ORDER = ("call", held.ENTITY, WITNESS)


@dataclass(slots=True)
class Holding:
    """The held acts of the records that one push is about; for one transaction."""

    transaction: Transaction
    who: Operator
    now: datetime
    desk: Desk
    _amended: dict[str, tuple[Reduced[None], int]] = field(default_factory=dict)
    _waiting: list[Waiting] = field(default_factory=list)
    _fresh: dict[str, Operation] = field(default_factory=dict)
    _cards: dict[str, Kept] = field(default_factory=dict)

    def look_up(self, operations: Sequence[Operation]) -> set[Key]:
        """Find what waits on the records of these acts; gives the records that decisions are about."""
        targets = storage.targets_of(
            self.transaction, {one.id for one in operations if one.entity == held.ENTITY}
        )
        keys = targets | {(one.entity, one.id) for one in operations}
        self._waiting = storage.waiting_on(self.transaction, keys)
        waiting = {(held.ENTITY, one.op) for one in self._waiting}
        tellings = [one for one in operations if one.type == TELL]
        told = [storage.words_of(self.transaction, one.op) for one in self._waiting if one.entity == WITNESS]
        tellings += [one for one in told if one is not None]
        return targets | waiting | {(str(one.body.get("type")), str(one.body.get("id"))) for one in tellings}

    def is_behind(self, operation: Operation) -> bool:
        """True where an earlier act of the same author on the same record waits.

        One that makes the record waits for nobody: those that came before it wait for just that.
        """
        if not self._waiting or operation.entity in _IN_ANY_ORDER:
            return False
        ahead = [one for one in self._waiting if _is_ahead(one, operation)]
        return any(self._why(one.op) != UNKNOWN_ENTITY for one in ahead) or (
            bool(ahead) and self.desk.at((operation.entity, operation.id)) is not None
        )

    def follow(self, operation: Operation, judged: Reduced[None], was_new: bool) -> Reduced[None]:
        """What follows from the answer to an act: it is held, or lets others happen. Gives the answer."""
        if operation.type == TELL and judged.outcome is Outcome.HELD and judged.why == WHY:
            judged = self._witnessed(operation)
        if judged.outcome is Outcome.HELD:
            self._hold(operation, judged.why)
        elif was_new and judged.outcome is Outcome.APPLIED:
            self._wake((operation.entity, operation.id))
        return judged

    def decide(self, operation: Operation) -> Reduced[None]:
        """A lead releases or dismisses an act; the first decision stands."""
        known = self.desk.at((held.ENTITY, operation.id))
        if known is None or not known.doc:
            return Reduced(None, Outcome.REJECTED, UNKNOWN_ENTITY)
        after, reduced = apply(Versioned(known.doc, known.ver), operation)
        if reduced.outcome is not Outcome.APPLIED or after.document is None:
            return Reduced(None, reduced.outcome, reduced.why)
        first = next((one for one in self._waiting if one.op == operation.id), None)
        if first is None or self._why(first.op) == BEHIND:
            # What it waits behind is decided about first.
            return Reduced(None, Outcome.SUPERSEDED, BEHIND if first else "settled")
        self._put(from_document(HeldAct, after.document), known)
        if operation.type == _RELEASE:
            return self._released(first)
        self._end(first, Reduced(None, Outcome.REJECTED, "dismissed"))
        self._head_of(first)
        return Reduced(None, Outcome.APPLIED)

    def amended(self, answered: list[Answered]) -> list[Answered]:
        """The answers of a push, with those of acts that were held at first and happened before its end."""
        if not self._amended:
            return answered
        return [
            replace(
                one,
                outcome=self._amended[op][0].outcome,
                why=self._amended[op][0].why,
                ver=self._amended[op][1],
            )
            if (op := one.operation.op) in self._amended
            else one
            for one in answered
        ]

    def share(self) -> None:
        """Bring the cards of held acts to the leads of their sites."""
        if not self._cards:
            return
        keys = [kept.key for kept in self._cards.values()]
        known = find_records(self.transaction, keys)
        cards = [
            replace(kept, ver=version_after(known[kept.key].ver if kept.key in known else 0, kept.doc))
            for kept in self._cards.values()
        ]
        write_records(self.transaction, cards, known.keys())
        wanted = [Placed(held_feed(kept.site), kept.type, kept.id, kept.ver) for kept in cards]
        place(self.transaction, wanted, placed_records(self.transaction, list(known)))

    def _hold(self, operation: Operation, why: str) -> None:
        target = self.desk.at((operation.entity, operation.id))
        call, note, site = place_of(operation, target, self.who.site)
        act = HeldAct(
            id=operation.op,
            type=operation.type,
            entity=operation.entity,
            target=operation.id,
            author=operation.actor,
            site=site,
            at=operation.at,
            why=why,
            call=call,
            note=note,
            base=operation.base,
            v=operation.v,
            body={} if why in _WORDLESS else operation.body,
            colleague=why == UNKNOWN_ENTITY and self.desk.may_as_colleague(operation),
        )
        self._put(act, None)
        self._fresh[operation.op] = operation
        waiting = Waiting(operation.op, operation.entity, operation.id, operation.actor)
        self._waiting.append(waiting)
        storage.hold(self.transaction, waiting)

    def _witnessed(self, operation: Operation) -> Reduced[None]:
        """A witness of what is known here anyway says nothing new."""
        kind, entity, version = (operation.body.get(name) for name in ("type", "id", "ver"))
        known = self.desk.at((str(kind), str(entity)))
        if known is not None and isinstance(version, int) and known.ver >= version:
            return Reduced(None, Outcome.SUPERSEDED, "known")
        if any(one.key == (operation.entity, operation.id) for one in self._waiting):
            return Reduced(None, Outcome.SUPERSEDED, "told")
        return Reduced(None, Outcome.HELD, WHY)

    def _released(self, first: Waiting) -> Reduced[None]:
        reduced = self._carry_out(first)
        if reduced.outcome in (Outcome.HELD, Outcome.REJECTED):
            # It cannot happen as it is: it waits on, to be read and dismissed.
            self._reopen(first, reduced.why)
            return Reduced(None, Outcome.SUPERSEDED, reduced.why)
        self._end(first, reduced)
        self._go_on(first)
        return Reduced(None, Outcome.APPLIED)

    def _go_on(self, first: Waiting) -> None:
        """Apply what waited behind an act, in order, until one cannot be applied."""
        for one in [each for each in self._waiting if _same_line(each, first)]:
            if self._why(one.op) != BEHIND:
                return
            reduced = self._carry_out(one)
            if reduced.outcome in (Outcome.HELD, Outcome.REJECTED):
                self._amend(one, why=reduced.why)
                return
            self._end(one, reduced)
            self._amend(one, state=HeldState.RELEASED, settled_at=self.now)

    def _head_of(self, ended: Waiting) -> None:
        """What waited right behind a dismissed act is the next to be decided about, for the same reason."""
        why = self._why(ended.op)
        behind = [each for each in self._waiting if _same_line(each, ended) and self._why(each.op) == BEHIND]
        if behind:
            self._amend(behind[0], why=why)

    def _wake(self, key: Key) -> None:
        """A record exists now: what came before it happens, its author's acts and what colleagues may do."""
        if not self._waiting:
            return
        target = self.desk.at(key)
        line = [one for one in self._waiting if one.key == key]
        for one in [each for each in line if self._why(each.op) == UNKNOWN_ENTITY]:
            if target is None or not self._may(one, target):
                self._amend(one, why="not_yours")
                continue
            reduced = self._carry_out(one)
            if reduced.outcome in (Outcome.HELD, Outcome.REJECTED):
                self._amend(one, why=reduced.why)
                continue
            self._end(one, reduced)
            self._amend(one, state=HeldState.RELEASED, settled_at=self.now)
            self._go_on(one)

    def _may(self, one: Waiting, target: Kept) -> bool:
        """True where an act that came before its record may happen on it now."""
        if not target.author or target.author == one.actor:
            return True
        act = self._act(one.op)
        return act is not None and act.colleague and act.site == target.site

    def _carry_out(self, one: Waiting) -> Reduced[None]:
        operation = self._fresh.get(one.op) or storage.words_of(self.transaction, one.op)
        if operation is None:
            return Reduced(None, Outcome.REJECTED, "erased")
        if operation.type == TELL:
            return self._restored(operation)
        return self.desk.carry_out(operation)

    def _restored(self, operation: Operation) -> Reduced[None]:
        """A lead lets a record stand as a witness holds it, where nothing newer is known."""
        kind, entity, version = (operation.body[name] for name in ("type", "id", "ver"))
        known = self.desk.at((kind, entity))
        if known is not None and known.ver >= version:
            return Reduced(None, Outcome.SUPERSEDED, "known")
        return self.desk.restore((kind, entity), version, operation.body["doc"])

    def _end(self, one: Waiting, reduced: Reduced[None]) -> None:
        self._waiting.remove(one)
        storage.end(self.transaction, one.op)
        kept = self.desk.at(one.key)
        version = kept.ver if kept else 0
        if one.op in self._fresh:
            self._amended[one.op] = (reduced, version)
        else:
            storage.answer_anew(self.transaction, one.op, reduced.outcome, reduced.why, version)

    def _reopen(self, one: Waiting, why: str) -> None:
        self._amend(one, state=HeldState.WAITING, settled_by="", settled_at=None, why=why)

    def _amend(self, one: Waiting, **changes: Any) -> None:
        act = self._act(one.op)
        if act is not None:
            self._put(replace(act, **changes), self.desk.at((held.ENTITY, one.op)))

    def _put(self, act: HeldAct, known: Kept | None) -> None:
        # An act that belongs to no call stands alone, under its own id.
        call = act.call or act.id
        taken = known.taken if known else self.now.timestamp()
        kept = Kept(
            held.ENTITY,
            act.id,
            known.ver + 1 if known else 1,
            act.site,
            author=act.author,
            call=call,
            note=act.note,
            taken=taken,
            seal=known.seal if known else self.desk.seal_of(call, act.site),
            doc=to_document(act),
        )
        self.desk.put(kept)
        self._cards[act.id] = Kept(held.CARD, act.id, 0, act.site, doc=to_document(card_of(act)))

    def _act(self, op: str) -> HeldAct | None:
        """A held act with its words; None where they were destroyed."""
        kept = self.desk.at((held.ENTITY, op))
        return from_document(HeldAct, kept.doc) if kept and kept.doc else None

    def _why(self, op: str) -> str:
        act = self._act(op)
        return act.why if act else "erased"


def _is_ahead(one: Waiting, operation: Operation) -> bool:
    return one.key == (operation.entity, operation.id) and one.actor == operation.actor


def _same_line(one: Waiting, other: Waiting) -> bool:
    return (one.key, one.actor) == (other.key, other.actor)
