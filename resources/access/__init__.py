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
from resources.texts import t

E = TypeVar("E", bound=StrEnum)

NAME = "access.toml"
SHIPPED = Path(__file__).parent / NAME


_RULE = ("roles", "entities", "parts", "actions", "of", "hours", "longest_hours", "reason")


def load(path: Path) -> Matrix:
    """The matrix of a file. Raises ResourceError.

    A hotline may narrow or widen what ships, but never give an administrator clinical content, a gateway
    anything but calls, or records fewer years than the law asks.
    """
    return read(read_table(path))


def read(table: Table) -> Matrix:
    """The matrix of a table. Raises ResourceError, unless what is wrong is collected."""
    table.only("retention_years", "unmasked_seconds", "rule")
    years = _least(table, "retention_years", LEAST_YEARS)
    cells = tuple(cell for rule in table.tables("rule") for cell in _cells(rule))
    return Matrix(cells, years, timedelta(seconds=_least(table, "unmasked_seconds", 1)))


def _cells(table: Table) -> list[Cell]:
    table.only(*_RULE)
    roles, entities = _choices(table, "roles", Role), _choices(table, "entities", Entity)
    _check(table, roles, entities)
    window, longest = (_hours(table, field) for field in ("hours", "longest_hours"))
    of, reason = table.choice("of", Standing), table.flag("reason", False)
    parts, actions = _choices(table, "parts", Part), _choices(table, "actions", Action)
    grants = not {Action.ASK, Action.GIVE, Action.HAND}.isdisjoint(actions)
    if grants and (longest is None or not reason):
        table.wrong("longest_hours", t("forms.cause_granted"))
    return [
        Cell(role, entity, part, action, of, window, reason, longest)
        for role, entity, part, action in product(roles, entities, parts, actions)
    ]


def _check(table: Table, roles: tuple[Role, ...], entities: tuple[Entity, ...]) -> None:
    if Role.ADMINISTRATOR in roles and CLINICAL.intersection((*entities, *_granting(entities))):
        table.wrong("roles", t("forms.cause_administrator"))
    if Role.GATEWAY in roles and not {Entity.CALL, Entity.RECORDING}.issuperset(entities):
        table.wrong("roles", t("forms.cause_gateway"))


def _granting(entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    # Who may ask for a record, or let a held act pass, reads it.
    return (Entity.NOTE,) if {Entity.GRANT, Entity.ACT}.intersection(entities) else ()


def _choices(table: Table, field: str, kind: type[E]) -> tuple[E, ...]:
    known = {str(member.value): member for member in kind}
    texts = table.texts(field)
    if field not in table.content or table.content[field] == []:
        table.wrong(field, t("forms.cause_some"))
    for text in texts:
        if text not in known:
            table.wrong(field, t("forms.cause_choice", value=text, allowed=", ".join(known)))
    return tuple(known[text] for text in texts if text in known)


def _hours(table: Table, field: str) -> timedelta | None:
    return timedelta(hours=_least(table, field, 1)) if field in table.content else None


def _least(table: Table, field: str, least: int) -> int:
    value = table.number(field)
    if type(table.content.get(field)) is int and value < least:
        table.wrong(field, t("forms.cause_least", least=least))
    return value
