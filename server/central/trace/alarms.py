"""What was found wrong with the trace, told to those who lead, until somebody settles it with a reason."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from models.access.judging import Ask, judge
from models.access.matrix import Action, Entity, Matrix, Part, Standing
from models.clock import Clock
from models.people.operator import Operator
from models.trace.chain import Broken
from models.wire.trace import Alarms, AlarmTold
from server.central.storage.access import Logged, log
from server.central.storage.accounts import find_account
from server.central.storage.engine import Database, Transaction, reading, written
from server.central.storage.recording import SERVER
from server.central.storage.trace import ALARM, SETTLED, Alarm, add_alarm, open_alarms
from server.central.storage.watched import last_checkpoint_at
from server.central.trace.verifying import Finding

LATE = timedelta(hours=3)
"""A checkpoint is made every hour; without one for so long nobody vouches for the trace."""
_MOST = 50


class NotSettled(Exception):
    """Nothing was settled; `why` is `no_alarm`, or what the rights matrix says."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


@dataclass(frozen=True, slots=True)
class AlarmDesk:
    """Tells alarms to who may read them, and lets them be settled."""

    engine: Database
    clock: Clock
    rights: Matrix

    def told(self, who: Operator) -> Alarms | None:
        """What is open for the site of this person, newest first; None for who has no right to it."""
        if not self._may(who, Action.READ):
            return None
        with reading(self.engine) as transaction:
            known = open_alarms(transaction)
            closed = last_checkpoint_at(transaction)
        mine = [one for one in known if self._concerns(one, who)]
        late = closed is not None and self.clock.now() - closed > LATE
        return Alarms(
            count=len(mine), alarms=tuple(map(_told, reversed(mine[-_MOST:]))), checkpoint_late=late
        )

    def settle(self, who: Operator, name: str, reason: str) -> int:
        """Somebody has found out what was wrong; gives how many alarms that settles. Raises NotSettled.

        `name` is chain and place as `audit verify` prints them, or the chain alone for all of it.
        """
        if not self._may(who, Action.RESOLVE, reason):
            raise NotSettled("role" if reason.strip() else "reason_wanted")

        def work(transaction: Transaction) -> int:
            found = {
                (one.epoch, str(one.broken.n))
                for one in open_alarms(transaction)
                if name in (one.name, one.epoch)
            }
            at, words = self.clock.now().timestamp(), reason.strip()
            log(transaction, [Logged(at, who.id, SETTLED, ALARM, *one, words) for one in sorted(found)])
            return len(found)

        done = written(self.engine, work)
        if not done:
            raise NotSettled("no_alarm")
        return done

    def _may(self, who: Operator, action: Action, reason: str = "") -> bool:
        ask = Ask(Entity.ALARM, Part.CODED, action, frozenset({Standing.SITE}), reason=reason)
        return judge(self.rights, who.roles, ask).allowed

    def _concerns(self, one: Alarm, who: Operator) -> bool:
        """What is the server's own, or of somebody who is not known any more, concerns every site."""
        account = find_account(self.engine, one.account) if one.account else None
        return account is None or account.operator.site == who.site


def raise_findings(engine: Database, findings: Iterable[Finding], now: datetime) -> None:
    """Let what the verifier found be told like what came in broken; what is known stays as it was."""
    found = [
        Alarm(one.name, Broken(one.broken.n, one.broken.why), one.operator, SERVER, now.isoformat())
        for one in findings
    ]

    def work(transaction: Transaction) -> None:
        for one in found:
            add_alarm(transaction, one)

    if found:
        written(engine, work)


def _told(one: Alarm) -> AlarmTold:
    return AlarmTold(
        name=one.name,
        why=one.broken.why.value,
        operator=one.account,
        workstation=one.workstation,
        at=datetime.fromisoformat(one.at),
    )
