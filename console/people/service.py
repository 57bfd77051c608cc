"""Who calls: known persons are chosen, new ones noted under an alias, mistakes taken back."""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from console.people.behind import Behind, Known, Sought
from console.people.joining import Joining
from console.runtime.store import Store
from console.session.identity import Identity
from models.calls.call import Call
from models.clock import Clock
from models.ids import new_id
from models.operation import Operation
from models.people.caller import caller_key
from models.people.number import normalise
from models.people.person import Part
from models.people.placing import Placing, placing, taking_out
from models.people.reduce import ADD, MEET, NAME, TIE, UNDO
from models.people.together import Together

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


class PeopleService:
    """Lives on the io thread. What it shows is what lies on the disk, after all that was written."""

    def __init__(self, journal: Journal, clock: Clock, identity: Identity, run: Run) -> None:
        self._journal = journal
        self._clock = clock
        self._identity = identity
        self._run = run
        self._calls: dict[str, Call] = {}
        self.known: Store[Known] = Store(Known())
        self.sought: Store[Sought] = Store(Sought())
        self.joining = Joining(self.together, self._act, self._write)
        self.changed: list[Callable[[], Awaitable[None]]] = []

    def caller_of(self, number: str) -> str:
        """The keyed hash of a number, "" for none."""
        digits = normalise(number)
        secret = self._identity.caller_secret
        return caller_key(secret, digits) if digits and secret else ""

    def is_new(self, call: Call) -> bool:
        """True for a call, or for its number, that nobody was looked for yet."""
        known = self._calls.get(call.id)
        return known is None or known.number != call.number

    def keep(self, calls: Iterable[str]) -> None:
        """These calls are at the seat; of others nothing is shown any more."""
        here = set(calls)
        self._calls = {name: one for name, one in self._calls.items() if name in here}
        behind = {name: one for name, one in self.known.value.behind.items() if name in here}
        if len(behind) != len(self.known.value.behind):
            self.known.publish(Known(behind))

    async def recognise(self, call: Call) -> None:
        """A call is at this seat: show who may be behind it. From the disk, so never before the ring."""
        self._calls[call.id] = call
        await self._look(call)

    async def read(self, call: Call) -> Behind:
        """Who may be behind any call that is known here."""
        caller = self.caller_of(call.number)

        # In one go: what was read earlier is then never shown after what was read later.
        def work(storage: "Storage") -> Behind:
            persons = storage.people.behind(caller, call.id)
            names = {name for one in persons for name in one.ids}
            cases = storage.people.cases(names) if names else ()
            return Behind(call.id, caller, persons, tuple(one for one in cases if one.is_open))

        return await self._run(work)

    async def refresh(self) -> None:
        """Something was written or pulled: show it."""
        for call in tuple(self._calls.values()):
            await self._look(call)

    async def choose(self, call: Call, person: str, part: Part) -> None:
        """This person had this part in the call; who calls under a number is tied to it."""
        behind = await self.read(call)
        known = behind.persons
        if not any(person in one.ids for one in known):
            known = (*known, *await self._run(lambda storage: storage.people.with_them([person])))
        await self._put(call, known, placing(known, call.id, person, part))

    async def note_down(self, call: Call, alias: str, code_word: str, part: Part) -> str:
        """Somebody who is not known yet: under an alias, perhaps with a code word; gives their id."""
        body = {"site": self._identity.operator.site, "alias": alias.strip(), "code_word": code_word.strip()}
        person = new_id()
        self._journal.write(self._act(ADD, person, body))
        known = (await self.read(call)).persons
        await self._put(call, known, placing(known, call.id, person, part))
        return person

    async def take_back(self, call: Call, person: str) -> None:
        """It was not this person after all."""
        known = (await self.read(call)).persons
        await self._put(call, known, taking_out(known, call.id, person))

    async def rename(self, person: str, alias: str, code_word: str) -> None:
        """From now on they are called so; the former names are kept and found."""
        body = {"alias": alias.strip(), "code_word": code_word.strip()}
        await self._write(self._act(NAME, person, body))

    async def untie(self, together: Together, caller: str) -> None:
        """They do not call under this number (any more)."""
        acts = [
            self._act(UNDO, one.id, {"what": tie.op})
            for one in together.persons
            for tie in one.standing(one.ties)
            if tie.caller == caller
        ]
        await self._write(*acts)

    async def look_for(self, words: str) -> None:
        """Find persons by alias or code word."""
        found = await self._run(lambda storage: storage.people.found(words)) if words.strip() else ()
        self.sought.publish(Sought(words, found))

    def put_away(self) -> None:
        """Nobody looks at what was sought or proposed any more."""
        self.sought.publish(Sought())
        self.joining.proposed.publish(None)

    async def together(self, person: str) -> Together | None:
        """A person with all they are one with; None where they are not known here."""
        found = await self._run(lambda storage: storage.people.with_them([person]))
        return found[0] if found else None

    async def _put(self, call: Call, known: Iterable[Together], way: Placing) -> None:
        acts = [self._act(UNDO, owner, {"what": what}) for owner, what in way.undone]
        caller = self.caller_of(call.number)
        tied = {name for one in known if caller in one.callers for name in one.ids}
        for person, part in way.parts:
            came = call.entered_at or call.answered_at or self._clock.now()
            acts.append(self._act(MEET, person, {"call": call.id, "part": part, "call_at": came.isoformat()}))
            if caller and part is not Part.SUBJECT and person not in tied:
                acts.append(self._act(TIE, person, {"caller": caller}))
        # What is said in one go has one time, so that a mistake is taken back in one go.
        now = self._clock.now()
        await self._write(*(replace(one, at=now) for one in acts))

    async def _write(self, *acts: Operation) -> None:
        if acts:
            self._journal.write(*acts, urgent=True)
        await self._journal.flush()
        await self.refresh()
        for told in self.changed:
            await told()

    async def _look(self, call: Call) -> None:
        behind = await self.read(call)
        if self.known.value.behind.get(call.id) != behind:
            self.known.publish(Known({**self.known.value.behind, call.id: behind}))

    def _act(self, kind: str, target: str, body: Mapping[str, object]) -> Operation:
        return Operation(new_id(), kind, target, self._identity.operator.id, self._clock.now(), body)
