"""Persons and cases on the desk: connected to the calls, notes and assessments of this seat."""

from collections import deque
from functools import partial

from console.calls.service import LineView
from console.cases.laid_open import LaidOpen
from console.cases.record_here import RecordHere
from console.cases.service import CasesService
from console.following import Following
from console.parts import Parts
from console.people.behind import Behind, Earlier
from console.people.service import PeopleService
from console.people.telling import Telling
from console.staff import Staff
from console.surroundings import Surroundings
from models.calls.call import Call
from models.people.person import ASSESSED, Part
from models.risk.assessment import Assessment

_LAST = 8


class Knowing:
    """Lives on the io thread."""

    def __init__(self, parts: Parts, following: Following, around: Surroundings) -> None:
        journal, clock, identity, run = parts.journal, around.clock, parts.identity, around.db.run
        self._calls = parts.calls
        self._run = run
        self._spawn = parts.spawn
        # Of the last ones only: a level changes soon after the call, by a second person's word, or not here.
        self._ended: deque[str] = deque(maxlen=_LAST)
        self.people = PeopleService(journal, clock, identity, run)
        self.cases = CasesService(journal, clock, identity, run, parts.seeing.saw)
        self.staff = Staff(
            identity.operator,
            parts.shifts.view,
            self.cases.mine,
            following.plans.plans,
            lambda: run(lambda storage: storage.staff.all()),
        )
        self.laid_open = LaidOpen(parts.shelf.record, parts.shelf.of_call, parts.access)
        self.record_here = RecordHere(identity.operator, parts.shelf.of_call, parts.access, parts.spawn)
        self.telling = Telling(journal, clock, identity, run, self._is_live)
        self.people.changed.append(partial(self.cases.refresh, anew=True))
        self.cases.changed.append(self.people.refresh)
        self.people.changed.append(parts.earlier.refresh)
        self._same_number, parts.earlier.calls_of = parts.earlier.calls_of, self.calls_of
        parts.calls.view.watch(self._look_at_calls)
        parts.risk.assessment.watch(self.see_assessment)
        following.know(self.people.known)

    async def refresh(self) -> None:
        """Something came from the server: show it, and tell what it changed of the calls of this seat."""
        for call in tuple(self._ended):
            await self.telling.tell(call)
        await self.people.refresh()
        await self.cases.refresh()
        await self.staff.refresh()
        await self.record_here.look()

    def see_assessment(self, assessment: Assessment | None) -> None:
        """The assessment on the desk changed; of a call that is over others are told of it."""
        if assessment is not None and self.telling.is_news(assessment):
            self._spawn(self._tell(assessment.call))

    async def earlier_assessments(self, call: str) -> tuple[Earlier, ...]:
        """The earlier assessments of the person that a call is about, the latest call first.

        What was shown of these is what an assessment of this call has `seen`. Nothing while nobody said who
        it is about.
        """
        known = await self._call(call)
        return await self.telling.earlier(await self.people.read(known)) if known else ()

    async def calls_of(self, call: str, most: int) -> tuple[str, ...]:
        """The last other calls of the person that a call is about.

        Where somebody is known under its number and nobody said who it is, none: a household is no person.
        """
        known = await self._call(call)
        behind = await self.people.read(known) if known else Behind(call)
        if behind.persons:
            met = [one.call for together in behind.about for _, one in together.met if one.part in ASSESSED]
            return tuple(dict.fromkeys(one for one in met if one != call))[:most]
        return await self._same_number(call, most)

    async def choose(self, call: str, person: str, part: Part) -> None:
        """This person had this part in the call."""
        known = await self._call(call)
        if known is not None:
            await self.people.choose(known, person, part)
            await self._tell(call)

    async def note_down(self, call: str, alias: str, code_word: str, part: Part) -> None:
        """Somebody new had this part in the call."""
        known = await self._call(call)
        if known is not None and alias.strip():
            await self.people.note_down(known, alias, code_word, part)
            await self._tell(call)

    async def take_back(self, call: str, person: str) -> None:
        """It was not this person after all."""
        known = await self._call(call)
        if known is not None:
            await self.people.take_back(known, person)

    async def begin_case(self, call: str, alias: str) -> None:
        """A case of the person that a call is about, shown at once; who is not known yet gets an alias."""
        known = await self._call(call)
        if known is None:
            return
        behind = await self.people.read(known)
        person = (
            behind.about[0].id if behind.about else await self.people.note_down(known, alias, "", Part.SELF)
        )
        await self.cases.begin(person, call)
        await self._tell(call)
        await self.cases.open(person)

    async def _tell(self, call: str) -> None:
        await self.telling.tell(call)
        await self.refresh_shown()

    async def refresh_shown(self) -> None:
        """Show what was written here."""
        await self.people.refresh()
        await self.cases.refresh()

    async def _call(self, call: str) -> Call | None:
        here = next((one for one in self._calls.view.value.calls if one.id == call), None)
        if here is not None:
            return here
        record = await self._run(lambda storage: storage.record("call", call))
        return record.entity if record is not None else None

    def _is_live(self, call: str) -> bool:
        return any(one.id == call and not one.ended_at for one in self._calls.view.value.calls)

    def _look_at_calls(self, view: LineView) -> None:
        self.people.keep(one.id for one in view.calls)
        for call in view.calls:
            if self.people.is_new(call):
                self._spawn(self.people.recognise(call))
            if call.ended_at and call.id not in self._ended:
                self._ended.append(call.id)
                self._spawn(self._tell(call.id))
