"""The acts on one record whose words are kept for ever, unsealed."""

import json
from datetime import datetime

from sqlalchemy import Connection, select

from models.operation import Operation, Outcome
from server.central.sealing.pages import Unsealable
from server.central.storage.engine import sealing_of
from server.central.storage.ledger import sealed_name
from server.central.storage.tables import operation

MOST = 500
"""Acts of one note that are told: the youngest."""

_COLUMNS = operation.c


def acts_on(connection: Connection, kind: str, entity: str) -> tuple[Operation, ...]:
    """The acts that were applied, oldest first; what was dropped between two stops is not among them."""
    wanted = (
        select(operation)
        .where(
            (_COLUMNS.entity == kind)
            & (_COLUMNS.entity_id == entity)
            & (_COLUMNS.outcome == Outcome.APPLIED.value)
            & ~_COLUMNS.passing
            & (_COLUMNS.content != b"")
        )
        .order_by(_COLUMNS.ver.desc(), _COLUMNS.received_at.desc())
        .limit(MOST)
    )
    sealing, found = sealing_of(connection), []
    for row in connection.execute(wanted).mappings():
        try:
            text = sealing.unseal(row["seal"], sealed_name(row["op_id"]), row["content"])
        except Unsealable:
            # Erased, or of a key that is gone: what can be read is told.
            continue
        at, place = datetime.fromisoformat(row["at"]), (row["op_id"], row["type"], row["entity_id"])
        found.append(Operation(*place, row["actor"], at, json.loads(text), row["base"], row["v"]))
    return tuple(reversed(found))
