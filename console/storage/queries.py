"""What is asked of the local records."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, select

from console.storage.documents import CALL_CARD, CALLER, CARD, load_operation, moment
from console.storage.records import records
from console.storage.tables import record, refused
from console.storage.values import ListedNote, Record, Refused
from models.calls.card import CallCard
from models.notes.card import NoteCard
from models.notes.note import Note
from models.operation import Outcome
from models.people.caller import CallerCard

Span = tuple[datetime, datetime]


def one(connection: Connection, kind: str, entity: str) -> Record | None:
    """One record, None where it is not known."""
    found = records(connection, select(record).where(record.c.type == kind, record.c.id == entity))
    return found[0] if found else None


def of_call(connection: Connection, call: str) -> tuple[Record, ...]:
    """All records of a call."""
    return records(connection, select(record).where(record.c.call == call).order_by(record.c.at, record.c.id))


def my_notes(connection: Connection, operator: str, span: Span, limit: int) -> tuple[ListedNote, ...]:
    """An operator's notes in a span of time, newest first."""
    query = _in_span("note", span, limit).where(record.c.author == operator)
    return _listed(connection, records(connection, query))


def listed(connection: Connection, notes: Sequence[str]) -> tuple[ListedNote, ...]:
    """These notes, newest first."""
    # Put in order here: asked for it, the database would go through all notes by their time.
    found = [one for one in _named(connection, "note", notes) if isinstance(one.entity, Note)]
    newest = sorted(found, key=lambda one: (-one.entity.opened_at.timestamp(), one.id))
    return _listed(connection, tuple(newest))


def open_notes(connection: Connection, operator: str) -> tuple[ListedNote, ...]:
    """An operator's unfinished notes, oldest first."""
    query = (
        select(record)
        .where(record.c.type == "note", record.c.state == "draft", record.c.author == operator)
        .order_by(record.c.at, record.c.id)
    )
    return _listed(connection, records(connection, query))


def cards(connection: Connection, span: Span, limit: int) -> tuple[NoteCard, ...]:
    """Note cards in a span of time, newest first."""
    return tuple(found.entity for found in records(connection, _in_span(CARD, span, limit)))


def missed(connection: Connection, span: Span, limit: int) -> tuple[CallCard, ...]:
    """The calls of a span of time that nobody answered, newest first."""
    found = (one.entity for one in records(connection, _in_span(CALL_CARD, span, limit)))
    return tuple(card for card in found if card.is_missed)


def caller_card(connection: Connection, key: str) -> CallerCard | None:
    """What the line knows of a number."""
    found = one(connection, CALLER, key)
    return found.entity if found else None


def refused_acts(connection: Connection) -> tuple[Refused, ...]:
    """The acts that were not applied and whose end nobody has seen yet, oldest first."""
    acts = []
    for row in connection.execute(select(refused).where(refused.c.seen == 0).order_by(refused.c.n)):
        act = load_operation(row.doc)
        outcome = Outcome(row.outcome)
        acts.append(Refused(act.op, act.type, act.id, act.at, outcome, row.why, row.state, row.reason))
    return tuple(acts)


def _in_span(kind: str, span: Span, limit: int) -> Select[Any]:
    since, until = span
    return (
        select(record)
        .where(record.c.type == kind, record.c.at >= moment(since), record.c.at < moment(until))
        .order_by(record.c.at.desc(), record.c.id)
        .limit(limit)
    )


def _listed(connection: Connection, notes: tuple[Record, ...]) -> tuple[ListedNote, ...]:
    """Notes with what belongs to them; an assessment has the id of its note."""
    known = {found.id: found.entity for found in notes if isinstance(found.entity, Note)}
    beside = {
        (found.type, found.id): found.entity
        for found in (
            *_named(connection, "call", [note.call for note in known.values()]),
            *_named(connection, "risk", list(known)),
        )
    }
    return tuple(
        ListedNote(note, beside.get(("call", note.call)), beside.get(("risk", note.id)))
        for note in known.values()
    )


def _named(connection: Connection, kind: str, ids: Sequence[str]) -> tuple[Record, ...]:
    if not ids:
        return ()
    return records(connection, select(record).where(record.c.type == kind, record.c.id.in_(ids)))
