"""The rights matrix that ships, and a hotline's own."""

from datetime import timedelta
from enum import StrEnum
from itertools import product
from pathlib import Path
from typing import TypeVar

from models.access.matrix import CLINICAL, Action, Cell, Entity, Matrix, Part, Standing
from models.access.retention import LEAST_YEARS
from models.people.operator import Role
from resources.reading import Table, read_table

E = TypeVar("E", bound=StrEnum)

NAME = "access.toml"
SHIPPED = Path(__file__).parent / NAME


def load(path: Path) -> Matrix:
    """The matrix of a file. Raises ResourceError.

    A hotline may narrow or widen what ships, but never give an administrator clinical content, a gateway
    anything but calls, or records fewer years than the law asks.
    """
    table = read_table(path)
    years = table.number("retention_years")
    if years < LEAST_YEARS:
        raise table.error("retention_years", f"{LEAST_YEARS} at least")
    cells = tuple(cell for rule in table.tables("rule") for cell in _cells(rule))
    return Matrix(cells, years, timedelta(seconds=_positive(table, "unmasked_seconds")))


def _cells(table: Table) -> list[Cell]:
    roles, entities = _choices(table, "roles", Role), _choices(table, "entities", Entity)
    _check(table, roles, entities)
    window, longest = (_hours(table, field) for field in ("hours", "longest_hours"))
    of, reason = table.choice("of", Standing), table.flag("reason", False)
    parts, actions = _choices(table, "parts", Part), _choices(table, "actions", Action)
    grants = not {Action.ASK, Action.GIVE, Action.HAND}.isdisjoint(actions)
    if grants and (longest is None or not reason):
        raise table.error("longest_hours", "what is granted has an end and a reason")
    return [
        Cell(role, entity, part, action, of, window, reason, longest)
        for role, entity, part, action in product(roles, entities, parts, actions)
    ]


def _check(table: Table, roles: tuple[Role, ...], entities: tuple[Entity, ...]) -> None:
    if Role.ADMINISTRATOR in roles and CLINICAL.intersection((*entities, *_granting(entities))):
        raise table.error("roles", "an administrator has no clinical content")
    if Role.GATEWAY in roles and not {Entity.CALL, Entity.RECORDING}.issuperset(entities):
        raise table.error("roles", "a gateway has calls and recordings only")


def _granting(entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    # Who may ask for a record, or let a held act pass, reads it.
    return (Entity.NOTE,) if {Entity.GRANT, Entity.ACT}.intersection(entities) else ()


def _choices(table: Table, field: str, kind: type[E]) -> tuple[E, ...]:
    texts = table.texts(field)
    if not texts:
        raise table.error(field, "at least one expected")
    try:
        return tuple(kind(text) for text in texts)
    except ValueError as cause:
        raise table.error(field, str(cause)) from cause


def _hours(table: Table, field: str) -> timedelta | None:
    return timedelta(hours=_positive(table, field)) if field in table.content else None


def _positive(table: Table, field: str) -> int:
    value = table.number(field)
    if value < 1:
        raise table.error(field, "more than nothing expected")
    return value
