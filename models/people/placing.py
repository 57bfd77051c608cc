"""Saying who somebody was in a call: what has to be taken back, and what is said instead."""

from collections.abc import Iterable
from dataclasses import dataclass

from models.people.person import Meeting, Part, Person
from models.people.together import Together


@dataclass(frozen=True, slots=True)
class Placing:
    """`undone` are entries by the person that they stand with; `parts` who had which part instead."""

    undone: tuple[tuple[str, str], ...] = ()
    parts: tuple[tuple[str, Part], ...] = ()


_GIVES_WAY = {
    Part.SELF: frozenset(Part),
    Part.CALLER: frozenset({Part.SELF, Part.CALLER}),
    Part.SUBJECT: frozenset({Part.SELF, Part.SUBJECT}),
}
"""Whose place somebody takes: one person calls, and the call is about one."""


def placing(known: Iterable[Together], call: str, person: str, part: Part) -> Placing:
    """How a person is put into a call in a part.

    Who called about themselves until now called for the person that the call turns out to be about.
    """
    undone: list[tuple[str, str]] = []
    parts = [(person, part)]
    for owner, meeting in _meetings(known, call):
        mine = owner.id == person
        if not mine and meeting.part not in _GIVES_WAY[part]:
            continue
        undone.append((owner.id, meeting.op))
        if not mine and (part, meeting.part) == (Part.SUBJECT, Part.SELF):
            parts.append((owner.id, Part.CALLER))
    return Placing(tuple(undone), tuple(parts))


def taking_out(known: Iterable[Together], call: str, person: str) -> Placing:
    """How a person is taken out of a call; a tie to a number that was made with it is taken back too."""
    undone = []
    for owner, meeting in _meetings(known, call):
        if owner.id == person:
            undone.append((owner.id, meeting.op))
            ties = owner.standing(owner.ties)
            undone += [(owner.id, one.op) for one in ties if (one.at, one.by) == (meeting.at, meeting.by)]
    return Placing(tuple(undone))


def _meetings(known: Iterable[Together], call: str) -> list[tuple[Person, Meeting]]:
    return [
        (person, one)
        for together in known
        for person in together.persons
        for one in person.standing(person.meetings)
        if one.call == call
    ]
