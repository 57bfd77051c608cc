"""Which persons are one: merging ties them together and takes nothing from any of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.people.person import ASSESSED, Meeting, Naming, Person, Told

Edge = tuple[str, str]
"""A person and the one it was said to be."""


@dataclass(frozen=True, slots=True)
class Together:
    """Persons that are one, the first one noted at the head; a person alone is together with nobody."""

    persons: tuple[Person, ...]

    @property
    def id(self) -> str:
        """The name of all of them: that of the one noted first, whoever was merged into whom."""
        return self.persons[0].id

    @property
    def ids(self) -> frozenset[str]:
        """All of their ids."""
        return frozenset(one.id for one in self.persons)

    @property
    def alias(self) -> str:
        """The alias that was given last to any of them, "" for none."""
        return self._naming.alias if self._naming else ""

    @property
    def code_word(self) -> str:
        """The code word agreed last, "" for none."""
        worded = [one for one in self._namings if one.code_word]
        return worded[-1].code_word if worded else ""

    @property
    def aliases(self) -> tuple[str, ...]:
        """What each of them is called, each alias once."""
        return tuple(dict.fromkeys(one.alias for one in self.persons if one.alias))

    @property
    def callers(self) -> tuple[str, ...]:
        """The numbers that any of them calls under."""
        return tuple(dict.fromkeys(caller for one in self.persons for caller in one.callers))

    @property
    def met(self) -> tuple[tuple[Person, Meeting], ...]:
        """All their calls, the latest first, each with whose it was before they were merged."""
        found = [(person, meeting) for person in self.persons for meeting in person.met]
        return tuple(sorted(found, key=lambda one: (one[1].call_at, one[1].call, one[0].id), reverse=True))

    @property
    def told(self) -> Mapping[str, tuple[Told, ...]]:
        """What is known of their calls without the records, by the call: of each assessment the last."""
        every = sorted((one for person in self.persons for one in person.told), key=lambda one: one.at)
        found: dict[str, dict[str, Told]] = {}
        for one in every:
            found.setdefault(one.call, {})[one.assessment] = one
        return {call: tuple(those.values()) for call, those in found.items()}

    @property
    def last_level(self) -> tuple[str, datetime | None]:
        """The peak of the last call in which they were assessed and one is known, and when it came."""
        told = self.told
        for _, meeting in self.met:
            peak = max((one.peak for one in told.get(meeting.call, ())), default="")
            if meeting.part in ASSESSED and peak:
                return peak, meeting.call_at
        return "", None

    @property
    def _namings(self) -> list[Naming]:
        return sorted((one for person in self.persons for one in person.names), key=lambda one: one.at)

    @property
    def _naming(self) -> Naming | None:
        return self._namings[-1] if self._namings else None


def edges_of(persons: Iterable[Person]) -> frozenset[Edge]:
    """Who was said to be whom."""
    return frozenset((one.id, other) for one in persons for other in one.same_as)


def grouped(persons: Iterable[Person]) -> tuple[Together, ...]:
    """The persons, those that are one together; of two that were merged into each other neither vanishes.

    Whoever is merged with somebody unknown here stands alone until they are known. In the order in which the
    first of each was noted.
    """
    known = {one.id: one for one in persons}
    groups = connected(known, edges_of(known.values()))
    found = [
        Together(tuple(sorted((known[name] for name in group), key=lambda one: (one.made_at, one.id))))
        for group in groups
    ]
    return tuple(sorted(found, key=lambda one: (one.persons[0].made_at, one.id)))


def connected(names: Iterable[str], edges: Iterable[Edge]) -> list[frozenset[str]]:
    """The names in groups: two are in one group where edges lead from one to the other, in any direction."""
    group: dict[str, set[str]] = {name: {name} for name in names}
    for one, other in edges:
        if one in group and other in group and group[one] is not group[other]:
            joined = group[one] | group[other]
            for name in joined:
                group[name] = joined
    return [frozenset(each) for each in {id(found): found for found in group.values()}.values()]


@dataclass(frozen=True, slots=True)
class Parting:
    """What lets one person stand for themselves again: what is taken back, and who stays together."""

    undone: tuple[tuple[str, str], ...]
    """The person whose entry it is, and the entry."""
    kept: tuple[Edge, ...] = ()


def parting(together: Together, name: str) -> Parting:
    """How a person is taken out again; the others stay one, also where only this one tied them together."""
    undone = [
        (person.id, one.op)
        for person in together.persons
        for one in person.standing(person.joined)
        if name in (person.id, one.into)
    ]
    others = [one for one in together.persons if one.id != name]
    edges = {edge for edge in edges_of(others) if name not in edge}
    loose = connected((one.id for one in others), edges)
    heads = sorted(min(group) for group in loose)
    return Parting(tuple(undone), tuple((head, heads[0]) for head in heads[1:]))
