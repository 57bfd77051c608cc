"""The text of a note at each stop is kept for ever; what was pushed between two stops is not."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, Connection, func, select, update

from models.operation import Outcome
from server.central.storage.tables import operation

_COLUMNS = operation.c


def keep_last(connection: Connection, notes: Collection[str]) -> None:
    """These notes were finished: the text that each had then is that of a stop."""
    for note in sorted(notes):
        _update_drafts(connection, note, _COLUMNS.ver == _latest(note), passing=False)


def drop_between(connection: Connection, notes: Collection[str]) -> None:
    """These notes came to a stop: of the drafts before it only those at earlier stops keep their words.

    A draft that became a version beside the text is none of them, and the present text stays in any case.
    """
    for note in sorted(notes):
        passed = _COLUMNS.passing & (_COLUMNS.ver < _latest(note))
        _update_drafts(connection, note, passed, content=b"", passing=False)


def _latest(note: str) -> ColumnElement[int]:
    return select(func.max(_COLUMNS.ver)).where(_drafts(note)).scalar_subquery()


def _update_drafts(connection: Connection, note: str, which: ColumnElement[bool], **values: object) -> None:
    connection.execute(update(operation).where(_drafts(note), which).values(values))


def _drafts(note: str) -> ColumnElement[bool]:
    applied = _COLUMNS.outcome == Outcome.APPLIED.value
    return (
        (_COLUMNS.entity == "note")
        & (_COLUMNS.entity_id == note)
        & (_COLUMNS.type == "note.draft.put")
        & applied
    )
