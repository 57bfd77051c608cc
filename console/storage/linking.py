"""Keeps in step by what persons, their cases and plans are found."""

from collections.abc import Iterator

from sqlalchemy import Connection, delete, insert, select

from console.storage.documents import entity_of, load
from console.storage.tables import person_link, record
from models.cases import caller_plan
from models.cases import reduce as cases
from models.cases.caller_plan import CallerPlan
from models.cases.case import Case
from models.codec import Document
from models.people import reduce as people
from models.people.person import Person
from models.search.folding import fold, plain

LINKED = frozenset({people.ENTITY, cases.ENTITY, caller_plan.ENTITY})
CALLER, CALL, SAME, NAME, OF = "caller", "call", "same", "name", "of"


def link(connection: Connection, kind: str, entity: str, document: Document | None) -> None:
    """Bring the links of a record up to what it says now."""
    if kind not in LINKED:
        return
    mine = (person_link.c.type == kind) & (person_link.c.id == entity)
    wanted = set(_links(entity_of(kind, document))) if document is not None else set()
    query = select(person_link.c.kind, person_link.c.value).where(mine)
    known = {(row.kind, row.value) for row in connection.execute(query)}
    for gone, value in known - wanted:
        connection.execute(
            delete(person_link).where(mine, person_link.c.kind == gone, person_link.c.value == value)
        )
    fresh = [
        {"kind": one, "value": value, "type": kind, "id": entity} for one, value in sorted(wanted - known)
    ]
    if fresh:
        connection.execute(insert(person_link), fresh)


def link_all(connection: Connection) -> None:
    """Make all links anew, after records were put in by another way."""
    connection.execute(delete(person_link))
    query = select(record.c.type, record.c.id, record.c.doc).where(
        record.c.type.in_(LINKED), record.c.doc.is_not(None)
    )
    for kind, entity, text in connection.execute(query).all():
        link(connection, kind, entity, load(text))


def folded(name: str) -> str:
    """A name as it is looked for."""
    return fold(plain(name)).strip()


def _links(entity: object) -> Iterator[tuple[str, str]]:
    if isinstance(entity, Person):
        yield from ((CALLER, one) for one in entity.callers)
        yield from ((CALL, one.call) for one in entity.met)
        yield from ((SAME, one) for one in entity.same_as)
        words = (word for one in entity.names for word in (one.alias, one.code_word))
        yield from ((NAME, word) for word in map(folded, words) if word)
    elif isinstance(entity, Case):
        yield OF, entity.person
        yield from ((CALL, one.call) for one in entity.standing(entity.links) if one.call)
    elif isinstance(entity, CallerPlan):
        yield OF, entity.about
