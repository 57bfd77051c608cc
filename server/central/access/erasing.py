"""Erasing a call's records for ever: asked by one, confirmed by another, never automatic."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from models.access.grant import ENTITY as GRANT
from models.access.matrix import Action, Entity, Matrix
from models.access.retention import Retained, taken_before, why_not_erase
from models.clock import Clock
from models.codec import from_document
from models.ids import new_id
from models.people.operator import Operator
from models.referrals.referral import Referral
from server.central.access.gates import close_gates_of
from server.central.access.granting import withdraw_all
from server.central.access.holding import NotDone, call_of, check_right
from server.central.people.cases import is_in_open_case
from server.central.storage.access import Logged, forget_reasons, grant_ids, log
from server.central.storage.engine import Database, Transaction, reading, sealing_of, written
from server.central.storage.feeds import place, placed_records
from server.central.storage.recordings import erase_recordings, recordings_of
from server.central.storage.records import Kept, Outline, find_records, records_of_calls
from server.central.storage.retention import (
    Erasure,
    OldCall,
    add_erasure,
    blank_records,
    change_erasure,
    erasures,
    holds_of,
    old_calls,
    seals_of,
)
from server.central.sync.sharing import CALL_CARD, CARD, Gathered, share_out

_DRAFT = "draft"


@dataclass(frozen=True, slots=True)
class EraseDesk:
    """Where two people erase. `name` is the id of any record of the call."""

    engine: Database
    clock: Clock
    rights: Matrix

    def due(self, who: Operator, most: int) -> tuple[list[OldCall], list[Erasure]]:
        """Calls that need not be kept any longer, and wishes that nobody has confirmed. Raises NotDone."""
        check_right(self.rights, who, Entity.ERASURE, Action.REQUEST, "-")
        before = taken_before(self.clock.now(), self.rights.retention_years).timestamp()
        # It looks at all that is kept: whoever writes meanwhile does not wait for it.
        with reading(self.engine) as transaction:
            return old_calls(transaction, who.site, before, most), erasures(transaction, site=who.site)

    def request(self, who: Operator, name: str, reason: str) -> Erasure:
        """Ask that a call's records be erased; changes nothing yet. Raises NotDone."""
        check_right(self.rights, who, Entity.ERASURE, Action.REQUEST, reason)
        now = self.clock.now()

        def work(transaction: Transaction) -> Erasure:
            call = call_of(transaction, who.site, name)
            self._check(transaction, _of_call(transaction, call, who.site), now)
            wish = Erasure(new_id(), call, who.site, reason, who.id, now.timestamp())
            add_erasure(transaction, wish)
            log(transaction, [Logged(now.timestamp(), who.id, "erasure_asked", "call", call, reason=reason)])
            return wish

        return written(self.engine, work)

    def confirm(self, who: Operator, wish: str, reason: str) -> Erasure:
        """Confirm as another person: the records leave every feed, then their keys are destroyed.

        Where the program ends in between, confirming again destroys the keys. Raises NotDone.
        """
        check_right(self.rights, who, Entity.ERASURE, Action.CONFIRM, reason)
        now = self.clock.now()
        known, seals = written(
            self.engine, lambda transaction: self._gone(transaction, who, wish, reason, now)
        )
        sealing_of(self.engine).destroy(sorted(seals))
        done = replace(known, done_at=now.timestamp())
        written(self.engine, lambda transaction: change_erasure(transaction, done))
        return done

    def _gone(
        self, transaction: Transaction, who: Operator, wish: str, reason: str, now: datetime
    ) -> tuple[Erasure, set[int]]:
        close_gates_of(transaction, [who.site])
        known = next((one for one in erasures(transaction, wish=wish) if one.site == who.site), None)
        if known is None:
            raise NotDone("no_wish")
        if known.asked_by == who.id:
            raise NotDone("same_person")
        at = now.timestamp()
        records = _of_call(transaction, known.call, known.site)
        if records:
            self._check(transaction, records, now)
        seals = seals_of(transaction, [one.key for one in records])
        seals |= {one.seal for one in recordings_of(transaction, [known.call], known.site)}
        confirmed = replace(
            known, confirmed_by=who.id, confirmed_at=at, seals=tuple(sorted(seals)) or known.seals
        )
        change_erasure(transaction, confirmed)
        withdraw_all(transaction, known.call, at)
        _take_out(transaction, records)
        erase_recordings(transaction, known.call, known.site, at)
        blank_records(transaction, [(GRANT, grant) for grant in grant_ids(transaction, known.call)])
        forget_reasons(transaction, known.call)
        log(transaction, [Logged(at, who.id, "erased", "call", known.call, reason=reason)])
        return confirmed, set(confirmed.seals)

    def _check(self, transaction: Transaction, outlines: Collection[Outline], now: datetime) -> None:
        records = find_records(transaction, [one.key for one in outlines]).values()
        some = next(iter(outlines))
        # A recording may come later than all that was written.
        taken = [kept.taken for kept in recordings_of(transaction, [some.call], some.site)]
        # Of a person the last call counts, whenever they were noted first.
        taken += [datetime.fromisoformat(one.at).timestamp() for one in outlines if one.at]
        retained = Retained(
            datetime.fromtimestamp(max([*taken, *(one.taken for one in outlines)]), UTC),
            held=bool(holds_of(transaction, some.call, some.site)),
            open_task=any(_is_open(kept) for kept in records),
            open_case=any(kept.type == "note" and kept.doc["state"] == _DRAFT for kept in records)
            or is_in_open_case(transaction, some.site, some.call),
        )
        why = why_not_erase(retained, self.rights.retention_years, now)
        if why:
            raise NotDone(why)


def _is_open(kept: Kept) -> bool:
    return kept.type == "referral" and from_document(Referral, kept.doc).is_open


def _of_call(transaction: Transaction, call: str, site: str) -> list[Outline]:
    return [one for one in records_of_calls(transaction, [call]) if one.site == site]


def _take_out(transaction: Transaction, records: Collection[Outline]) -> None:
    """Let the records, and their cards, be gone from every feed; count the callers anew."""
    keys = [one.key for one in records]
    cards = {"note": CARD, "call": CALL_CARD}
    keys += [(cards[kind], entity) for kind, entity in keys if kind in cards]
    standing = placed_records(transaction, keys)
    place(transaction, [replace(one, gone=True) for one in standing], standing)
    blank_records(transaction, keys)
    callers = {(one.site, one.caller) for one in records if one.caller}
    share_out(transaction, {}, Gathered((), (), (), callers), lambda _: False)
