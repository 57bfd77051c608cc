"""Persons, open cases and caller plans by their readable codes: nothing is unsealed."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, select

from server.central.storage.tables import record
from server.central.sync.columns import CLOSED


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
    open_ones = (record.c.type == "case") & (record.c.site == site) & (record.c.level != CLOSED)
    rows = connection.execute(select(record.c.id, record.c.coded).where(open_ones).order_by(record.c.id))
    return [
        OpenCase(name, coded["person"], coded["counsellor"], tuple(coded["calls"]))
        for name, coded in rows
        if coded
    ]


def planned_counsellors(connection: Connection, site: str) -> dict[str, str]:
    """Whose a person or number (its keyed hash) is by the caller plan in force."""
    query = select(record.c.coded).where(record.c.type == "caller_plan", record.c.site == site)
    plans = (coded for coded in connection.scalars(query) if coded)
    return {one["about"]: one["counsellor"] for one in plans if one["counsellor"]}


def known_persons(connection: Connection, site: str) -> list[KnownPerson]:
    """The persons of a site, without their calls."""
    codes = record.c.coded["callers"].label("callers"), record.c.coded["same_as"].label("same_as")
    query = select(record.c.id, *codes).where(record.c.type == "person", record.c.site == site)
    return [
        KnownPerson(name, tuple(callers or ()), tuple(same_as or ()))
        for name, callers, same_as in connection.execute(query)
    ]


def calls_of_persons(connection: Connection, persons: Collection[str]) -> set[str]:
    """The calls in which any of these persons had a part."""
    query = select(record.c.coded["calls"]).where(record.c.type == "person", record.c.id.in_(persons))
    return {call for calls in connection.scalars(query) for call in calls or ()}
