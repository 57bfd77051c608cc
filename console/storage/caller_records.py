"""Caller plans and marks of misuse, among the records."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, select

from console.storage.documents import moment
from console.storage.records import records
from console.storage.tables import record
from models.alerts.alert import Alert, Cause
from models.alerts.reduce import ALERT
from models.calls.call import Call
from models.cases import caller_plan, mark
from models.cases.caller_plan import CallerPlan
from models.cases.mark import Mark

_MOST_ALERTS = 5000


class CallerRecords:
    """A part of the storage."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def plans(self) -> tuple[CallerPlan, ...]:
        """All plans that are known here."""
        query = select(record).where(record.c.type == caller_plan.ENTITY).order_by(record.c.id)
        with self._transaction() as connection:
            found = (one.entity for one in records(connection, query))
            return tuple(one for one in found if isinstance(one, CallerPlan))

    def marks(self) -> tuple[Mark, ...]:
        """All marks that are known here, the one asked for last at the head."""
        query = select(record).where(record.c.type == mark.ENTITY)
        with self._transaction() as connection:
            found = [one.entity for one in records(connection, query)]
        known = (one for one in found if isinstance(one, Mark))
        return tuple(sorted(known, key=lambda one: (one.asked_at, one.id), reverse=True))

    def alarming_numbers(self, since: datetime) -> tuple[tuple[str, datetime], ...]:
        """The numbers of calls that reached R3 or R4 since then, each with when; those known here."""
        alerts = (
            select(record)
            .where(record.c.type == ALERT, record.c.at >= moment(since))
            .order_by(record.c.at.desc())
            .limit(_MOST_ALERTS)
        )
        with self._transaction() as connection:
            told = (one.entity for one in records(connection, alerts))
            at = {one.call: one.at for one in told if isinstance(one, Alert) and one.cause is Cause.LEVEL}
            calls = select(record).where(record.c.type == "call", record.c.id.in_(at))
            found = [one.entity for one in records(connection, calls)]
        return tuple((one.number, at[one.id]) for one in found if isinstance(one, Call) and one.number)
