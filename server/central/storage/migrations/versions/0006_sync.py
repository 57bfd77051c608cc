"""sync: acts that wait for a lead in their order, with what is shown of them; drafts between two stops."""

from datetime import datetime

from alembic import op
from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    String,
    column,
    false,
    select,
    table,
    text,
)

from models.codec import to_document
from models.operation import Operation
from models.sync import held
from models.sync.feeds import held_feed, own_feed
from models.sync.held import HeldAct, card_of
from server.central.storage.feeds import Placed, place
from server.central.storage.held import Waiting, hold, words_of
from server.central.storage.records import Kept, find_records, write_records

revision = "0006"
down_revision = "0005"

_PLACE = ("op_id", "received_at", "epoch", "seq", "seal", "why", "outcome")


def upgrade() -> None:
    """Make the table, and let what is held already wait in the order in which it came."""
    op.create_table(
        "held",
        Column("n", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
        Column("op_id", String(64), nullable=False, unique=True),
        Column("entity", String(64), nullable=False),
        Column("entity_id", String(64), nullable=False),
        Column("actor", String(64), nullable=False),
        Index("held_of_entity", "entity_id", "entity"),
    )
    op.drop_index("record_by_age", "record")
    there = text("call <> ''")
    aged = ["type", "taken", "id"]
    op.create_index("record_by_age", "record", aged, postgresql_where=there, sqlite_where=there)
    # What was pushed by earlier programs says nothing of stops: all of it is kept.
    op.add_column("operation", Column("passing", Boolean, nullable=False, server_default=false()))
    operation = table("operation", *(column(name) for name in _PLACE))
    kept = operation.c
    in_order = (
        select(operation).where(kept.outcome == "held").order_by(kept.received_at, kept.epoch, kept.seq)
    )
    connection = op.get_bind()
    for row in connection.execute(in_order).all():
        act = words_of(connection, row.op_id)
        if act is not None:
            _let_wait(connection, act, row.why, row.seal, row.received_at)


def _let_wait(connection: Connection, act: Operation, why: str, seal: int, received_at: str) -> None:
    keys = [(act.entity, act.id), ("note", str(act.body.get("note", "")))]
    found = find_records(connection, keys)
    near = found.get(keys[0]) or found.get(keys[1])
    site = near.site if near else _site_of(connection, act.actor)
    if not site:
        # Nobody knows whose lead it is for: it stays in the ledger, in full.
        return
    call = near.call if near else ""
    note = (near.id if near.type == "note" else near.note) if near else ""
    about = (act.op, act.type, act.entity, act.id, act.actor, site, act.at, why, call, note)
    one = HeldAct(*about, act.base, act.v, act.body)
    full = Kept(
        held.ENTITY,
        one.id,
        1,
        site,
        author=one.author,
        call=call or one.id,
        note=note,
        taken=datetime.fromisoformat(received_at).timestamp(),
        seal=seal,
        doc=to_document(one),
    )
    card = Kept(held.CARD, one.id, 1, site, doc=to_document(card_of(one)))
    write_records(connection, [full, card], ())
    wanted = ((own_feed(one.author), full), (held_feed(site), card))
    place(connection, [Placed(feed, each.type, each.id, 1) for feed, each in wanted], ())
    hold(connection, Waiting(one.id, one.entity, one.target, one.author))


def _site_of(connection: Connection, account: str) -> str:
    known = table("account", column("id"), column("site"))
    return connection.scalar(select(known.c.site).where(known.c.id == account)) or ""
