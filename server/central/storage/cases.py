"""Persons, open cases and caller plans by their readable codes: nothing is unsealed."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from models.codec import Document
from server.central.storage.lookup import rows_of_records
from server.central.storage.tables import record

# As the indexes over the few that are open have it, so that they are the ones that are read.
_OPEN_CASE = text("record.type = 'case' AND record.level = ''")
_OPEN_PLAN = text("record.type = 'caller_plan' AND record.level = ''")
_MERGED = text("record.type = 'person' AND record.level = 'M'")
_PERSON = ("id", "site", "coded")


@dataclass(frozen=True, slots=True)
class OpenCase:
    """A case that is not closed: of whom, whose, and the calls it names beside those of the person."""

    id: str
    person: str
    counsellor: str
    calls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A person: the numbers (keyed hashes) they call under, and whom they were merged into."""

    id: str
    callers: tuple[str, ...]
    same_as: tuple[str, ...]


def open_cases(connection: Connection, site: str) -> list[OpenCase]:
    """The open cases of a site, the one opened first at the head."""
    query = select(record.c.id, record.c.coded).where(_OPEN_CASE, record.c.site == site)
    # Put in order here: the index that is in the order of ids holds all that were ever closed.
    rows = sorted(tuple(row) for row in connection.execute(query))
    return [
        OpenCase(name, coded["person"], coded["counsellor"], tuple(coded["calls"]))
        for name, coded in rows
        if coded
    ]


def planned_counsellors(connection: Connection, site: str) -> dict[str, str]:
    """Whose a person or number (its keyed hash) is by the caller plan in force."""
    query = select(record.c.coded).where(_OPEN_PLAN, record.c.site == site)
    plans = (coded for coded in connection.scalars(query) if coded)
    return {one["about"]: one["counsellor"] for one in plans if one["counsellor"]}


def known_persons(connection: Connection, site: str, names: Collection[str]) -> list[KnownPerson]:
    """Those of these persons that a site has, and all that were merged there, without their calls."""
    query = select(record.c.id, record.c.coded).where(_MERGED, record.c.site == site)
    known = {name: _person(name, coded) for name, coded in connection.execute(query)}
    wanted = {*names, *(other for one in known.values() for other in one.same_as)} - known.keys()
    rows = rows_of_records(connection, record, _PERSON, {("person", name) for name in wanted})
    known |= {name: _person(name, coded) for name, at_site, coded in rows if at_site == site}
    return list(known.values())


def _person(name: str, coded: Document) -> KnownPerson:
    callers, same_as = (tuple(coded.get(key) or ()) for key in ("callers", "same_as"))
    return KnownPerson(name, callers, same_as)


def calls_of_persons(connection: Connection, persons: Collection[str]) -> set[str]:
    """The calls in which any of these persons had a part."""
    rows = rows_of_records(connection, record, ("coded",), {("person", name) for name in persons})
    return {call for (coded,) in rows for call in coded.get("calls") or ()}
