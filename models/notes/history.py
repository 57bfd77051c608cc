"""What a note said at each stop, who wrote it, signed it and added to it, as it happened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from models.codec import DocumentError, from_document
from models.notes.note import Note, NoteBody
from models.operation import Operation


class Event(StrEnum):
    """What happened to a note."""

    OPENED = "opened"
    HANG_UP = "hang_up"
    CATEGORY = "category"
    LEVEL = "level"
    FINISH = "finish"
    WRITTEN = "written"
    """A text that was pushed before programs knew stops, or the one that stands now."""
    SETTLED = "settled"
    BESIDE = "beside"
    """Written on another text than the one that stood: kept beside it."""
    FINISHED = "finished"
    SIGNED = "signed"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Stage:
    """One moment of a note; `body` is its text then, None where that did not change.

    `words` are an addendum, the reason of a lead's signature, or why a note was handed in incomplete.
    """

    op: str
    at: datetime
    actor: str
    event: Event
    body: NoteBody | None = None
    words: str = ""


_STOPS = frozenset({"hang_up", "category", "level", "finish"})


def stages(note: Note, acts: Iterable[Operation]) -> tuple[Stage, ...]:
    """The history of a note out of the acts that are known and the note itself; each act counts once.

    Drafts between two stops are left out: the server keeps none of them. An act that cannot be read is too.
    """
    known: dict[str, Stage] = {}
    for act in acts:
        if act.op not in known and (stage := _stage(act)) is not None:
            known[act.op] = stage
    for one in note.versions:
        known[one.op] = Stage(one.op, one.at, note.author, Event.BESIDE, one.body)
    for signature in note.signatures:
        known[signature.op] = Stage(
            signature.op, signature.at, signature.actor, Event.SIGNED, None, signature.reason
        )
    for added in note.addenda:
        known[added.op] = Stage(added.op, added.at, added.actor, Event.ADDED, None, added.text)
    opened = Stage("", note.opened_at, note.author, Event.OPENED)
    told = [one for one in known.values() if one.event is not Event.OPENED]
    ordered = [opened, *sorted(told, key=lambda one: one.at)]
    texts = [one.body for one in ordered if one.body is not None and one.event is not Event.BESIDE]
    if note.updated_at is not None and (not texts or texts[-1] != note.body):
        ordered.append(Stage(note.written, note.updated_at, note.author, Event.WRITTEN, note.body))
    return tuple(ordered)


def before(history: tuple[Stage, ...], place: int) -> NoteBody:
    """The text that stood before the one at a place: with it that one is compared."""
    earlier = (one for one in reversed(history[:place]) if one.body and one.event is not Event.BESIDE)
    return next((one.body for one in earlier if one.body is not None), NoteBody())


def _stage(act: Operation) -> Stage | None:
    match act.type:
        case "note.draft.put":
            stop = act.body.get("stop")
            if stop == "":
                return None
            event = Event(stop) if stop in _STOPS else Event.WRITTEN
            return _with_text(act, event, act.body)
        case "note.versions.settle" if act.body.get("body") is not None:
            return _with_text(act, Event.SETTLED, act.body["body"])
        case "note.finish":
            words = str(act.body.get("incomplete_reason", ""))
            return Stage(act.op, act.at, act.actor, Event.FINISHED, None, words)
    return None


def _with_text(act: Operation, event: Event, body: Mapping[str, object]) -> Stage | None:
    try:
        return Stage(act.op, act.at, act.actor, event, from_document(NoteBody, body))
    except DocumentError:
        return None
