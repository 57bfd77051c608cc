"""How dangerous it was with whom a person, a case or a plan is about; and what else that concerns."""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from console.storage.documents import dump, load
from models.cases.standing import standing_of
from models.codec import Document, from_document
from models.people.person import Person
from models.people.together import grouped
from models.search.known import CALLER_PLAN, CASE, PERSON

_KEPT = ("id", "site", "author", "names")
_WHOSE = {CASE: "person", CALLER_PLAN: "about"}


def keep_names(connection: Connection, person: str, document: Document) -> None:
    """Keep the names of a person beside the index; with hundreds of calls they are a small part."""
    kept = dump({name: document[name] for name in _KEPT if name in document})
    connection.exec_driver_sql(
        "INSERT INTO search_person (id, doc) VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET doc = excluded.doc WHERE doc <> excluded.doc",
        (person, kept),
    )


def level_known(connection: Connection, kind: str, entity: str, document: Document) -> str:
    """The level of a person over all known calls, of all that are one with them; "" for none."""
    person = entity if kind == PERSON else str(document.get(_WHOSE[kind], ""))
    group = _group(connection, (person,))
    together = next((one for one in grouped(group.values()) if person in one.ids), None)
    level = standing_of(together).level if together else None
    return level.value if level else ""


def concerned(connection: Connection, person: str, document: Document) -> tuple[tuple[str, str], ...]:
    """What has its level of a person: those who are, or were, said to be them, and their cases and plans."""
    were = (str(one["into"]) for one in document.get("joined") or ())
    persons = sorted(_group(connection, (person, *were)))
    found = [(PERSON, one) for one in persons if one != person]
    for one in persons:
        rows = connection.exec_driver_sql(
            "SELECT type, id FROM person_link WHERE kind = 'of' AND value = ? ORDER BY type, id", (one,)
        )
        found += [(row.type, row.id) for row in rows]
    return tuple(found)


def _group(connection: Connection, names: Iterable[str]) -> Mapping[str, Person]:
    """The persons of these names and all that are one with them, however long the chain."""
    known: dict[str, Person] = {}
    wanted, asked = set(names), set[str]()
    while wanted:
        name = wanted.pop()
        asked.add(name)
        text = connection.exec_driver_sql(
            "SELECT doc FROM record WHERE type = 'person' AND id = ? AND gone = 0 AND doc IS NOT NULL",
            (name,),
        ).scalar()
        if text is None:
            continue
        known[name] = from_document(Person, load(text))
        said = connection.exec_driver_sql(
            "SELECT id FROM person_link WHERE kind = 'same' AND value = ? AND type = 'person'", (name,)
        ).scalars()
        wanted |= ({*known[name].same_as, *said}) - asked
    return known
