"""What everybody on duty may know of a call is told with its persons: how long it was, its level."""

from collections.abc import Callable
from typing import Any

from console.people.behind import Behind, Earlier
from console.people.service import Journal, Run
from console.session.identity import Identity
from models.calls.call import Call
from models.clock import Clock
from models.ids import new_id
from models.operation import Operation
from models.people.person import ASSESSED, Meeting, Person
from models.people.reduce import TELL
from models.people.together import Together
from models.risk.assessment import Assessment


class Telling:
    """Lives on the io thread. `is_live` says whether a call still goes on at this seat."""

    def __init__(
        self, journal: Journal, clock: Clock, identity: Identity, run: Run, is_live: Callable[[str], bool]
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._identity = identity
        self._run = run
        self._is_live = is_live
        self._last: dict[str, tuple[object, ...]] = {}

    def is_news(self, assessment: Assessment | None) -> bool:
        """True where an assessment has changed in what others are told of it, of a call that is over."""
        if assessment is None or self._is_live(assessment.call):
            return False
        known = (assessment.level, assessment.peak, assessment.seen)
        if self._last.get(assessment.id) == known:
            return False
        self._last[assessment.id] = known
        return True

    async def tell(self, call: str) -> None:
        """Write down, with each person of the call, what is to be known of it, where it is news."""
        if self._is_live(call):
            return
        await self._journal.flush()
        beside = [one.entity for one in await self._run(lambda storage: storage.of_call(call))]
        known = next((one for one in beside if isinstance(one, Call)), None)
        mine = [
            one for one in beside if isinstance(one, Assessment) and one.author == self._identity.operator.id
        ]
        if known is None or known.ended_at is None:
            return
        persons = await self._run(lambda storage: storage.people.behind("", call))
        acts = [
            self._act(person.id, body)
            for together in persons
            for person, meeting in together.met
            if meeting.call == call
            for body in self._news(person, meeting, known, mine)
        ]
        if acts:
            self._journal.write(*acts, urgent=True)
            await self._journal.flush()

    async def earlier(self, behind: Behind) -> tuple[Earlier, ...]:
        """The earlier assessments of the person that a call is about, the latest call first.

        Of those that may not be read here only what everybody may know.
        """
        met = [
            (together, meeting)
            for together in behind.about
            for _, meeting in together.met
            if meeting.call != behind.call and meeting.part in ASSESSED
        ]
        calls = {meeting.call for _, meeting in met}
        found = await self._run(lambda storage: storage.people.beside(calls, ("risk",)))
        here: dict[str, list[Assessment]] = {}
        for one in found:
            here.setdefault(one.call, []).append(one)
        return tuple(
            one
            for together, meeting in met
            for one in _earlier(together, meeting, here.get(meeting.call, []))
        )

    def _news(
        self, person: Person, meeting: Meeting, call: Call, mine: list[Assessment]
    ) -> list[dict[str, Any]]:
        told = {one.assessment: one for one in person.told if one.call == meeting.call}
        began = call.answered_at or call.entered_at or call.ended_at
        seconds = int((call.ended_at - began).total_seconds()) if call.ended_at and began else 0
        news: list[dict[str, Any]] = []
        every: list[Assessment | None] = [*mine] or [None]
        for one in every:
            body: dict[str, Any] = {
                "call": call.id,
                "assessment": one.id if one else "",
                "seconds": max(0, seconds),
                "level": one.level.value if one and one.level else "",
                "peak": one.peak.value if one and one.peak else "",
                "seen": list(one.seen) if one else [],
            }
            last = told.get(body["assessment"])
            said = (last.seconds, last.level, last.peak, list(last.seen)) if last else None
            # A colleague who was in the call tells of it too: without an assessment there is nothing to add.
            silent = one is None and bool(told)
            if not silent and said != (body["seconds"], body["level"], body["peak"], body["seen"]):
                news.append(body)
        return news

    def _act(self, person: str, body: dict[str, Any]) -> Operation:
        return Operation(new_id(), TELL, person, self._identity.operator.id, self._clock.now(), body)


def _earlier(together: Together, meeting: Meeting, here: list[Assessment]) -> list[Earlier]:
    found = {
        one.id: Earlier(one.id, meeting.call, meeting.call_at, one.level or "", one.peak or "", one)
        for one in here
    }
    told = (one for person in together.persons for one in person.told if one.call == meeting.call)
    for one in told:
        if one.assessment and one.assessment not in found:
            found[one.assessment] = Earlier(
                one.assessment, meeting.call, meeting.call_at, one.level, one.peak
            )
    return list(found.values())
