"""Follow-ups, caller plans and marks, connected to the calls, notes and assessments of this seat."""

from collections.abc import Mapping

from console.cases.marks import MarksService
from console.cases.plans import PlansService
from console.followups.agreeing import Agreeing
from console.followups.owing import Owing
from console.followups.service import FollowupsService
from console.notes.service import Desk
from console.noticing import Noticing
from console.parts import Parts
from console.people.behind import Known
from console.runtime.settled import settled
from console.runtime.store import Store
from console.surroundings import Surroundings
from models.followups.followup import Followup
from models.notes.note import Value

FOLLOW_UP = "S7"
"""The category of a call that follows somebody up (domain.md 2)."""


class Following:
    """Lives on the io thread."""

    def __init__(self, parts: Parts, around: Surroundings) -> None:
        journal, clock, me, run = parts.journal, around.clock, parts.identity, around.db.run
        calendar = around.forms.calendar
        # An act that is done while these are read stays in sight: nobody promises a call that nobody sees.
        self.owing = Owing(
            journal, clock, me, lambda: settled(journal, lambda: run(lambda storage: storage.owed.known()))
        )
        self.followups = FollowupsService(
            self.owing, clock, me, around.line.outgoing, parts.command, calendar
        )
        self.agreeing = Agreeing(self.owing, clock, me, calendar)
        self.plans = PlansService(
            *(journal, clock, me),
            lambda: settled(journal, lambda: run(lambda storage: storage.callers.plans())),
            parts.seeing.saw,
        )
        self.marks = MarksService(
            journal,
            clock,
            me,
            lambda: settled(journal, lambda: run(lambda storage: storage.callers.marks())),
            lambda since: run(lambda storage: storage.callers.alarming_numbers(since)),
        )
        self.noticing = Noticing(self.owing, self.plans, clock, parts.calls.view, parts.risk.assessment)
        self._notes = parts.notes
        self._noted: set[str] = set()
        self.followups.note_of = self._note_of
        self.followups.said_in = self._said_in
        self._calls_of = parts.earlier.calls_of
        parts.earlier.calls_of = self._earlier_calls
        parts.notes.desk.watch(self._see_desk)

    def know(self, known: Store[Known]) -> None:
        """Who is behind a call: plans and wishes are those of a person, where one was named."""

        def persons(call: str) -> dict[str, str]:
            behind = known.value.behind.get(call)
            chosen = behind.about or behind.chosen if behind else ()
            return {name: one.alias for one in chosen for name in sorted(one.ids)}

        self.noticing.persons_of = persons
        known.watch(lambda _known: self.noticing.look())

    async def refresh(self) -> None:
        """Something came from the server, or time has gone by."""
        await self.owing.refresh()
        await self.plans.refresh()
        await self.marks.refresh()

    def followup_for(self, call: str) -> Followup | None:
        """What this call is made for, None where it follows nobody up."""
        tried = self.followups.due.value.tried
        known = self.owing.get(tried.callback) if tried is not None and tried.call == call else None
        return known if isinstance(known, Followup) else None

    def _note_of(self, call: str) -> str:
        note = self._notes.desk.value.note
        return note.id if note is not None and note.call == call else ""

    def _said_in(self, call: str) -> Mapping[str, Value]:
        note = self._notes.of_call(call)
        return note.body.values if note is not None else {}

    def _see_desk(self, desk: Desk) -> None:
        """The note of a call that follows somebody up is of that kind, unless somebody chose another."""
        note = desk.note
        if note is None or note.id in self._noted or self.followup_for(note.call) is None:
            return
        self._noted.add(note.id)
        if not note.body.category:
            self._notes.choose_category(FOLLOW_UP, note.id)

    async def _earlier_calls(self, call: str, most: int) -> tuple[str, ...]:
        """Of who is followed up, the call that it came of and those since, whatever number is called."""
        found = await self._calls_of(call, most)
        known = self.followup_for(call)
        if known is None:
            return found
        own = (known.call, *(one.call for one in known.attempts if one.call))
        return tuple(one for one in dict.fromkeys((*own, *found)) if one != call)[:most]
