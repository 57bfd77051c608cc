"""Accounts of operators, and the failures that make somebody wait before signing in."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine, delete, select, update

from models.people.operator import Operator, Role
from server.central.storage.engine import reading, writing
from server.central.storage.tables import account, sign_in_failure
from server.central.storage.upsert import put_missing

_FORGOTTEN_AFTER = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in, with the Argon2id hash of the password."""

    operator: Operator
    password_hash: str


@dataclass(frozen=True, slots=True)
class Attempt:
    """Whether an attempt may be looked at now; seconds to wait, for it or, should it fail, for the next."""

    allowed: bool
    wait_seconds: int


def find_account(engine: Engine, operator: str) -> Account | None:
    """The account of that id, None where there is none."""
    with reading(engine) as connection:
        row = connection.execute(select(account).where(account.c.id == operator)).first()
    if row is None:
        return None
    roles = tuple(Role(code) for code in row.roles)
    return Account(Operator(row.id, row.name, row.title, row.site, roles), row.password_hash)


def add_account(engine: Engine, new: Account) -> bool:
    """Add an account; False, and nothing changed, where the id is taken."""
    operator = new.operator
    with writing(engine) as connection:
        if connection.scalar(select(account.c.id).where(account.c.id == operator.id)):
            return False
        row = {
            "id": operator.id,
            "name": operator.name,
            "title": operator.title,
            "site": operator.site,
            "roles": [role.value for role in operator.roles],
            "password_hash": new.password_hash,
        }
        put_missing(connection, account, [row])
    return True


def count_attempt(
    engine: Engine, name: str, device: str, now: float, wait_after: Callable[[int], int]
) -> Attempt:
    """Count one more attempt as failed until `forget_attempts` says otherwise, before it is looked at.

    So attempts side by side cannot share one count. `now` in seconds since 1970. Forgets those of others
    that are a day old.
    """
    table = sign_in_failure
    mine = (table.c.name == name) & (table.c.device == device)
    blank = {"name": name, "device": device, "failures": 0, "wait_until": now}
    with writing(engine) as connection:
        connection.execute(delete(table).where(table.c.wait_until < now - _FORGOTTEN_AFTER))
        put_missing(connection, table, [blank])
        known = connection.execute(select(table).where(mine).with_for_update()).one()
        if now < known.wait_until:
            return Attempt(False, math.ceil(known.wait_until - now))
        wait = wait_after(known.failures + 1)
        values = {"failures": known.failures + 1, "wait_until": now + wait}
        connection.execute(update(table).where(mine).values(values))
    return Attempt(True, wait)


def forget_attempts(engine: Engine, name: str, device: str) -> None:
    """Nothing stands against this name at this device any more."""
    table = sign_in_failure
    with writing(engine) as connection:
        connection.execute(delete(table).where(table.c.name == name, table.c.device == device))
