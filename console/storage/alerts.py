"""Alerts and sights among the records."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime

from sqlalchemy import Connection, select

from console.storage.documents import moment
from console.storage.records import records
from console.storage.tables import record
from models.alerts.alert import Alert, Sight
from models.alerts.reduce import ALERT, SIGHT


class AlertRecords:
    """A part of the storage."""

    def __init__(self, transaction: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._transaction = transaction

    def since(self, at: datetime) -> tuple[Alert | Sight, ...]:
        """All of them since a moment, own ones and what the server told, oldest first."""
        query = (
            select(record)
            .where(record.c.type.in_((ALERT, SIGHT)), record.c.at >= moment(at))
            .order_by(record.c.at, record.c.id)
        )
        with self._transaction() as connection:
            return tuple(found.entity for found in records(connection, query))
