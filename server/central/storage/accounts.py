"""Accounts of operators: who may sign in, and whether they still may."""

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Engine, Row, select, update

from models.people.operator import Operator, Role
from server.central.storage.engine import reading, writing
from server.central.storage.tables import account
from server.central.storage.upsert import put_missing


class State(StrEnum):
    """Whether somebody, or a workstation, may work; `DRAIN`: revoked, only what is unsent is still taken."""

    ACTIVE = "active"
    DRAIN = "drain"


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in: the Argon2id hash of the password, the sealed second factor ("": none)."""

    operator: Operator
    password_hash: str
    state: State = State.ACTIVE
    second_factor: str = ""


def find_account(engine: Engine, operator: str) -> Account | None:
    """The account of that id, None where there is none."""
    with reading(engine) as connection:
        row = connection.execute(select(account).where(account.c.id == operator)).first()
    return _account(row) if row else None


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


def change_state(engine: Engine, operator: str, state: State) -> bool:
    """Let somebody work or not; False where there is no such account."""
    return _changed(engine, operator, state=state.value)


def change_password_hash(engine: Engine, operator: str, password_hash: str) -> bool:
    """Another password; False where there is no such account."""
    return _changed(engine, operator, password_hash=password_hash)


def change_second_factor(engine: Engine, operator: str, sealed: str) -> bool:
    """Another second factor, whose codes are all unused; False where there is no such account."""
    return _changed(engine, operator, second_factor=sealed, second_factor_step=0)


def use_step(engine: Engine, operator: str, step: int) -> bool:
    """Use the code of a half minute up; False where this one or a later one was used before."""
    unused = (account.c.id == operator) & (account.c.second_factor_step < step)
    with writing(engine) as connection:
        return connection.execute(update(account).where(unused).values(second_factor_step=step)).rowcount == 1


def _changed(engine: Engine, operator: str, **values: str | int) -> bool:
    with writing(engine) as connection:
        known = account.c.id == operator
        return connection.execute(update(account).where(known).values(**values)).rowcount == 1


def _account(row: Row[tuple[object, ...]]) -> Account:
    roles = tuple(Role(code) for code in row.roles)
    operator = Operator(row.id, row.name, row.title, row.site, roles)
    return Account(operator, row.password_hash, State(row.state), row.second_factor)
