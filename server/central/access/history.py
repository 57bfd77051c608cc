"""What a note said at earlier stops, for whoever may read the note; each look is logged."""

from dataclasses import dataclass
from datetime import UTC, datetime

from models.access.judging import Ask, judge
from models.access.matrix import Action, Entity, Matrix, Part, Standing
from models.clock import Clock
from models.operation import Operation
from models.people.operator import Operator
from models.wire.history import History, PastAct
from server.central.access.granting import NotGranted
from server.central.storage.access import Logged, log, running_notes
from server.central.storage.accounts import find_account
from server.central.storage.engine import Database, Transaction, written
from server.central.storage.histories import acts_on
from server.central.storage.records import Kept, find_records, records_of_calls
from server.central.sync.sharing import concerns_leads

_NOTE = Entity.NOTE.value


@dataclass(frozen=True, slots=True)
class HistoryDesk:
    """Where the history of a note is asked for."""

    engine: Database
    clock: Clock
    rights: Matrix

    def of_note(self, who: Operator, name: str) -> History:
        """The acts that made a note. Raises NotGranted: `no_record`, or what the rights matrix says."""
        acts = written(self.engine, lambda transaction: self._acts(transaction, who, name))
        names = {actor: self._name(actor) for actor in {act.actor for act in acts}}
        return History(
            acts=tuple(
                PastAct(
                    op=act.op,
                    type=act.type,
                    actor=act.actor,
                    name=names[act.actor],
                    at=act.at,
                    v=act.v,
                    body=act.body,
                )
                for act in acts
            )
        )

    def _acts(self, transaction: Transaction, who: Operator, name: str) -> tuple[Operation, ...]:
        note = find_records(transaction, [(_NOTE, name)]).get((_NOTE, name))
        if note is None or not note.doc or note.site != who.site:
            # Of a record of another site nobody here learns even that it exists.
            raise NotGranted("no_record")
        now = self.clock.now()
        verdict = judge(self.rights, who.roles, self._ask(transaction, who, note, now))
        if not verdict.allowed:
            raise NotGranted(verdict.why)
        log(transaction, [Logged(now.timestamp(), who.id, "history", _NOTE, name)])
        return acts_on(transaction, _NOTE, name)

    def _ask(self, transaction: Transaction, who: Operator, note: Kept, now: datetime) -> Ask:
        records = [one for one in records_of_calls(transaction, [note.call]) if one.site == note.site]
        standings = {Standing.SITE}
        if note.author == who.id:
            standings.add(Standing.OWN)
        if concerns_leads(records):
            standings.add(Standing.ALERT)
        if note.id in running_notes(transaction, who.id, [note.call], now.timestamp()):
            standings.add(Standing.GRANT)
        age = now - datetime.fromtimestamp(note.taken, UTC)
        return Ask(Entity.NOTE, Part.WORDS, Action.READ, frozenset(standings), age)

    def _name(self, account: str) -> str:
        known = find_account(self.engine, account)
        return known.operator.name if known else account
