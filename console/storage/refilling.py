"""A fresh database filled with what could be read of others: every unsent word first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Table, insert

from console.storage import meta
from console.storage.documents import load, load_operation, storable
from console.storage.indexing import enqueue_all
from console.storage.linking import link_all
from console.storage.performing import outbox_row
from console.storage.records import Key, Stored, lay_over, read, row_of
from console.storage.restating import By, restated
from console.storage.salvage.reading import Named, Salvaged
from console.storage.tables import acked_ops, metadata, outbox, record, refused
from models.operation import Operation, Outcome
from models.sync.held import HeldState
from models.sync.record import Versioned

# The fresh file counts anew, has its own device epoch, and pulls every feed from the start.
_OWN = {"epoch", "next_seq", "operator", "practice"}
_REFILLED = {"meta", "record", "outbox", "refused", "acked_ops", "cursor", "record_feed"}


_Waiting = tuple[Named, Operation]
"""An act with the row it was read from, an empty one where it was made again."""


@dataclass(slots=True)
class Filled:
    """What the fresh database holds; `lost` rows could be read but not understood."""

    unsent: int = 0
    refused: int = 0
    records: int = 0
    lost: int = 0


def refill(connection: Connection, operator: str, sources: Sequence[Salvaged], now: datetime) -> Filled:
    """Take over, in the caller's transaction, all that the sources hold; of later ones what is new."""
    filled = Filled()
    for source in sources:
        for row in source.of("meta"):
            if row.get("key") not in _OWN and isinstance(row.get("value"), str):
                meta.put(connection, **{str(row["key"]): row["value"]})
        for name in sorted(set(source.tables) - _REFILLED):
            _copy(connection, metadata.tables[name], source.of(name))
    confirmed = _acts(connection, acked_ops, sources, filled)
    listed = _acts(connection, refused, sources, filled)
    filled.refused = len(listed)
    answered = {act.op for _, act in (*confirmed, *listed)}
    waiting = _waiting(sources, answered, filled)
    records = _records(connection, sources, filled)
    held = [(row, act) for row, act in listed if _still_held(row)]
    before, after = _again(records, (*held, *waiting), answered, (operator, now))
    rows = []
    for seq, (row, operation) in enumerate((*before, *waiting, *after), start=1):
        kept = {name: row[name] for name in ("sent_at", "tries", "again") if row.get(name) is not None}
        rows.append({**outbox_row(seq, operation), **kept})
    if rows:
        connection.execute(insert(outbox), rows)
    meta.put(connection, next_seq=str(len(rows) + 1))
    touched = {(operation.entity, operation.id) for _, operation in (*before, *waiting, *after)}
    touched |= {key for key, row in records.items() if row["pending_n"]}
    for key in sorted(touched):
        lay_over(connection, read(connection, key))
    enqueue_all(connection)
    link_all(connection)
    filled.unsent = len(rows)
    return filled


def _acts(
    connection: Connection, table: Table, sources: Sequence[Salvaged], filled: Filled
) -> list[_Waiting]:
    """Take a table of answered acts over as it is."""
    taken: dict[str, _Waiting] = {}
    for row in _in_order(sources, table.name, "n"):
        operation = _operation(row, filled)
        if operation is not None and operation.op not in taken:
            taken[operation.op] = (row, operation)
    _copy(connection, table, [row for row, _ in taken.values()], but="n")
    return list(taken.values())


def _waiting(sources: Sequence[Salvaged], answered: set[str], filled: Filled) -> list[_Waiting]:
    """The acts of the outboxes in their order, each once; not those that were answered."""
    taken: set[str] = set()
    waiting = []
    for row in _in_order(sources, "outbox", "seq"):
        operation = _operation(row, filled)
        again = bool(row.get("again"))
        if operation is None or operation.op in taken or (operation.op in answered and not again):
            continue
        taken.add(operation.op)
        waiting.append((row, operation))
    return waiting


def _records(connection: Connection, sources: Sequence[Salvaged], filled: Filled) -> dict[Key, Named]:
    """Take the records over: of two sources the one that has seen more of the server."""
    best: dict[Key, Named] = {}
    for row in (row for source in sources for row in source.of("record")):
        try:
            key = (str(row["type"]), str(row["id"]))
            for text in (row["doc"], row["base_doc"]):
                load(text or "null")
            if key not in best or _seen(row) > _seen(best[key]):
                best[key] = row
        except (KeyError, ValueError, TypeError):
            filled.lost += 1
    _copy(connection, record, [row_of(_stored(key, row)) for key, row in best.items()])
    filled.records = len(best)
    return best


def _again(
    records: Mapping[Key, Named], waiting: Sequence[_Waiting], known: set[str], by: By
) -> tuple[list[_Waiting], list[_Waiting]]:
    """The acts whose own rows are lost, made again from the records that show what they did.

    Some belong before those that could be read, some after them.
    """
    readable: dict[Key, list[Operation]] = {}
    for row, act in waiting:
        if not row.get("again"):
            readable.setdefault((act.entity, act.id), []).append(act)
    taken = known | {act.op for _, act in waiting}
    made: tuple[list[_Waiting], list[_Waiting]] = ([], [])
    for key, row in records.items():
        if row["pending_n"] <= len(readable.get(key, ())) or not row["doc"]:
            continue
        shown = load(row["doc"])
        if shown.get("author", by[0]) != by[0]:
            continue
        for place, acts in zip(
            made, restated(key, shown, _base(row), readable.get(key, ()), by), strict=True
        ):
            place += [({}, storable(act)) for act in acts if act.op not in taken]
    return made


def _copy(connection: Connection, table: Table, rows: Sequence[Named], but: str = "") -> None:
    """Take rows over as they are; columns that a row does not have yet get their defaults."""
    alike: dict[tuple[str, ...], list[Named]] = {}
    names = [column.name for column in table.columns if column.name != but]
    for row in rows:
        values = {name: row[name] for name in names if name in row}
        alike.setdefault(tuple(values), []).append(values)
    for values_of_some in alike.values():
        connection.execute(insert(table).prefix_with("OR IGNORE"), values_of_some)


def _stored(key: Key, row: Named) -> Stored:
    view = Versioned(load(row["doc"]) if row["doc"] else None, int(row["ver"]))
    pending = int(row["pending_n"])
    base = _base(row) if pending else view
    return Stored(key, view, base, pending, bool(row["covered"]), bool(row["gone"]))


def _in_order(sources: Sequence[Salvaged], table: str, number: str) -> Iterable[Named]:
    for source in sources:
        yield from sorted(source.of(table), key=lambda row: int(row[number]))


def _operation(row: Named, filled: Filled) -> Operation | None:
    try:
        operation = load_operation(row["doc"])
    except (KeyError, ValueError, TypeError):
        filled.lost += 1
        return None
    return operation


def _still_held(row: Named) -> bool:
    waiting = HeldState.WAITING
    return bool(row["outcome"] == Outcome.HELD and row.get("state", waiting) == waiting)


def _base(row: Named) -> Versioned:
    return Versioned(load(row["base_doc"]) if row["base_doc"] else None, int(row["base_ver"]))


def _seen(row: Named) -> tuple[int, int]:
    return int(row["base_ver"] if row["pending_n"] else row["ver"]), int(row["pending_n"])
