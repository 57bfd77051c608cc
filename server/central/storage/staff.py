"""Everybody with an account, as the cards by which workstations know them."""

from sqlalchemy import Connection, select

from models.people.operator import Role
from models.people.staff import StaffCard
from server.central.storage.accounts import State
from server.central.storage.tables import account


def staff_cards(connection: Connection) -> list[StaffCard]:
    """The card of every person who has or had an account, of any site; a gateway is none."""
    told = (account.c.id, account.c.name, account.c.title, account.c.site, account.c.roles, account.c.state)
    return [
        StaffCard(row.id, row.name, row.title, row.site, tuple(row.roles), row.state != State.ACTIVE.value)
        for row in connection.execute(select(*told).order_by(account.c.id))
        if Role.GATEWAY.value not in row.roles
    ]
