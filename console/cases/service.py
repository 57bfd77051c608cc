"""Cases of this operator, the one that lies open, and the history of a person: what is read and added."""

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from console.runtime.store import Store
from console.session.identity import Identity
from models.cases.case import Case, Step, Stepping, Task, Why
from models.cases.history import Beside, Happened, history_of
from models.cases.reduce import ADD, GIVE, HEED, INVOLVE, LINK, STEP, TASK, TURN, UNDO, WRITE
from models.cases.standing import Standing, standing_of
from models.clock import Clock
from models.ids import new_id
from models.operation import Operation
from models.people.together import Together
from models.risk.safety_plan import SafetyPlan, in_force
from models.search.folding import fold, plain
from models.sync.feeds import case_feed, own_feed
from models.trace.entry import Act, Happening

if TYPE_CHECKING:
    from console.storage.storage import Storage

T = TypeVar("T")


class Run(Protocol):
    """One piece of work on the db thread."""

    async def __call__(self, work: Callable[["Storage"], T], /) -> T:
        """What the work gives."""
        ...


class Journal(Protocol):
    """The journal, as far as it is needed here."""

    def write(self, *operations: Operation, urgent: bool = False) -> Any:
        """Queue acts that belong together for the disk."""
        ...

    async def flush(self) -> None:
        """Wait until all of it is on disk."""
        ...


@dataclass(frozen=True, slots=True)
class Opened:
    """A person with all that happened, and their case where there is one that may be read here.

    `plan` is the safety plan in force, as far as those of their calls are here.
    """

    together: Together
    happened: tuple[Happened, ...]
    standing: Standing
    case: Case | None = None
    plan: SafetyPlan | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """One case in the list, with its person (None where they are not known here)."""

    case: Case
    together: Together | None
    due: tuple[Task, ...] = ()
    answers: tuple[Stepping, ...] = ()


@dataclass(frozen=True, slots=True)
class Mine:
    """The cases to be looked at: the open ones that may be read here, and those with an unheeded outcome.

    What is due comes first.
    """

    listed: tuple[Listed, ...] = ()

    @property
    def due(self) -> int:
        """How many tasks are due, and how many outcomes wait to be taken note of."""
        return sum(len(one.due) + len(one.answers) for one in self.listed)


class CasesService:
    """Lives on the io thread. What it shows is what lies on the disk, after all that was written."""

    def __init__(
        self,
        journal: Journal,
        clock: Clock,
        identity: Identity,
        run: Run,
        saw: Callable[[Happening], None],
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._identity = identity
        self._run = run
        self._saw = saw
        self._stamp: object = None
        self._known: tuple[tuple[Case, Together | None], ...] = ()
        self.opened: Store[Opened | None] = Store(None)
        self.mine: Store[Mine] = Store(Mine())
        self.changed: list[Callable[[], Awaitable[None]]] = []

    async def open(self, person: str) -> None:
        """Show all that happened with a person; reading a case goes into the trace."""
        opened = await self._read(person)
        self.opened.publish(opened)
        if opened is not None and opened.case is not None:
            self._saw(Happening(Act.READ, "case", opened.case.id, where="case"))

    def put_away(self) -> None:
        """Nobody looks at it any more."""
        self.opened.publish(None)

    async def refresh(self, *, anew: bool = False) -> None:
        """Something was pulled, or (`anew`) written about persons here: show it."""
        if anew:
            self._stamp = None
        await self._list()
        opened = self.opened.value
        if opened is not None:
            after = await self._read(opened.together.id)
            if self.opened.value is opened and after != opened:
                self.opened.publish(after)

    async def begin(self, person: str, call: str = "") -> str:
        """A case of this person, one's own; where one is open already, that one. Gives its id."""
        together = await self._together(person)
        names = together.ids if together else frozenset({person})
        known = await self._run(lambda storage: storage.people.cases(names))
        open_one = next((one for one in known if one.is_open), None)
        if open_one is not None:
            return open_one.id
        me = self._identity.operator
        case = new_id()
        acts = [
            self._act(ADD, case, {"site": me.site, "person": together.id if together else person}),
            self._act(GIVE, case, {"to": me.id, "name": me.name}),
        ]
        if call:
            acts.append(self._act(LINK, case, {"kind": "call", "record": call, "call": call}))
        await self._write(*acts)
        return case

    async def write(self, case: str, text: str, call: str = "") -> None:
        """Add a line to the story."""
        if text.strip():
            body = {"text": text, "name": self._identity.operator.name, "call": call}
            await self._write(self._act(WRITE, case, body))

    async def involve(self, case: str, name: str, relation: str, may_know: str) -> None:
        """Add somebody around the person."""
        if name.strip():
            body = {"name": name, "relation": relation, "may_know": may_know}
            await self._write(self._act(INVOLVE, case, body))

    async def ask(self, case: str, words: str, target: str, due_at: datetime | None) -> None:
        """Give somebody something to do; what comes of it is told to whoever asked."""
        if words.strip():
            body: dict[str, object] = {"words": words, "target": target}
            body["answer_to"] = self._identity.operator.id
            body["due_at"] = due_at.isoformat() if due_at else None
            await self._write(self._act(TASK, case, body))

    async def step(self, case: str, task: str, step: Step, words: str) -> None:
        """Say what became of a task."""
        body = {"task": task, "step": step, "words": words, "name": self._identity.operator.name}
        await self._write(self._act(STEP, case, body))

    async def heed(self, case: str, stepping: str) -> None:
        """Take note of what came of a task."""
        await self._write(self._act(HEED, case, {"what": stepping}))

    async def give(self, case: str, to: str, name: str) -> None:
        """Whose the case is from now on."""
        await self._write(self._act(GIVE, case, {"to": to, "name": name}))

    async def take(self, case: str) -> None:
        """The case is mine from now on."""
        me = self._identity.operator
        await self.give(case, me.id, me.name)

    async def link(self, case: str, kind: str, record: str, call: str) -> None:
        """Let a record belong to the case."""
        await self._write(self._act(LINK, case, {"kind": kind, "record": record, "call": call}))

    async def strike(self, case: str, entry: str) -> None:
        """A line, somebody or a task was wrong; it stays in the history."""
        await self._write(self._act(UNDO, case, {"what": entry}))

    async def turn(self, case: str, why: Why | None, words: str) -> None:
        """Close the case with a reason, or open it again (no reason, only words)."""
        await self._write(self._act(TURN, case, {"why": why, "words": words}))

    def find(self, words: str) -> frozenset[str] | None:
        """The listed cases with these words in story, tasks or names; None where nothing is asked."""
        asked = fold(plain(words)).strip()
        if not asked:
            return None
        found = (
            one for one in self.mine.value.listed if any(asked in fold(plain(text)) for text in _texts(one))
        )
        return frozenset(one.case.id for one in found)

    async def _list(self) -> None:
        now, me = self._clock.now(), self._identity.operator.id
        cursors = await self._run(lambda storage: storage.cursors())
        stamp = tuple(sorted((feed, n) for feed, n in cursors.items() if feed.startswith(self._feeds)))
        # A lead has hundreds of them: they are read anew only when something of a case may have changed.
        if self._stamp is None or stamp != self._stamp:
            self._known, self._stamp = await self._run(self._all), stamp
        listed = [
            Listed(one, together, one.due(now) if one.is_open else (), one.answers_for(me))
            for one, together in self._known
        ]
        mine = Mine(tuple(sorted(listed, key=lambda one: not (one.due or one.answers))))
        if mine != self.mine.value:
            self.mine.publish(mine)

    @property
    def _feeds(self) -> tuple[str, ...]:
        """Where cases come from: a lead's feed has those of the own feed too."""
        me = self._identity.operator
        return (case_feed(me.site),) if me.leads else (own_feed(me.id),)

    def _all(self, storage: "Storage") -> tuple[tuple[Case, Together | None], ...]:
        me = self._identity.operator.id
        known = [one for one in storage.people.cases() if one.is_open or one.answers_for(me)]
        persons = storage.people.with_them({one.person for one in known})
        of = {name: together for together in persons for name in together.ids}
        return tuple((one, of.get(one.person)) for one in known)

    async def _read(self, person: str) -> Opened | None:
        """All in one go over what is here: notes are not opened for it."""
        together = await self._together(person)
        if together is None:
            return None
        calls = {meeting.call for _, meeting in together.met}

        def work(storage: "Storage") -> tuple[Mapping[str, str], tuple[Any, ...], tuple[Case, ...]]:
            people = storage.people
            return people.notes_here(calls), people.beside(calls), people.cases(together.ids)

        notes, records, cases = await self._run(work)
        happened = history_of(together, Beside(notes, records, cases))
        case = next((one for one in cases if one.is_open), cases[0] if cases else None)
        plan = in_force(one for one in records if isinstance(one, SafetyPlan))
        return Opened(together, happened, standing_of(together), case, plan)

    async def _together(self, person: str) -> Together | None:
        found = await self._run(lambda storage: storage.people.with_them([person]))
        return found[0] if found else None

    async def _write(self, *acts: Operation) -> None:
        self._journal.write(*acts, urgent=True)
        await self._journal.flush()
        self._stamp = None
        await self.refresh()
        for told in self.changed:
            await told()

    def _act(self, kind: str, target: str, body: Mapping[str, object]) -> Operation:
        return Operation(new_id(), kind, target, self._identity.operator.id, self._clock.now(), body)


def _texts(listed: Listed) -> Iterator[str]:
    case, together = listed.case, listed.together
    yield from (one.text for one in case.standing(case.story))
    yield from (one.words for one in case.standing(case.tasks))
    yield from (one.name for one in case.standing(case.involved))
    if together is not None:
        yield from (*together.aliases, together.code_word)
