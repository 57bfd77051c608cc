"""The risk assessment of the note on the desk: every answer is an act of its own."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

from console.runtime.journal import Writes
from console.runtime.store import Store
from console.session.identity import Identity
from models.clock import Clock
from models.ids import new_id
from models.notes.note import Note
from models.operation import Operation
from models.risk.assessment import Assessment
from models.risk.level import Level
from models.risk.lowering import may_lower
from models.risk.questionnaire import Instruments
from models.risk.quick_screen import AskState, Item
from models.risk.reduce import reduce
from models.risk.scoring import result_of
from models.risk.trail import Dial, Ground, Phase

T = TypeVar("T")
NO_INSTRUMENTS = Instruments()
STILL_HEARD = 8
"""So many notes that are done may still be answered about: words on their way from the window."""


class RiskService:
    """Keeps the assessments of the notes that are open; `assessment` is that of the note in front.

    Who answers names the `note` whose panel it was answered on: another may have come to the front meanwhile.
    Where none is named it is the one in front. `aside` tells of one that changed behind another.
    """

    def __init__(
        self, journal: Writes, clock: Clock, identity: Identity, instruments: Instruments = NO_INSTRUMENTS
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._identity = identity
        self._instruments = instruments
        self._beside: dict[str, Assessment] = {}
        self._before_the_eyes: tuple[str, ...] = ()
        self.assessment: Store[Assessment | None] = Store(None)
        self.aside: Store[Assessment | None] = Store(None)

    def look_back(self, earlier: Sequence[str]) -> None:
        """These earlier assessments of the same person are before the eyes of who assesses now.

        The present one names them with its next entry: only then has it judged in their knowledge.
        """
        self._before_the_eyes = tuple(earlier)

    def open_for(self, note: Note | None, known: Assessment | None = None) -> None:
        """Show the assessment of a note: a stored one, that which was left for another note, or a blank one.

        A blank one exists once something is asked.
        """
        current = self.assessment.value
        if current and note and current.note == note.id:
            return
        if current:
            # Who was left last is forgotten last.
            self._beside.pop(current.note, None)
            self._beside[current.note] = current
        if note is None:
            self.assessment.publish(None)
            return
        me = self._identity.operator
        known = known or self._beside.get(note.id)
        self.assessment.publish(known or Assessment(note.id, note.id, note.call, me.id, note.site))

    def lay_beside(self, note: Note, known: Assessment | None) -> None:
        """Have the stored assessment of a note that is open behind another at hand."""
        if known is not None and self.of_note(note.id) is None:
            self._beside[note.id] = known

    def keep_open(self, notes: Collection[str]) -> None:
        """Forget what was left for other notes than these: they are done, and only the last still hear."""
        done = [note for note in self._beside if note not in notes]
        for note in done[:-STILL_HEARD]:
            del self._beside[note]

    def of_note(self, note: str) -> Assessment | None:
        """The assessment of a note that is open, in front or not."""
        current = self.assessment.value
        return current if current and current.note == note else self._beside.get(note)

    def answer(self, item: Item, state: AskState, note: str = "") -> None:
        """An item was asked and answered so."""
        self._act("risk.answer", {"item": item, "state": state}, note)

    def rate(self, dial: Dial, phase: Phase, value: int, note: str = "") -> None:
        """A 0–100 rating was given."""
        self._act("risk.rate", {"dial": dial, "phase": phase, "value": value}, note)

    def judge(self, level: Level, note: str = "", ground: Ground | None = None) -> None:
        """The operator gives a level, or the note does on a `ground`; the highest of all is shown."""
        self._act("risk.judge", {"level": level} | ({"ground": ground} if ground else {}), note)

    def respond(self, instrument: str, item: str, value: str, note: str = "") -> None:
        """An item of another instrument was answered; what that comes to is kept once it is certain."""
        asked = self._instruments.find(instrument)
        if asked is None:
            return
        content = {"instrument": instrument, "version": asked.version, "item": item, "value": value}
        known = self._act("risk.respond", content, note)
        if known is None:
            return
        result = result_of(self._instruments, instrument, known)
        kept = [one for one in known.scores if one.instrument == instrument]
        if result is not None and result.differs_from(kept[-1] if kept else None):
            score = {"points": result.points, "band": result.band, "weights": result.weights}
            place = {"instrument": instrument, "version": asked.version, "level": result.level}
            self._act("risk.score", {**place, **score}, note)

    def lower(self, to: Level, reason: str, note: str = "") -> None:
        """Wish for a lower level than stands; it stays until a second person agrees."""
        known = self._about(note)
        standing = known.standing if known else None
        if known is None or standing is None or standing.level is None or not may_lower(known, to):
            return
        wish = {"upto": known.last_n, "stood": standing.level, "to": to, "reason": reason}
        self._act("risk.lower", wish, note)

    def meet(self, told: Assessment) -> None:
        """What others did to the assessment on the desk, their wishes and second words, counts here too."""
        known = self.assessment.value
        if known is None or known.id != told.id:
            return
        lowerings = {one.op: one for one in (*told.lowerings, *known.lowerings)}
        seconds = {one.op: one for one in (*told.seconds, *known.seconds)}
        after = replace(known, lowerings=_by_op(lowerings), seconds=_by_op(seconds))
        if after != known:
            self.assessment.publish(after)

    def hear(self, word: Operation) -> None:
        """A second person's word that was said at this workstation; it is kept in that person's own name."""
        current = self.assessment.value
        open_ones = (*((current,) if current else ()), *self._beside.values())
        known = next((one for one in open_ones if one.id == word.id), None)
        after = reduce(known, word, 0).entity if known is not None else None
        if after is not None:
            self._keep(after)

    def second(self, assessment: Assessment, lowering: str, agrees: bool) -> None:
        """Say a second person's word about a wish in the assessment of somebody else.

        Nothing where the wish does not wait or is one's own.
        """
        waiting = assessment.standing.waiting
        me = self._identity.operator.id
        if waiting is None or waiting.op != lowering or waiting.actor == me:
            return
        place = {"note": assessment.note, "call": assessment.call, "site": assessment.site}
        body = {**place, "lowering": lowering, "agrees": agrees}
        act = Operation(new_id(), "risk.second", assessment.id, me, self._clock.now(), body)
        self._journal.write(act, urgent=True)

    def _see(self) -> None:
        """Name what is before the eyes and was not named yet."""
        known = self.assessment.value
        new = sorted(set(self._before_the_eyes) - {*known.seen, known.id}) if known else []
        if known is None or not new:
            return
        body = {"note": known.note, "call": known.call, "site": known.site, "seen": new}
        me = self._identity.operator.id
        act = Operation(new_id(), "risk.see", known.id, me, self._clock.now(), body)
        self.assessment.publish(reduce(known, act, 0).entity)
        self._journal.write(act)

    def _act(self, kind: str, content: dict[str, object], note: str) -> Assessment | None:
        """Write the act down; the assessment after it, None where there is none to act on."""
        known = self._about(note)
        if known is self.assessment.value:
            self._see()
            known = self.assessment.value
        if known is None:
            return None
        n, me = known.last_n + 1, self._identity.operator.id
        body = {"note": known.note, "call": known.call, "site": known.site, **content, "n": n}
        operation = Operation(new_id(), kind, known.id, me, self._clock.now(), body)
        after = reduce(known, operation, 0).entity or known
        self._keep(after)
        raised = after.peak != known.peak and after.peak is not None and after.peak.alarming
        self._journal.write(operation, urgent=raised)
        return after

    def _about(self, note: str) -> Assessment | None:
        return self.of_note(note) if note else self.assessment.value

    def _keep(self, after: Assessment) -> None:
        current = self.assessment.value
        if current is not None and current.id == after.id:
            self.assessment.publish(after)
        else:
            self._beside[after.note] = after
            self.aside.publish(after)


def _by_op(acts: Mapping[str, T]) -> tuple[T, ...]:
    return tuple(act for _, act in sorted(acts.items()))
