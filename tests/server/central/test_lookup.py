from collections.abc import Callable

import pytest
from sqlalchemy import Connection, Engine, text

from models.ids import new_id
from server.central.storage.engine import writing
from server.central.storage.feeds import Placed, place, placed_records
from server.central.storage.records import Kept, Key, find_records, write_records
from tests.server.central.hotline import Hotline

_MANY = 400
_FEW = 3


@pytest.mark.parametrize("database", [pytest.param("postgresql", marks=pytest.mark.postgres)], indirect=True)
@pytest.mark.parametrize(("table", "look"), [("record", find_records), ("feed_entry", placed_records)])
def test_what_was_planned_over_an_empty_table_looks_at_no_other_record(
    hotline: Hotline, engine: Engine, table: str, look: Callable[[Connection, list[Key]], object]
) -> None:
    # A server's first push plans its statements for as long as the connection lasts.
    notes = [Kept("note", new_id(), 1, hotline.site, "zhang", new_id(), taken=1.0) for _ in range(_MANY)]
    asked = [kept.key for kept in notes[:_FEW]]
    with writing(engine) as transaction:
        look(transaction, asked)
        write_records(transaction, notes, ())
        place(transaction, [Placed("op:zhang", one.type, one.id, 1) for one in notes], ())
        before = _read(transaction, table)
        look(transaction, asked)
        assert _read(transaction, table) - before == _FEW


def _read(transaction: Connection, table: str) -> int:
    """How many rows this transaction has read through indexes."""
    query = text("SELECT idx_tup_fetch + seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = :table")
    return int(transaction.execute(query, {"table": table}).scalar_one())
