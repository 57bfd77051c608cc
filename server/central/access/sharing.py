"""Who may be given a record, who has it by a grant, and taking that back before its end."""

from dataclasses import dataclass
from datetime import UTC, datetime

from models.access.judging import Ask, judge
from models.access.matrix import Action, Entity, Matrix, Part, Standing
from models.clock import Clock
from models.people.operator import Operator
from models.wire.access import Given, Reader, Sharing
from server.central.access.coverage import note_of
from server.central.access.gates import close_gates_of
from server.central.access.granting import NotGranted, end_now
from server.central.storage.access import GrantRow
from server.central.storage.engine import Database, Transaction, reading, written
from server.central.storage.grants import find_grant, grants_of_note, people_of


@dataclass(frozen=True, slots=True)
class SharingDesk:
    """Beside the desk where grants are made."""

    engine: Database
    clock: Clock
    rights: Matrix

    def of_note(self, who: Operator, note: str) -> Sharing:
        """What somebody who may give this note to others wants to know. Raises NotGranted."""
        now = self.clock.now().timestamp()
        with reading(self.engine) as transaction:
            self._check(transaction, who, note)
            readers = [one for one in people_of(transaction, who.site) if one.leads and one.id != who.id]
            running = grants_of_note(transaction, note, now)
        return Sharing(
            readers=tuple(Reader(id=one.id, name=one.name) for one in readers),
            given=tuple(map(_given, running)),
        )

    def take_back(self, who: Operator, grant: str) -> None:
        """End a grant now: by who made it, by its reader, or by who may give the note. Raises NotGranted."""

        def work(transaction: Transaction) -> None:
            found = find_grant(transaction, grant)
            if found is None or found.site != who.site:
                raise NotGranted("no_record")
            if who.id not in (found.granted_by, found.account):
                self._check(transaction, who, found.note)
            close_gates_of(transaction, [found.site])
            end_now(transaction, found, who.id, self.clock.now())

        written(self.engine, work)

    def _check(self, transaction: Transaction, who: Operator, name: str) -> None:
        note = note_of(transaction, ("note", name))
        if note is None or note.site != who.site:
            raise NotGranted("no_record")
        standings = frozenset({Standing.OWN, Standing.SITE} if note.author == who.id else {Standing.SITE})
        ask = Ask(Entity.GRANT, Part.WORDS, Action.GIVE, standings, reason="-")
        verdict = judge(self.rights, who.roles, ask)
        if not verdict.allowed:
            raise NotGranted(verdict.why)


def _given(grant: GrantRow) -> Given:
    until = datetime.fromtimestamp(grant.until, UTC)
    return Given(id=grant.id, to=grant.account, by=grant.granted_by, reason=grant.reason, until=until)
