"""Persons with those they are one with, their cases and plans, and what is here of their calls."""

from collections.abc import Callable, Collection, Iterable
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection, select, tuple_

from console.storage.documents import entity_of, load
from console.storage.linking import CALL, CALLER, NAME, OF, SAME, folded
from console.storage.records import records
from console.storage.tables import person_link, record
from models.cases.case import Case
from models.people.person import Person
from models.people.together import Together, grouped

_SOME = 500
_MOST_FOUND = 50
_BESIDE = ("referral", "followup", "note.card", "safety_plan")


class KnownPersons:
    """A part of the storage."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def behind(self, caller: str, call: str = "") -> tuple[Together, ...]:
        """The persons who call under a number (its keyed hash) or had a part in a call."""
        with self._transaction() as connection:
            names = _named(connection, CALLER, [caller]) if caller else set()
            names |= _named(connection, CALL, [call]) if call else set()
            return _together(connection, names)

    def with_them(self, names: Collection[str]) -> tuple[Together, ...]:
        """These persons, each with those it is one with."""
        with self._transaction() as connection:
            return _together(connection, names)

    def found(self, words: str) -> tuple[Together, ...]:
        """Persons whose alias or code word, also a former one, holds these words; some fifty at most."""
        asked = folded(words)
        if not asked:
            return ()
        pattern = "%" + asked.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
        query = select(person_link.c.id).where(
            person_link.c.kind == NAME, person_link.c.value.like(pattern, escape="\\")
        )
        with self._transaction() as connection:
            names = set(connection.scalars(query.distinct().limit(_MOST_FOUND)))
            return _together(connection, names)

    def cases(self, persons: Collection[str] = ()) -> tuple[Case, ...]:
        """The cases that may be read here, of these persons or of all; the one opened last at the head."""
        query = select(record).where(record.c.type == "case")
        with self._transaction() as connection:
            if persons:
                query = query.where(record.c.id.in_(_named(connection, OF, persons, "case")))
            found = [one.entity for one in records(connection, query)]
        cases = (one for one in found if isinstance(one, Case))
        return tuple(sorted(cases, key=lambda one: (one.opened_at, one.id), reverse=True))

    def notes_here(self, calls: Collection[str]) -> dict[str, str]:
        """Of which of these calls a note is here: its id, by the call; nothing is opened."""
        query = select(record.c.call, record.c.id).where(
            record.c.type == "note", record.c.gone == 0, record.c.doc.is_not(None)
        )
        with self._transaction() as connection:
            return {
                row.call: row.id
                for some in _pieces(calls)
                for row in connection.execute(query.where(record.c.call.in_(some)))
            }

    def beside(self, calls: Collection[str], kinds: Collection[str] = _BESIDE) -> tuple[Any, ...]:
        """What is here of these types about these calls."""
        query = select(record).where(record.c.type.in_(kinds))
        with self._transaction() as connection:
            return tuple(
                one.entity
                for some in _pieces(calls)
                for one in records(connection, query.where(record.c.call.in_(some)))
            )


def _named(connection: Connection, kind: str, values: Collection[str], of: str = "person") -> set[str]:
    query = select(person_link.c.id).where(person_link.c.kind == kind, person_link.c.type == of)
    return {
        name
        for some in _pieces(values)
        for name in connection.scalars(query.where(person_link.c.value.in_(some)))
    }


def _together(connection: Connection, names: Iterable[str]) -> tuple[Together, ...]:
    """The persons of these names and all they are one with, however long the chain."""
    known: dict[str, Person] = {}
    asked: set[str] = set()
    wanted = set(names)
    while wanted:
        asked |= wanted
        found = [one for one in _entities(connection, "person", wanted) if isinstance(one, Person)]
        known |= {one.id: one for one in found}
        others = {other for one in found for other in one.same_as}
        wanted = (others | _named(connection, SAME, wanted)) - asked
    return grouped(known.values())


def _entities(connection: Connection, kind: str, names: Collection[str]) -> list[Any]:
    query = select(record.c.type, record.c.doc).where(record.c.gone == 0, record.c.doc.is_not(None))
    return [
        entity_of(row.type, load(row.doc))
        for some in _pieces(names)
        for row in connection.execute(
            query.where(tuple_(record.c.type, record.c.id).in_([(kind, name) for name in some]))
        )
    ]


def _pieces(values: Collection[str]) -> Iterable[list[str]]:
    every = sorted(set(values))
    return (every[first : first + _SOME] for first in range(0, len(every), _SOME))
