"""The note: one operator's record of one call."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

Value = str | int | tuple[str, ...]


class NoteState(StrEnum):
    """A draft is being written; a finished note is handed in."""

    DRAFT = "draft"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True)
class LogLine:
    """One timed line of the course of the call."""

    id: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class NoteBody:
    """All that the operator types: category code, values by field key, log lines in writing order.

    `form` and `form_version` are the form in which this text was written, "" and 0 where that is the one the
    note was opened with.
    """

    category: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    log: tuple[LogLine, ...] = ()
    form: str = ""
    form_version: int = 0


@dataclass(frozen=True, slots=True)
class DraftVersion:
    """A text that lost against another one written on the same base; kept and shown, never dropped.

    `settled` is the act by which somebody decided between the texts, "" while nobody has.
    """

    op: str
    at: datetime
    body: NoteBody
    settled: str = ""


class Stop(StrEnum):
    """Why a text is worth keeping for ever as it stood at that moment."""

    HANG_UP = "hang_up"
    CATEGORY = "category"
    LEVEL = "level"
    FINISH = "finish"


class Signing(StrEnum):
    """As what somebody signs: whoever wrote the note, or a lead beside its author."""

    AUTHOR = "author"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed a note and what it said then: `digest` is that of the text that stood (signing.digest_of).

    `reason` is what a lead wrote beside it: why a record may stay as it is.
    """

    op: str
    at: datetime
    actor: str
    role: Signing
    digest: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Addendum:
    """What somebody added to a note that was handed in; never changed, never taken away."""

    op: str
    at: datetime
    actor: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """A note belongs to a call and its author; `form` and `form_version` stay with it for ever.

    They are those of the text that stands: another category may open another form.
    """

    id: str
    call: str
    author: str
    site: str
    form: str
    form_version: int
    opened_at: datetime
    body: NoteBody = NoteBody()
    state: NoteState = NoteState.DRAFT
    updated_at: datetime | None = None
    finished_at: datetime | None = None
    incomplete_reason: str = ""
    versions: tuple[DraftVersion, ...] = ()
    written: str = ""
    """The act that wrote the text which stands, "" before the first one."""
    signatures: tuple[Signature, ...] = ()
    addenda: tuple[Addendum, ...] = ()

    @property
    def unsettled(self) -> tuple[DraftVersion, ...]:
        """The texts beside this one between which nobody has decided yet."""
        return tuple(one for one in self.versions if not one.settled)
