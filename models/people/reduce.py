"""What each act does to a person: in whatever order acts arrive, the same person comes of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, Protocol, TypeVar

from models.codec import from_document
from models.operation import Operation, Outcome, Reduced
from models.people.person import Joining, Meeting, Naming, Person, Tie, Told, Undoing

ENTITY = "person"
ADD, NAME, TIE, MEET = "person.add", "person.name", "person.tie", "person.meet"
TELL, JOIN, UNDO = "person.tell", "person.join", "person.undo"
LONGEST = 40
"""Signs of an alias or a code word: they are to be said on the telephone."""


class _Entry(Protocol):
    @property
    def op(self) -> str: ...
    @property
    def at(self) -> datetime: ...


Entry = TypeVar("Entry", bound=_Entry)


def reduce(known: Person | None, operation: Operation, _version: int) -> Reduced[Person]:
    """The person after one act; what is undone stays in the history, and nothing is ever taken away."""
    if operation.type == ADD:
        return _added(known, operation)
    if known is None:
        return Reduced(None, Outcome.HELD, "unknown_entity")
    if operation.type == JOIN and operation.body["into"] == known.id:
        return Reduced(known, Outcome.REJECTED, "itself")
    if operation.type == NAME and _unsayable(operation.body):
        return Reduced(known, Outcome.REJECTED, "name")
    after = _grown(known, operation)
    if after is None:
        return Reduced(known, Outcome.REJECTED, "unknown_type")
    return Reduced(after, Outcome.APPLIED)


def _added(known: Person | None, operation: Operation) -> Reduced[Person]:
    if known is not None:
        return Reduced(known, Outcome.APPLIED)
    if _unsayable(operation.body):
        return Reduced(None, Outcome.REJECTED, "name")
    body = operation.body
    first = from_document(Naming, entry_of(operation))
    site = str(body["site"])
    return Reduced(Person(operation.id, site, operation.actor, operation.at, (first,)), Outcome.APPLIED)


def _grown(known: Person, operation: Operation) -> Person | None:
    entry = entry_of(operation)
    match operation.type:
        case "person.name":
            return replace(known, names=grown(known.names, from_document(Naming, entry)))
        case "person.tie":
            return replace(known, ties=grown(known.ties, from_document(Tie, entry)))
        case "person.meet":
            return replace(known, meetings=grown(known.meetings, from_document(Meeting, entry)))
        case "person.tell":
            return replace(known, told=grown(known.told, from_document(Told, entry)))
        case "person.join":
            return replace(known, joined=grown(known.joined, from_document(Joining, entry)))
        case "person.undo":
            return replace(known, undone=grown(known.undone, from_document(Undoing, entry)))
    return None


def entry_of(operation: Operation) -> Mapping[str, Any]:
    """What an act adds to a list, as a document: what it says, by whom and when."""
    told = {"op": operation.op, "at": operation.at.isoformat(), "by": operation.actor}
    return {**operation.body, **told}


def grown(entries: tuple[Entry, ...], entry: Entry) -> tuple[Entry, ...]:
    """The entries with one more, in the order of time whatever came first; told twice it is one."""
    if any(one.op == entry.op for one in entries):
        return entries
    return tuple(sorted((*entries, entry), key=lambda one: (one.at, one.op)))


def _unsayable(body: Mapping[str, Any]) -> bool:
    alias, word = str(body["alias"]), str(body.get("code_word", ""))
    return not alias.strip() or max(len(alias), len(word)) > LONGEST
