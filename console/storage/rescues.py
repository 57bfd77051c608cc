"""The referrals of this operator that nobody has ended yet."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from sqlalchemy import Connection, select

from console.storage.documents import moment
from console.storage.records import records
from console.storage.tables import record
from models.clock import Clock
from models.referrals.referral import Referral

_SHIFT = timedelta(hours=12)


class OpenReferrals:
    """What is still under way, for who comes back to the seat."""

    def __init__(
        self, transaction: Callable[[], AbstractContextManager[Connection]], operator: str, clock: Clock
    ) -> None:
        self._transaction = transaction
        self._operator = operator
        self._clock = clock

    def of_this_shift(self) -> tuple[Referral, ...]:
        """Those that this operator opened in the last twelve hours and nobody has ended, oldest first."""
        start = self._clock.now() - _SHIFT
        query = (
            select(record)
            .where(
                record.c.type == "referral", record.c.author == self._operator, record.c.at >= moment(start)
            )
            .order_by(record.c.at, record.c.id)
        )
        with self._transaction() as connection:
            found = [one.entity for one in records(connection, query)]
        return tuple(one for one in found if isinstance(one, Referral) and one.is_open)
