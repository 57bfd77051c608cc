"""Granting the full text of one record for a time, with a reason, and withdrawing it at its end."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from models.access.grant import ENTITY, Grant
from models.access.judging import Ask, judge
from models.access.matrix import Action, Entity, Matrix, Part, Standing
from models.clock import Clock
from models.codec import to_document
from models.ids import new_id
from models.people.operator import Operator
from models.sync.feeds import grant_feed
from models.wire.access import GrantAsked, Granted
from server.central.access.coverage import covered, note_of, took_part
from server.central.access.gates import close_gates_of
from server.central.storage.access import (
    GrantRow,
    Logged,
    add_grant,
    end_grants,
    grants_of_call,
    grants_over,
    log,
    running_notes,
)
from server.central.storage.accounts import find_account
from server.central.storage.engine import Database, Transaction, written
from server.central.storage.feeds import Placed, place, placed_records
from server.central.storage.records import Kept, write_records

_AT_ONCE = 50


class NotGranted(Exception):
    """No grant; `why` is `no_record`, `no_account`, `too_long`, or what the rights matrix says."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class GrantDesk:
    """Where the full text of a record is asked for."""

    engine: Database
    clock: Clock
    rights: Matrix

    def grant(self, who: Operator, asked: GrantAsked) -> Granted:
        """Give a record for a time. Raises NotGranted; that somebody asked in vain is logged too."""
        now = self.clock.now()
        reader = who if asked.to in ("", who.id) else self._account(who, asked.to)
        try:
            grant = written(
                self.engine, lambda transaction: self._given(transaction, who, reader, asked, now)
            )
        except NotGranted as refused:
            tried = Logged(now.timestamp(), who.id, f"refused_{refused.why}", asked.type, asked.id)
            written(self.engine, lambda transaction: log(transaction, [replace(tried, reason=asked.reason)]))
            raise
        return Granted(id=grant.id, to=grant.to, note=grant.note, until=grant.until, now=now)

    def _account(self, who: Operator, name: str) -> Operator:
        known = find_account(self.engine, name)
        if known is None or known.operator.site != who.site:
            raise NotGranted("no_account")
        return known.operator

    def _given(
        self, transaction: Transaction, who: Operator, reader: Operator, asked: GrantAsked, now: datetime
    ) -> Grant:
        note = note_of(transaction, (asked.type, asked.id))
        if note is None or note.site != who.site:
            # Of a record of another site nobody here learns even that it exists.
            raise NotGranted("no_record")
        self._check(who, reader, note, asked, took_part(transaction, reader, note))
        close_gates_of(transaction, [note.site])
        until = now + timedelta(hours=asked.hours)
        words = asked.reason.strip()
        grant = Grant(new_id(), reader.id, note.id, note.call, note.site, words, who.id, now, until)
        add_grant(transaction, _row(grant))
        _show(transaction, grant, note.seal)
        act = "asked" if reader.id == who.id else "gave"
        given = Logged(now.timestamp(), who.id, act, "note", note.id, grant_feed(reader.id), words)
        log(transaction, [given])
        return grant

    def _check(self, who: Operator, reader: Operator, note: Kept, asked: GrantAsked, took_part: bool) -> None:
        mine = note.author == who.id
        standings = frozenset({Standing.OWN, Standing.SITE} if mine else {Standing.SITE})
        leads = reader.leads or reader.id == note.author
        action = Action.ASK if reader.id == who.id else Action.GIVE
        if action is Action.GIVE and not leads and took_part:
            action = Action.HAND
        ask = Ask(Entity.GRANT, Part.WORDS, action, standings, reason=asked.reason)
        verdict = judge(self.rights, who.roles, ask)
        if verdict.cell is None:
            raise NotGranted(verdict.why)
        if timedelta(hours=asked.hours) > (verdict.cell.longest or timedelta(0)):
            raise NotGranted("too_long")
        if action is Action.GIVE and not leads:
            raise NotGranted("not_yours")
        reading = Ask(Entity.NOTE, Part.WORDS, Action.READ, frozenset({Standing.GRANT}))
        if not judge(self.rights, reader.roles, reading).allowed:
            raise NotGranted("role")


def withdraw_over(engine: Database, now: datetime) -> int:
    """Take back what was granted and is over; gives how many grants ended. Safe in several processes."""
    return written(engine, lambda transaction: _withdrawn(transaction, now.timestamp()))


def end_now(transaction: Transaction, grant: GrantRow, actor: str, now: datetime) -> None:
    """Somebody takes a grant back before its end; that stands in the log under that name."""
    _end(transaction, [grant], now.timestamp())
    log(
        transaction,
        [Logged(now.timestamp(), actor, "taken_back", "note", grant.note, grant_feed(grant.account))],
    )


def withdraw_all(transaction: Transaction, call: str, now: float) -> None:
    """End every grant of a call's records: they are erased."""
    _end(transaction, grants_of_call(transaction, call), now)


def _withdrawn(transaction: Transaction, now: float) -> int:
    over = grants_over(transaction, now, _AT_ONCE)
    if over:
        close_gates_of(transaction, {grant.site for grant in over})
        _end(transaction, over, now)
    return len(over)


def _end(transaction: Transaction, over: Collection[GrantRow], now: float) -> None:
    end_grants(transaction, [grant.id for grant in over], now)
    for grant in over:
        _hide(transaction, grant, now)
    log(
        transaction,
        [Logged(now, one.account, "ended", "note", one.note, grant_feed(one.account)) for one in over],
    )


def _show(transaction: Transaction, grant: Grant, seal: int) -> None:
    # Sealed like what it opens: the reason may tell of the caller.
    own = Kept(ENTITY, grant.id, 1, grant.site, seal=seal, doc=to_document(grant))
    write_records(transaction, [own], ())
    records = [*covered(transaction, grant.note, grant.call, grant.site), own]
    standing = placed_records(transaction, [kept.key for kept in records])
    feed = grant_feed(grant.to)
    place(transaction, [Placed(feed, kept.type, kept.id, kept.ver) for kept in records], standing)


def _hide(transaction: Transaction, grant: GrantRow, now: float) -> None:
    """Take the grant and its records out of the feed, but for what another grant still covers."""
    still = running_notes(transaction, grant.account, [grant.call], now)
    keep = {kept.key for note in still for kept in covered(transaction, note, grant.call, grant.site)}
    records = covered(transaction, grant.note, grant.call, grant.site)
    keys = [kept.key for kept in records if kept.key not in keep] + [(ENTITY, grant.id)]
    standing = placed_records(transaction, keys)
    feed = grant_feed(grant.account)
    place(transaction, [replace(one, gone=True) for one in standing if one.feed == feed], standing)


def _row(grant: Grant) -> GrantRow:
    at, until = grant.at.astimezone(UTC).timestamp(), grant.until.timestamp()
    return GrantRow(grant.id, grant.to, grant.note, grant.call, grant.site, grant.reason, grant.by, at, until)
