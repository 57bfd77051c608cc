"""The earlier assessments of who is on the line: read, shown beside the present one, and named in it."""

from collections.abc import Awaitable, Callable, Coroutine, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from console.notes.service import Desk
from console.risk.service import RiskService
from console.runtime.store import Store
from models.access.judging import Verdict
from models.notes.note import Note
from models.risk.assessment import Assessment
from models.risk.case_level import case_level
from models.risk.course import RatingsOfCall, assessed, course_of
from models.risk.level import Level

MOST_CALLS = 20

ReadCalls = Callable[[str, int], Awaitable[tuple[str, ...]]]
ReadOfCall = Callable[[str], Awaitable[tuple[object, ...]]]
Spawn = Callable[[Coroutine[Any, Any, object]], object]


class Access(Protocol):
    """What somebody may read, and that it was read."""

    def readable(self, note: Note, beside: Iterable[object] = ()) -> Verdict:
        """Whether a note may be read now, by all that is known of its call."""
        ...

    def saw(self, entities: Iterable[object], where: str) -> None:
        """These were opened in a view."""
        ...


@dataclass(frozen=True, slots=True)
class CaseView:
    """The earlier calls of a person, the earliest first, and the level over all of them (None: RX)."""

    calls: tuple[RatingsOfCall, ...] = ()
    level: Level | None = None


class Earlier:
    """Follows the note on the desk. `calls_of` gives the other calls of whoever a call is from."""

    def __init__(
        self, calls_of: ReadCalls, of_call: ReadOfCall, access: Access, risk: RiskService, spawn: Spawn
    ) -> None:
        self.calls_of = calls_of
        self._of_call = of_call
        self._access = access
        self._risk = risk
        self._spawn = spawn
        self._call = ""
        self._known: tuple[Assessment, ...] = ()
        self._logged: set[str] = set()
        self.case: Store[CaseView] = Store(CaseView())
        risk.assessment.watch(lambda _assessment: self._publish())

    def follow(self, desk: Desk) -> None:
        """Another note lies on the desk, or none."""
        call = desk.note.call if desk.note else ""
        if call != self._call:
            self._call = call
            self._show(())
            self._spawn(self.refresh())

    async def refresh(self) -> None:
        """Read what is known by now of earlier calls, and what others did to the present assessment."""
        call = self._call
        if not call:
            return
        for one in await self._of_call(call):
            if isinstance(one, Assessment):
                self._risk.meet(one)
        found: list[Assessment] = []
        for other in await self.calls_of(call, MOST_CALLS):
            entities = await self._of_call(other)
            notes = [one for one in entities if isinstance(one, Note)]
            mine = {one.id for one in notes if self._access.readable(one, entities).allowed}
            found += [one for one in entities if isinstance(one, Assessment) and one.note in mine]
        if call == self._call:
            self._show(tuple(found))

    def _show(self, known: tuple[Assessment, ...]) -> None:
        self._known = known
        self._risk.look_back([one.id for one in known])
        new = [one for one in known if one.id not in self._logged]
        self._logged |= {one.id for one in new}
        self._access.saw(new, "earlier")
        self._publish()

    def _publish(self) -> None:
        """The assessment that is being made counts too, once it can judge about the others."""
        now = self._risk.assessment.value
        all_of_them = (*self._known, *((now,) if now else ()))
        view = CaseView(course_of(self._known), case_level([assessed(one) for one in all_of_them]))
        if view != self.case.value:
            self.case.publish(view if self._known else CaseView())
