"""Workstations of the hotline: one-time codes, who was enrolled, who has signed in where."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Row, delete, insert, select, update

from server.central.storage.accounts import State
from server.central.storage.engine import reading, writing, written
from server.central.storage.tables import account, enrolment_code, signed_in, workstation
from server.central.storage.upsert import put


@dataclass(frozen=True, slots=True)
class Workstation:
    """A machine that was enrolled; `key` and `certificate` are PEM, `jkt` the thumbprint of the key."""

    id: str
    name: str
    key: str
    jkt: str
    certificate: str
    state: State = State.ACTIVE


@dataclass(frozen=True, slots=True)
class Revoked:
    """The ids of those who may work no more."""

    operators: frozenset[str]
    workstations: frozenset[str]


def add_code(engine: Engine, code_hash: str, name: str, now: float, expires_at: float) -> None:
    """Keep a one-time code; those that are over and were never used are forgotten. Seconds since 1970."""
    over = (enrolment_code.c.expires_at < now) & (enrolment_code.c.workstation == "")
    with writing(engine) as connection:
        connection.execute(delete(enrolment_code).where(over))
        row = {"hash": code_hash, "name": name, "expires_at": expires_at, "workstation": ""}
        connection.execute(insert(enrolment_code), [row])


def enrol_workstation(
    engine: Engine, code_hash: str, jkt: str, now: float, make: Callable[[str], Workstation]
) -> Workstation | None:
    """Use a code up for the workstation that has this key; None where it is none, over, or somebody else's.

    `make` gives the new workstation with the name that the code was made for. The same code and key again
    give the same workstation; one that was revoked does not come back with its old key.
    """

    def work(connection: Connection) -> Workstation | None:
        table = enrolment_code
        mine = table.c.hash == code_hash
        code = connection.execute(select(table).where(mine).with_for_update()).first()
        if code is None or code.expires_at < now:
            return None
        known = connection.execute(select(workstation).where(workstation.c.jkt == jkt)).first()
        if code.workstation and (known is None or known.id != code.workstation):
            return None
        one = _workstation(known) if known else make(code.name)
        if one.state is not State.ACTIVE:
            return None
        if known is None:
            connection.execute(insert(workstation), [_row(one, now)])
        connection.execute(update(table).where(mine).values(workstation=one.id))
        return one

    return written(engine, work)


def find_workstation(engine: Engine, *, jkt: str = "", known_as: str = "") -> Workstation | None:
    """The workstation of that key or that id, None where there is none."""
    wanted = workstation.c.jkt == jkt if jkt else workstation.c.id == known_as
    with reading(engine) as connection:
        row = connection.execute(select(workstation).where(wanted)).first()
    return _workstation(row) if row else None


def all_workstations(engine: Engine) -> list[Workstation]:
    """All that were ever enrolled, in the order of their enrolment."""
    query = select(workstation).order_by(workstation.c.enrolled_at, workstation.c.id)
    with reading(engine) as connection:
        return [_workstation(row) for row in connection.execute(query)]


def revoke_workstation(engine: Engine, workstation_id: str) -> bool:
    """This machine may work no more; False where there is none of that id."""
    mine = workstation.c.id == workstation_id
    with writing(engine) as connection:
        return (
            connection.execute(update(workstation).where(mine).values(state=State.DRAIN.value)).rowcount == 1
        )


def find_revoked(engine: Engine) -> Revoked:
    """All who may work no more: few, and read often."""
    active = State.ACTIVE.value
    with reading(engine) as connection:
        operators = connection.scalars(select(account.c.id).where(account.c.state != active))
        machines = connection.scalars(select(workstation.c.id).where(workstation.c.state != active))
        return Revoked(frozenset(operators), frozenset(machines))


def note_signed_in(engine: Engine, operator: str, workstation_id: str, now: float) -> None:
    """This operator signed in at this workstation."""
    with writing(engine) as connection:
        put(connection, signed_in, [{"account": operator, "workstation": workstation_id, "at": now}])


def has_signed_in(engine: Engine, operator: str, workstation_id: str) -> bool:
    """True if this operator ever signed in at this workstation."""
    mine = (signed_in.c.account == operator) & (signed_in.c.workstation == workstation_id)
    with reading(engine) as connection:
        return connection.execute(select(signed_in.c.at).where(mine)).first() is not None


def _workstation(row: Row[tuple[object, ...]]) -> Workstation:
    return Workstation(row.id, row.name, row.key, row.jkt, row.certificate, State(row.state))


def _row(one: Workstation, now: float) -> dict[str, object]:
    return {
        "id": one.id,
        "name": one.name,
        "key": one.key,
        "jkt": one.jkt,
        "certificate": one.certificate,
        "state": one.state.value,
        "enrolled_at": now,
    }
