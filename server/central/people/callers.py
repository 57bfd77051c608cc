"""The numbers of a site that come before or after others in the queue."""

from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Literal, cast

from models.clock import Clock
from models.people.operator import Operator, Role
from models.risk.level import Level
from models.wire.callers import CallerStanding, CallerStandings
from server.central.caller_secret import secret_of
from server.central.people.cases import counsellors_of
from server.central.people.marks import lowered_until
from server.central.storage.callers import AlarmingRow, alarming_of
from server.central.storage.engine import Database, reading
from server.central.storage.numbers import figures_of_callers
from server.central.storage.schema import DatabaseIdentity

OPEN_FOR = timedelta(days=30)
"""How long after its call an R3 or R4 counts as open once its note is handed in."""
_ALARMING = frozenset(level.value for level in Level if level.alarming)


class NotTold(Exception):
    """Refused: `role`, somebody else asks than a gateway."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class CallersDesk:
    """Where a gateway learns of numbers."""

    engine: Database
    clock: Clock
    identity: DatabaseIdentity

    def standings(self, who: Operator) -> CallerStandings:
        """All that counts now, for the gateway of the site. Raises NotTold. Blocks."""
        if Role.GATEWAY not in who.roles:
            raise NotTold("role")
        now, site = self.clock.now(), who.site
        with reading(self.engine) as transaction:
            rows = alarming_of(transaction, site, (now - OPEN_FOR).astimezone(UTC))
            figures = figures_of_callers(transaction, {(site, row.caller) for row in rows})
            marks = lowered_until(transaction, site, now)
            own = counsellors_of(transaction, site)
        last = {caller: known.last_level for (_, caller), known in figures.items()}
        standings = {one.id: one for one in _open(rows, last)}
        for caller, counsellor in own.items():
            known = standings.get(caller, CallerStanding(id=caller))
            standings[caller] = known.model_copy(update={"counsellor": counsellor})
        for caller, until in marks.items():
            known = standings.get(caller, CallerStanding(id=caller))
            standings[caller] = known.model_copy(update={"lowered_until": until})
        secret = secret_of(self.identity.caller_secret, site).hex()
        return CallerStandings(secret=secret, callers=tuple(standings[key] for key in sorted(standings)))


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
