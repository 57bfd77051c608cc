"""The safety plan of the note on the desk: what is typed is on disk within a second, no wording is lost."""

from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from console.risk.service import STILL_HEARD
from console.runtime.autosave import Autosave, Cancel
from console.runtime.journal import DiskTrouble, Writes
from console.runtime.store import Store
from console.session.identity import Identity
from models.clock import Clock
from models.ids import new_id
from models.notes.note import Note
from models.operation import Operation
from models.risk.planning import PUT, reduce
from models.risk.safety_plan import PlanStep, SafetyPlan, with_wording


@dataclass(frozen=True, slots=True)
class PlanOnDesk:
    """The plan as it is known here; `typed` are the words on the screen that are not in it yet.

    `saved_at` is when all of it was last on disk, None while it is not. Until it is `ready` nobody writes:
    what is stored of it is not on the screen yet.
    """

    plan: SafetyPlan | None = None
    typed: Mapping[PlanStep, str] = field(default_factory=dict)
    saved_at: datetime | None = None
    ready: bool = False

    def text(self, step: PlanStep) -> str:
        """What a step says now."""
        known = self.plan.text(step) if self.plan else ""
        return self.typed.get(step, known)

    @property
    def written(self) -> int:
        """How many steps have words."""
        return sum(bool(self.text(step).strip()) for step in PlanStep)


class PlanService:
    """Lives on the io thread. `read` gives the stored plan of a note, after all that was written."""

    def __init__(
        self,
        journal: Writes,
        clock: Clock,
        later: Callable[[float, Callable[[], None]], Cancel],
        identity: Identity,
        read: Callable[[str], Awaitable[SafetyPlan | None]],
        spawn: Callable[[Coroutine[Any, Any, object]], None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._me = identity.operator.id
        self._read = read
        self._spawn = spawn
        self._plans: dict[str, SafetyPlan] = {}
        self._autosave = Autosave(later, self._save)
        self._keep = False
        self._version = 1
        self._seen: dict[PlanStep, tuple[str, ...]] = {}
        self.desk: Store[PlanOnDesk] = Store(PlanOnDesk())

    def open_for(self, note: Note | None) -> None:
        """Show the plan of this note, a blank one where nobody has written any."""
        current = self.desk.value.plan
        if (note.id if note else None) == (current.id if current else None):
            return
        self.leave()
        if note is None:
            self.desk.publish(PlanOnDesk())
            return
        blank = SafetyPlan(note.id, note.id, note.call, note.author, note.site, self._clock.now())
        self.desk.publish(PlanOnDesk(self._plans.get(note.id, blank)))
        self._spawn(self._fetch(note.id))

    def keep_open(self, notes: Collection[str]) -> None:
        """Forget the plans of other notes than these, but for the last: words for them may still come."""
        done = [note for note in self._plans if note not in notes]
        for note in done[:-STILL_HEARD]:
            del self._plans[note]

    def write(self, step: PlanStep, text: str, version: int, note: str) -> None:
        """A step of this note's plan says this now; `version` is that of the steps on the screen.

        Words that come after another note did belong to the one under which they were typed.
        """
        desk, self._version = self.desk.value, version
        if note != (desk.plan.id if desk.plan else ""):
            self._write_late(step, text, note)
            return
        if desk.plan is None or not desk.ready or desk.text(step) == text:
            return
        # What comes from elsewhere while somebody types was not seen: it stays beside these words.
        self._seen.setdefault(step, _standing(desk.plan, step))
        self.desk.publish(replace(desk, typed={**desk.typed, step: text}, saved_at=None))
        self._autosave.changed()

    def leave(self) -> None:
        """Save at once; the wordings as they stand are kept for ever: hang-up, another field or note."""
        self._keep = True
        self._save()
        self._keep = False

    def _write_late(self, step: PlanStep, text: str, note: str) -> None:
        plan = self._plans.get(note)
        if plan is None or plan.text(step) == text:
            return
        operation = self._operation(plan, step, text, _standing(plan, step), keep=True)
        self._plans[note] = reduce(plan, operation, 0).entity or plan
        self._journal.write(operation, urgent=True)

    def _save(self) -> None:
        desk = self.desk.value
        plan = desk.plan
        if plan is None:
            return
        texts = dict(desk.typed)
        if self._keep:
            texts = {**{step: plan.text(step) for step in PlanStep if self._passing(plan, step)}, **texts}
        seen = {step: self._seen.get(step, _standing(plan, step)) for step in texts}
        operations = [
            self._operation(plan, step, text, seen[step], self._keep) for step, text in texts.items()
        ]
        if not operations:
            return
        for operation in operations:
            plan = reduce(plan, operation, 0).entity or plan
        self._plans[plan.id] = plan
        self._seen.clear()
        self.desk.publish(PlanOnDesk(plan, ready=True))
        known = plan
        # A plan is a part of what closes an R3 or R4: whoever leads sees it as soon as a step is done.
        written = self._journal.write(*operations, urgent=self._keep)
        written.add_done_callback(lambda _: self._saved(known))

    def _passing(self, plan: SafetyPlan, step: PlanStep) -> bool:
        """True where a wording of one's own stands that would go with the next one."""
        standing = plan.standing(step)
        return len(standing) == 1 and not standing[0].kept and standing[0].actor == self._me

    def _saved(self, plan: SafetyPlan) -> None:
        desk = self.desk.value
        if desk.plan == plan and not desk.typed:
            self.desk.publish(PlanOnDesk(plan, {}, self._clock.now(), True))

    async def _fetch(self, note: str) -> None:
        stored = None
        with suppress(DiskTrouble):
            # What cannot be read now is not lost: words that are written beside it stay beside it.
            stored = await self._read(note)
        desk = self.desk.value
        if desk.plan is None or desk.plan.id != note:
            return
        words = stored.words if stored else ()
        for one in desk.plan.words:
            words = with_wording(words, one)
        plan = self._plans[note] = replace(stored or desk.plan, words=words)
        self.desk.publish(replace(desk, plan=plan, ready=True))

    def _operation(
        self, plan: SafetyPlan, step: PlanStep, text: str, on: tuple[str, ...], keep: bool
    ) -> Operation:
        body = {"note": plan.note, "call": plan.call, "site": plan.site, "version": self._version}
        body |= {"step": step, "text": text, "on": list(on), "kept": keep}
        return Operation(new_id(), PUT, plan.id, self._me, self._clock.now(), body)


def _standing(plan: SafetyPlan, step: PlanStep) -> tuple[str, ...]:
    return tuple(one.op for one in plan.standing(step))
