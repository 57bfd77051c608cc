"""Alerts as this workstation knows them: raised here, heard on the line, fetched from the server."""

from collections.abc import Awaitable, Callable, Coroutine
from datetime import datetime
from typing import Any

from console.line.alerting import Alerting
from console.runtime.journal import DiskTrouble, Writes
from console.runtime.store import Store
from console.session.identity import Identity
from models.alerts.alert import Alert, Cause, Sight, alert_id, second_id, sight_id
from models.alerts.known import KEPT, Known, is_over
from models.alerts.reduce import RAISE, SEE
from models.clock import Clock
from models.codec import to_document
from models.ids import new_id
from models.operation import Operation
from models.risk.assessment import Assessment
from models.risk.level import Level

Told = Alert | Sight
_OF_THE_ACT = ("id", "author", "at")
ReadAlerts = Callable[[datetime], Awaitable[tuple[Told, ...]]]


class AlertsService:
    """Lives on the io thread. What is raised or seen here goes both ways, and neither waits for the other."""

    def __init__(
        self,
        journal: Writes,
        clock: Clock,
        identity: Identity,
        line: Alerting,
        read: ReadAlerts,
        spawn: Callable[[Coroutine[Any, Any, object]], None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._me = identity.operator
        self._seat = identity.seat
        self._line = line
        self._read = read
        self._spawn = spawn
        self._read_once = False
        self._early: list[Assessment] = []
        self._on_line: set[str] = set()
        self.known: Store[Known] = Store(Known())

    def hear(self, told: Told) -> None:
        """What the line tells."""
        self._add(told)

    def connected(self) -> None:
        """The line is there: it hears what it may lack. A gateway that began anew lacks everything."""
        self._on_line.clear()
        self._tell_line()

    async def refresh(self) -> None:
        """Take in what the local database has, also from the server; where it has nothing now, later."""
        try:
            self._add(*await self._read(self._clock.now() - KEPT))
        except DiskTrouble:
            return
        finally:
            early, self._early, self._read_once = self._early, [], True
            for assessment in early:
                self.see_assessment(assessment)
        self._tell_line()

    def see_assessment(self, assessment: Assessment | None) -> None:
        """The level of the note on the desk; R3 and R4 are told once each, whatever restarts meanwhile."""
        if assessment is not None and self.known.value.of_note(assessment.note):
            # A lead may be looking: each further answer goes to the server at once, behind itself.
            self._spawn(self._hurry())
        if assessment is None or assessment.author != self._me.id:
            return
        self._ask_for_a_second(assessment)
        peak = assessment.peak
        if peak is None or not peak.alarming:
            return
        if not self._read_once:
            # What was told before the program ended is on the disk: in a moment.
            self._early.append(assessment)
        elif self._clock.now() - _moved(assessment) < KEPT:
            self._raise(alert_id(assessment.note, peak), assessment.call, assessment.note, Cause.LEVEL, peak)

    def _ask_for_a_second(self, assessment: Assessment) -> None:
        """A wish of one's own to lower a level waits: somebody who leads is to hear of it, once."""
        waiting = assessment.standing.waiting
        if waiting is None or waiting.actor != self._me.id or self._clock.now() - waiting.at >= KEPT:
            return
        name = second_id(waiting.op)
        self._raise(name, assessment.call, assessment.note, Cause.SECOND, assessment.level)

    def call_for_help(self, call: str, note: str, level: Level | None) -> None:
        """The operator needs somebody; once more while nobody has seen it is the same call for help."""
        waiting = self.known.value.unanswered(self._me.id)
        known = next((one for one in waiting if one.cause is Cause.HELP and one.call == call), None)
        if known is None:
            self._raise(new_id(), call, note, Cause.HELP, level)
        else:
            self._on_line.discard(known.id)
            self._tell_line()

    def acknowledge(self, alert: str) -> None:
        """This lead has seen it, and says so by pressing a key."""
        known = self.known.value.alerts.get(alert)
        if known is None or not self._me.leads:
            return
        me, now = self._me, self._clock.now()
        sight = Sight(
            sight_id(alert, me.id), alert, known.call, known.note, known.author, now, me.id, me.name, me.site
        )
        self._put(sight, SEE)

    def _raise(self, name: str, call: str, note: str, cause: Cause, level: Level | None) -> None:
        me, now = self._me, self._clock.now()
        alert = Alert(name, call, note, cause, level, now, me.id, me.name, self._seat, me.site)
        self._put(alert, RAISE)

    def _put(self, told: Told, act: str) -> None:
        known = self.known.value
        if told.id in known.alerts or told.id in known.sights:
            return
        self._add(told)
        body = {name: value for name, value in to_document(told).items() if name not in _OF_THE_ACT}
        self._journal.write(Operation(new_id(), act, told.id, self._me.id, told.at, body), urgent=True)
        self._tell_line()

    def _add(self, *told: Told) -> None:
        self.known.publish(self.known.value.hear(told).since(self._clock.now() - KEPT))

    def _tell_line(self) -> None:
        """Tell the line what it has not taken yet: own alerts that nobody has seen, and own sights."""
        known, now = self.known.value, self._clock.now()
        mine: list[Told] = [*known.unanswered(self._me.id)]
        mine += [one for one in known.sights.values() if one.author == self._me.id]
        for one in mine:
            if one.id not in self._on_line and not is_over(one, now):
                self._on_line.add(one.id)
                self._spawn(self._tell(one))

    async def _hurry(self) -> None:
        self._journal.write(urgent=True)

    async def _tell(self, told: Told) -> None:
        line = self._line
        done = await (line.alert(told) if isinstance(told, Alert) else line.seen(told))
        if not done.ok:
            # With the next connection again; the server has it in any case.
            self._on_line.discard(told.id)


def _moved(assessment: Assessment) -> datetime:
    """When somebody last answered or judged something."""
    moments = [one.at for one in assessment.answers] + [one.at for one in assessment.judgements]
    return max(moments + [one.at for one in assessment.responses] + [one.at for one in assessment.scores])
