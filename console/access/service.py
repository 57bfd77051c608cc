"""What may be seen and changed here: notes of the day, records of four weeks, what was granted, numbers."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from console.access.seeing import Seeing
from console.runtime.autosave import Cancel
from console.runtime.store import Store
from models.access.grant import Grant
from models.access.judging import Ask, Verdict, judge, window_of
from models.access.matrix import Action, Entity, Matrix, Part, Standing
from models.access.reasons import UnmaskReason
from models.alerts.alert import Alert
from models.calls.call import Call
from models.followups.followup import Followup
from models.followups.known import Owed
from models.notes.note import Note
from models.people.operator import Operator
from models.referrals.referral import Referral
from models.risk.assessment import Assessment
from models.risk.safety_plan import SafetyPlan
from models.trace.entry import Act, Happening, as_code

_CLINICAL = (
    (Note, Entity.NOTE),
    (Assessment, Entity.RISK),
    (SafetyPlan, Entity.SAFETY_PLAN),
    (Referral, Entity.REFERRAL),
)


class Stage(StrEnum):
    """How far a wish for the full text of a record has come."""

    NONE = "none"
    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Asked:
    """The last wish for a full text: of which note, and what came of it (`why`: a code)."""

    note: str = ""
    stage: Stage = Stage.NONE
    why: str = ""


class AskServer(Protocol):
    """Asks the server for the full text of a note."""

    def __call__(self, note: str, reason: str, hours: int, /) -> Awaitable[str]:
        """ "" where it was granted, otherwise why not: a code."""
        ...


async def _off_line(_note: str, _reason: str, _hours: int, _to: str) -> str:
    return "off_line"


@dataclass(frozen=True, slots=True)
class Judging:
    """By which matrix and at which trusted time rights are judged; the wall clock, and who gives more.

    `give` lets somebody else read an own note: its id, a reason, hours, the account.
    """

    matrix: Matrix
    now: Callable[[], datetime]
    wall: Callable[[], datetime]
    ask: AskServer
    give: Callable[[str, str, int, str], Awaitable[str]] = _off_line


class AccessService:
    """Lives on the io thread."""

    def __init__(
        self,
        judging: Judging,
        who: Operator,
        seeing: Seeing,
        later: Callable[[float, Callable[[], None]], Cancel],
    ) -> None:
        self._matrix = judging.matrix
        self._now = judging.now
        self._wall = judging.wall
        self._writing = ("", Verdict())
        self._ask_server = judging.ask
        self._who = who
        self._seeing = seeing
        self._later = later
        self.asked: Store[Asked] = Store(Asked())
        self.unmasked: Store[frozenset[str]] = Store(frozenset())

    def editable(self, note: Note) -> Verdict:
        """Whether the words of a note may be changed now.

        A note that was open for writing stays so until another one is: no clock that is set right in the
        midst of a call takes it away. The server holds what came too late.
        """
        verdict = self._judged(Entity.NOTE, Part.WORDS, Action.WRITE, note, ())
        if verdict.allowed or note.id != self._writing[0]:
            self._writing = (note.id, verdict)
        return self._writing[1]

    def edit_hours(self) -> int:
        """For how many hours an author may change the words of a note; 0 where there is no end."""
        window = window_of(self._matrix, Entity.NOTE, Part.WORDS, Action.WRITE)
        return int(window.total_seconds() // 3600) if window else 0

    def readable(self, note: Note, beside: Iterable[object] = ()) -> Verdict:
        """Whether a note may be read now; `beside` is all that is known here of its call, with the grants."""
        return self._judged(Entity.NOTE, Part.WORDS, Action.READ, note, beside)

    def addable(self, note: Note, beside: Iterable[object] = ()) -> Verdict:
        """Whether words may be put beside a note now."""
        return self._judged(Entity.NOTE, Part.WORDS, Action.ADD, note, beside)

    def knows(self, kind: str, site: str, *, own: bool) -> Verdict:
        """Whether what belongs to somebody over many calls may be read: a person, a case, a caller plan."""
        standings = {Standing.SITE} if site == self._who.site else set()
        standings |= {Standing.OWN} if own else set()
        return judge(
            self._matrix, self._who.roles, Ask(Entity(kind), Part.WORDS, Action.READ, frozenset(standings))
        )

    def saw(self, entities: Iterable[object], where: str) -> None:
        """These were opened in a view: each note, assessment and referral leaves an entry in the trace."""
        for one in entities:
            for kind, entity in _CLINICAL:
                if isinstance(one, kind):
                    self._seeing.saw(Happening(Act.READ, entity.value, one.id, where=where))

    def unmask(self, call: Call, note: Note | None, beside: Iterable[object], reason: UnmaskReason) -> bool:
        """Show a whole number for a short time; that and why goes into the trace. False: not allowed.

        `note` is the note about the call, None for a call that is on the desk now.
        """
        standings = frozenset({Standing.OWN}) if note is None else self._standings(note, beside)
        age = self._age(note) if note else timedelta(0)
        ask = Ask(Entity.CALL, Part.NUMBER, Action.UNMASK, standings, age, reason.value)
        return self._unmask(ask, call.id)

    def unmask_owed(self, owed: Owed, reason: UnmaskReason) -> bool:
        """Show the whole number of a call that is owed, as that of a call. False: not allowed."""
        entity = Entity.FOLLOWUP if isinstance(owed, Followup) else Entity.CALLBACK
        standings = {Standing.SITE} if owed.site == self._who.site else set[Standing]()
        if owed.author == self._who.id:
            standings.add(Standing.OWN)
        ask = Ask(entity, Part.NUMBER, Action.UNMASK, frozenset(standings), reason=reason.value)
        return self._unmask(ask, owed.id)

    def _unmask(self, ask: Ask, record: str) -> bool:
        if not judge(self._matrix, self._who.roles, ask).allowed:
            return False
        self._seeing.saw(Happening(Act.UNMASKED, ask.entity.value, as_code(record), reason=ask.reason))
        self.unmasked.publish(self.unmasked.value | {record})
        self._later(self._matrix.unmasked.total_seconds(), lambda: self.mask(record))
        return True

    def mask(self, record: str) -> None:
        """Hide a number again."""
        self.unmasked.publish(self.unmasked.value - {record})

    async def ask(self, note: str, reason: str, hours: int) -> None:
        """Ask the server for the full text of a note; it comes with the next pull."""
        if not reason.strip():
            self.asked.publish(Asked(note, Stage.REFUSED, "reason_wanted"))
            return
        self.asked.publish(Asked(note, Stage.WAITING))
        self._seeing.saw(Happening(Act.GLASS, Entity.NOTE.value, note))
        why = await self._ask_server(note, reason, hours)
        self.asked.publish(Asked(note, Stage.REFUSED if why else Stage.GRANTED, why))

    def longest_hours(self) -> int:
        """For how many hours at most this operator may ask for a record; 0 where not at all."""
        ask = Ask(Entity.GRANT, Part.WORDS, Action.ASK, frozenset({Standing.SITE}), reason="-")
        cell = judge(self._matrix, self._who.roles, ask).cell
        return int(cell.longest.total_seconds() // 3600) if cell and cell.longest else 0

    def _judged(
        self, entity: Entity, part: Part, action: Action, note: Note, beside: Iterable[object]
    ) -> Verdict:
        ask = Ask(entity, part, action, self._standings(note, beside), self._age(note))
        return judge(self._matrix, self._who.roles, ask)

    def _age(self, note: Note) -> timedelta:
        """How old a note is, by the kinder clock: the wall clock that dated it may have been wrong."""
        return min(self._now(), self._wall()) - note.opened_at

    def _standings(self, note: Note, beside: Iterable[object]) -> frozenset[Standing]:
        standings = set()
        if note.site == self._who.site:
            standings.add(Standing.SITE)
        if note.author == self._who.id:
            standings.add(Standing.OWN)
        for one in beside:
            if isinstance(one, Assessment) and one.peak is not None and one.peak.alarming:
                standings.add(Standing.ALERT)
            if isinstance(one, Alert) and one.note == note.id and one.author == note.author:
                standings.add(Standing.ALERT)
            if isinstance(one, Grant) and one.note == note.id and self._now() < one.until:
                standings.add(Standing.GRANT)
        return frozenset(standings)
