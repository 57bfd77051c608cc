"""The calls that this shift owes, as they stand, and the acts that change them."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace

from console.runtime.journal import Writes
from console.runtime.store import Store
from console.session.identity import Identity
from models.clock import Clock
from models.codec import to_document
from models.followups import contact as contacts
from models.followups import reduce as callbacks
from models.followups import reduce_followup as series
from models.followups.callback import Callback, Why
from models.followups.contact import Contact
from models.followups.followup import Followup
from models.followups.known import KnownOwed, Owed
from models.followups.together import Row, beside
from models.ids import new_id
from models.operation import Operation
from models.people.caller import caller_key
from models.people.number import normalise

FRESH = frozenset({"id", "author"})
_WISHED = (Why.ASKED, Why.AFTER_HOURS)


@dataclass(frozen=True, slots=True)
class Tried:
    """A call that is made for one of them; `over`: its result is wanted. `how` is what the line said."""

    callback: str
    call: str
    reached: bool = False
    over: bool = False
    how: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """What is owed, the one that was due first at the head, and the call that is made for one of them.

    `told` are own follow-ups of which others brought something that was not looked at yet; `barred` are the
    ids of those whose person wishes no contact now.
    """

    owed: tuple[Owed, ...] = ()
    tried: Tried | None = None
    told: tuple[Followup, ...] = ()
    barred: frozenset[str] = field(default_factory=frozenset)


class Owing:
    """Lives on the io thread; `read` gives what is stored."""

    def __init__(
        self, journal: Writes, clock: Clock, identity: Identity, read: Callable[[], Awaitable[KnownOwed]]
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._identity = identity
        self._read = read
        self._owed: dict[str, Owed] = {}
        self._contacts: dict[str, Contact] = {}
        self.due: Store[Due] = Store(Due())

    async def refresh(self) -> None:
        """Take over what the server told."""
        known = await self._read()
        owed: tuple[Owed, ...] = (*known.callbacks, *known.followups)
        self._owed = {one.id: one for one in owed}
        self._contacts = {one.id: one for one in known.contacts}
        self.publish()

    def get(self, owed: str) -> Owed | None:
        """One of them, None where it is not known."""
        return self._owed.get(owed)

    def beside(self, known: Owed) -> Row:
        """All that one call serves: it, and the other open calls of its number that nobody answered."""
        return beside(known, self._owed.values())

    def followup_of(self, note: str) -> Followup | None:
        """The follow-up that this note led to."""
        known = self._owed.get(series.followup_id(note))
        return known if isinstance(known, Followup) else None

    def open_series(self, keys: frozenset[str]) -> tuple[Followup, ...]:
        """The open follow-ups of any of these numbers or persons."""
        return tuple(
            one
            for one in self._owed.values()
            if isinstance(one, Followup) and one.is_open and keys & frozenset(self.keys_of(one))
        )

    def key_of(self, number: str) -> str:
        """A number as wishes name it: the keyed hash, "" where there is none."""
        plain, secret = normalise(number), self._identity.caller_secret
        return caller_key(secret, plain) if plain and secret else ""

    def keys_of(self, owed: Owed) -> tuple[str, ...]:
        """Under what a wish about who is called stands: their person, their numbers."""
        numbers = (owed.number,) if isinstance(owed, Callback) else (owed.number, owed.dial)
        person = "" if isinstance(owed, Callback) else owed.person
        return tuple(dict.fromkeys(key for key in (person, *map(self.key_of, numbers)) if key))

    def contact(self, key: str) -> Contact | None:
        """The wish of a person or number, None where there never was one."""
        return self._contacts.get(key)

    def may_call(self, owed: Owed) -> bool:
        """False where somebody wishes no contact and no lead has opened it for now."""
        wished = owed.made_at if isinstance(owed, Followup) or owed.why in _WISHED else None
        found = (self._contacts.get(key) for key in self.keys_of(owed))
        return all(one is None or one.permits(self._clock.now(), wished) for one in found)

    def act(self, known: Owed, kind: str, body: Mapping[str, object]) -> Owed | None:
        """Do something about one of them; gives it as it stands then."""
        entity = callbacks.ENTITY if isinstance(known, Callback) else series.ENTITY
        operation = self._operation(f"{entity}.{kind}", known.id, body)
        after: Owed | None
        if isinstance(known, Callback):
            after = callbacks.reduce(known, operation, 0).entity
        else:
            after = series.reduce(known, operation, 0).entity
        return self._keep(after, operation)

    def add(self, made: Owed) -> None:
        """A new one; made twice it is one."""
        if made.id in self._owed:
            return
        later = series.LATER if isinstance(made, Followup) else callbacks.LATER
        body = {key: value for key, value in to_document(made).items() if key not in later | FRESH}
        kind = series.ADD if isinstance(made, Followup) else callbacks.ADD
        operation = self._operation(kind, made.id, body)
        after: Owed | None
        if isinstance(made, Followup):
            after = series.reduce(None, operation, 0).entity
        else:
            after = callbacks.reduce(None, operation, 0).entity
        self._keep(after, operation)

    def wish(self, kind: str, key: str, body: Mapping[str, object]) -> None:
        """Keep that somebody wishes no contact, takes that back, or that a lead opens it."""
        operation = self._operation(kind, key, body)
        after = contacts.reduce(self._contacts.get(key), operation, 0).entity
        if after is not None:
            self._contacts[key] = after
            self.publish()
        self._journal.write(operation, urgent=True)

    def show(self, tried: Tried | None) -> None:
        """A call is made for one of them, or none."""
        self.due.publish(replace(self.due.value, tried=tried))

    def publish(self) -> None:
        """Tell what stands now; permissions run out by time."""
        me = self._identity.operator.id
        series_of_mine = (
            one for one in self._owed.values() if isinstance(one, Followup) and one.author == me
        )
        told = tuple(one for one in series_of_mine if one.unseen)
        ordered = sorted(
            (one for one in self._owed.values() if one.is_open), key=lambda one: (one.due_at, one.id)
        )
        barred = frozenset(one.id for one in ordered if not self.may_call(one))
        self.due.publish(replace(self.due.value, owed=tuple(ordered), told=told, barred=barred))

    def _keep(self, after: Owed | None, operation: Operation) -> Owed | None:
        if after is not None:
            self._owed[after.id] = after
            self.publish()
        self._journal.write(operation, urgent=True)
        return after

    def _operation(self, kind: str, target: str, body: Mapping[str, object]) -> Operation:
        return Operation(new_id(), kind, target, self._identity.operator.id, self._clock.now(), dict(body))
