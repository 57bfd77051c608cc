"""What was delivered by a grant or an alert: each time it leaves the server, it is logged."""

from collections.abc import Iterable
from datetime import datetime

from models.access.matrix import Entity
from models.sync.feeds import ALERTS, GRANTS
from server.central.storage.access import Logged, log
from server.central.storage.engine import Database, written
from server.central.storage.feeds import Item

_LOGGED = frozenset({Entity.CALL, Entity.NOTE, Entity.RISK, Entity.REFERRAL})


def log_deliveries(engine: Database, reader: str, items: Iterable[Item], now: datetime) -> None:
    """Keep who was given which record of somebody else's, and through which feed."""
    entries = [
        Logged(now.timestamp(), reader, "delivered", one.type, one.id, one.feed)
        for one in items
        if one.doc is not None and one.type in _LOGGED and one.feed.startswith((GRANTS, ALERTS))
    ]
    if entries:
        written(engine, lambda transaction: log(transaction, entries))
