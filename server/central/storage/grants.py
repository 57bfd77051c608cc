"""Single grants as rows: one of them, those of a note, and whom a record can be given to."""

from sqlalchemy import Connection, select

from models.people.operator import Operator, Role
from server.central.storage.access import GrantRow
from server.central.storage.accounts import State
from server.central.storage.tables import access_grant, account


def find_grant(connection: Connection, grant: str) -> GrantRow | None:
    """One grant that runs, for this transaction alone; None where there is none."""
    query = select(access_grant).where(access_grant.c.id == grant, access_grant.c.ended == 0)
    row = connection.execute(query.with_for_update()).first()
    return GrantRow(**row._asdict()) if row else None


def grants_of_note(connection: Connection, note: str, now: float) -> list[GrantRow]:
    """Every grant of a note that runs, the oldest first."""
    query = (
        select(access_grant)
        .where(access_grant.c.note == note, access_grant.c.ended == 0, access_grant.c.until > now)
        .order_by(access_grant.c.at, access_grant.c.id)
    )
    return [GrantRow(**row._asdict()) for row in connection.execute(query)]


def people_of(connection: Connection, site: str) -> list[Operator]:
    """Everybody of a site who may work, by name."""
    query = select(account).where(account.c.site == site, account.c.state == State.ACTIVE.value)
    return [
        Operator(row.id, row.name, row.title, row.site, tuple(Role(role) for role in row.roles))
        for row in connection.execute(query.order_by(account.c.name, account.c.id))
    ]
