"""Legal holds: what lies under one is not erased. Two people set one, two people lift it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from models.access.judging import Ask, judge
from models.access.matrix import Action, Entity, Matrix, Part, Standing
from models.clock import Clock
from models.ids import new_id
from models.people.operator import Operator
from server.central.access.gates import close_gates_of
from server.central.storage.access import Logged, log
from server.central.storage.engine import Database, Transaction, written
from server.central.storage.records import Key, find_records
from server.central.storage.retention import Hold, add_hold, change_hold, holds_of


class NotDone(Exception):
    """What two people want is not done; `why` is a code."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def check_right(rights: Matrix, who: Operator, entity: Entity, action: Action, reason: str) -> None:
    """Raise NotDone where the matrix does not give it."""
    ask = Ask(entity, Part.CODED, action, frozenset({Standing.SITE}), reason=reason)
    verdict = judge(rights, who.roles, ask)
    if not verdict.allowed:
        raise NotDone(verdict.why)


def call_of(transaction: Transaction, site: str, name: str) -> str:
    """The call of a note, assessment, referral or call of a site, or the person of that name.

    Raises NotDone where there is none.
    """
    keys: list[Key] = [(kind, name) for kind in ("call", "note", "risk", "referral", "person")]
    found = [kept for kept in find_records(transaction, keys).values() if kept.site == site and kept.call]
    if not found:
        raise NotDone("no_record")
    return found[0].call


@dataclass(frozen=True, slots=True)
class HoldDesk:
    """Where records are put under a legal hold. `name` is the id of any record of the call."""

    engine: Database
    clock: Clock
    rights: Matrix

    def set(self, who: Operator, name: str, reason: str) -> Hold:
        """Put a call's records under a hold, which counts from now on. Raises NotDone."""
        check_right(self.rights, who, Entity.LEGAL_HOLD, Action.SET, reason)

        def work(transaction: Transaction, now: datetime) -> Hold:
            call = call_of(transaction, who.site, name)
            hold = Hold(new_id(), call, who.site, reason, who.id, now.timestamp())
            add_hold(transaction, hold)
            return hold

        return self._done(who, "hold_set", reason, work)

    def lift(self, who: Operator, name: str, reason: str) -> Hold:
        """Ask that the hold be lifted; it counts until another person confirms. Raises NotDone."""
        check_right(self.rights, who, Entity.LEGAL_HOLD, Action.LIFT, reason)

        def work(transaction: Transaction, now: datetime) -> Hold:
            hold = self._standing(transaction, who, name, lambda one: not one.lift_by)
            lifting = replace(hold, lift_reason=reason, lift_by=who.id, lift_at=now.timestamp())
            change_hold(transaction, lifting)
            return lifting

        return self._done(who, "hold_lift", reason, work)

    def confirm(self, who: Operator, name: str, reason: str) -> Hold:
        """Confirm, as the second person, that a hold is set or lifted. Raises NotDone."""
        check_right(self.rights, who, Entity.LEGAL_HOLD, Action.CONFIRM, reason)

        def work(transaction: Transaction, now: datetime) -> Hold:
            hold = self._standing(transaction, who, name, lambda one: one.lift_by or not one.confirmed_by)
            if who.id == (hold.lift_by or hold.set_by):
                raise NotDone("same_person")
            at = now.timestamp()
            if hold.lift_by:
                after = replace(hold, lifted_by=who.id, lifted_at=at)
            else:
                after = replace(hold, confirmed_by=who.id, confirmed_at=at)
            change_hold(transaction, after)
            return after

        return self._done(who, "hold_confirm", reason, work)

    def standing(self, who: Operator, name: str) -> list[Hold]:
        """The holds on a record's call. Raises NotDone."""
        return written(
            self.engine,
            lambda transaction: holds_of(transaction, call_of(transaction, who.site, name), who.site),
        )

    def _standing(
        self, transaction: Transaction, who: Operator, name: str, fits: Callable[[Hold], object]
    ) -> Hold:
        holds = holds_of(transaction, call_of(transaction, who.site, name), who.site)
        fitting = [one for one in holds if fits(one)]
        if not fitting:
            raise NotDone("no_hold")
        return fitting[0]

    def _done(
        self, who: Operator, act: str, reason: str, work: Callable[[Transaction, datetime], Hold]
    ) -> Hold:
        now = self.clock.now()

        def logged(transaction: Transaction) -> Hold:
            # An erasure that is being confirmed waits for the hold, or the hold for it.
            close_gates_of(transaction, [who.site])
            hold = work(transaction, now)
            log(transaction, [Logged(now.timestamp(), who.id, act, "call", hold.call, reason=reason)])
            return hold

        return written(self.engine, logged)
