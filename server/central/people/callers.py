"""The numbers of a site that come before or after others in the queue, and who says so."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal, cast

from models.clock import Clock
from models.ids import new_id
from models.people.operator import Operator, Role
from models.risk.level import Level
from models.wire.callers import AllLowered, CallerStanding, CallerStandings, LowerAsked, Lowered
from server.central.caller_secret import secret_of
from server.central.people.cases import counsellors_of
from server.central.storage.access import Logged, log
from server.central.storage.callers import (
    AlarmingRow,
    LoweredRow,
    add_lowered,
    alarming_of,
    end_lowered,
    lowered_of,
)
from server.central.storage.engine import Database, Transaction, reading, written
from server.central.storage.records import figures_of_callers, find_records
from server.central.storage.schema import DatabaseIdentity

OPEN_FOR = timedelta(days=30)
"""How long after its call an R3 or R4 counts as open once its note is handed in."""
_ALARMING = frozenset(level.value for level in Level if level.alarming)


class NotTold(Exception):
    """Refused: `role`, or `no_record` where no such call or mark of the site is known."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class CallersDesk:
    """Where a gateway learns of numbers, and a lead lowers one."""

    engine: Database
    clock: Clock
    identity: DatabaseIdentity

    def standings(self, who: Operator) -> CallerStandings:
        """All that counts now, for the gateway of the site. Raises NotTold. Blocks."""
        if Role.GATEWAY not in who.roles:
            raise NotTold("role")
        now, site = self.clock.now(), who.site
        since = (now - OPEN_FOR).astimezone(UTC).isoformat(timespec="microseconds")
        with reading(self.engine) as transaction:
            rows = alarming_of(transaction, site, _ALARMING, since)
            figures = figures_of_callers(transaction, {(site, row.caller) for row in rows})
            marks = lowered_of(transaction, site, now.timestamp())
            own = counsellors_of(transaction, site)
        last = {caller: known.last_level for (_, caller), known in figures.items()}
        standings = {one.id: one for one in _open(rows, last)}
        for caller, counsellor in own.items():
            known = standings.get(caller, CallerStanding(id=caller))
            standings[caller] = known.model_copy(update={"counsellor": counsellor})
        for mark in sorted(marks, key=lambda one: one.until):
            known = standings.get(mark.caller, CallerStanding(id=mark.caller))
            until = datetime.fromtimestamp(mark.until, UTC)
            standings[mark.caller] = known.model_copy(update={"lowered_until": until})
        secret = secret_of(self.identity.caller_secret, site).hex()
        return CallerStandings(secret=secret, callers=tuple(standings[key] for key in sorted(standings)))

    def lower(self, who: Operator, asked: LowerAsked) -> Lowered:
        """Approve that the number of a call comes after others. Raises NotTold. Blocks."""
        _check(who)
        now = self.clock.now()
        return written(self.engine, lambda transaction: _lowered(transaction, who, asked, now))

    def lowered(self, who: Operator) -> AllLowered:
        """The marks that count now. Raises NotTold. Blocks."""
        _check(who)
        with reading(self.engine) as transaction:
            rows = lowered_of(transaction, who.site, self.clock.now().timestamp())
        return AllLowered(marks=tuple(_told(row) for row in rows))

    def end(self, who: Operator, mark: str) -> None:
        """The number is like any other again. Raises NotTold. Blocks."""
        _check(who)
        now = self.clock.now().timestamp()

        def ended(transaction: Transaction) -> None:
            rows = {row.id: row for row in lowered_of(transaction, who.site, now)}
            if mark not in rows:
                raise NotTold("no_record")
            end_lowered(transaction, mark, now)
            log(transaction, [Logged(now, who.id, "raised", "call", rows[mark].call)])

        written(self.engine, ended)


def _open(rows: list[AlarmingRow], last: dict[str, str]) -> list[CallerStanding]:
    """An R3 or R4 is open while its note waits, or while it is the last that was found of a recent caller."""
    found: dict[str, list[AlarmingRow]] = {}
    for row in rows:
        if not row.finished or last.get(row.caller) in _ALARMING:
            found.setdefault(row.caller, []).append(row)
    return [
        CallerStanding(
            id=caller,
            level=cast(Literal["R3", "R4"], max(row.level for row in those)),
            counsellor=max(those, key=lambda row: row.at).author,
        )
        for caller, those in found.items()
    ]


def _check(who: Operator) -> None:
    if not who.leads:
        raise NotTold("role")


def _lowered(transaction: Transaction, who: Operator, asked: LowerAsked, now: datetime) -> Lowered:
    call = find_records(transaction, [("call", asked.call)]).get(("call", asked.call))
    if call is None or call.site != who.site or not call.caller:
        raise NotTold("no_record")
    until = now + timedelta(days=asked.days)
    row = LoweredRow(
        new_id(),
        who.site,
        call.caller,
        asked.call,
        asked.reason.strip(),
        who.id,
        now.timestamp(),
        until.timestamp(),
    )
    add_lowered(transaction, row)
    log(transaction, [Logged(row.at, who.id, "lowered", "call", asked.call, "", row.reason)])
    return _told(row)


def _told(row: LoweredRow) -> Lowered:
    until = datetime.fromtimestamp(row.until, UTC)
    return Lowered(id=row.id, call=row.call, reason=row.reason, by=row.by, until=until)
