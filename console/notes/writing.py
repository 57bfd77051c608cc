"""A note that is open for writing: its text, what of it was saved, and its stops."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from models.codec import to_document
from models.notes.note import LogLine, Note, NoteBody, Stop

PUSH_SECONDS = 10.0


@dataclass(eq=False, slots=True)
class OpenNote:
    """Lives on the io thread; `revision` counts the changes made here.

    `fetched` is the act that wrote the text of a stored note, until the first draft stands on it.
    """

    note: Note
    fetched: str | None = None
    revision: int = 0
    _stopped_at: int = 0
    _stop: Stop | None = None
    _pushed_at: float | None = field(default=None)

    def change(self, change: Callable[[NoteBody], NoteBody], at: datetime) -> None:
        """Something was typed or chosen."""
        body = change(self.note.body)
        if not body.form:
            body = replace(body, form=self.note.form, form_version=self.note.form_version)
        self.note = replace(
            self.note, body=body, form=body.form, form_version=body.form_version, updated_at=at
        )
        self.revision += 1

    def stop(self, why: Stop) -> bool:
        """Let the next draft be that of a stop; False where the text is that of the last one still."""
        if self.revision == self._stopped_at:
            return False
        self._stopped_at, self._stop, self._pushed_at = self.revision, why, None
        return True

    def draft(self) -> dict[str, Any]:
        """What the act says that saves the text as it stands now."""
        body = {**to_document(self.note.body), "stop": self._stop or ""}
        self._stop = None
        if self.fetched is not None:
            body["on"], self.fetched = self.fetched, None
        return body

    def is_due(self, now: float) -> bool:
        """True at a stop, and every ten seconds while somebody types: then the draft is pushed too."""
        if self._pushed_at is not None and now - self._pushed_at < PUSH_SECONDS:
            return False
        self._pushed_at = now
        return True


def with_line(body: NoteBody, line: str, text: str) -> NoteBody:
    """The text with another wording of one timed line."""
    return replace(body, log=tuple(replace(one, text=text) if one.id == line else one for one in body.log))


def with_new_line(body: NoteBody, line: LogLine) -> NoteBody:
    """The text with one more timed line at the end of its course.

    A line that waits for words stays the last one, from now on: what is written into it comes after a mark
    that was set meanwhile.
    """
    *before, last = (*body.log, line)
    if line.text and before and not before[-1].text:
        *before, waiting = before
        return replace(body, log=(*before, line, replace(waiting, at=line.at)))
    return replace(body, log=(*before, last))


def without_blank_lines(body: NoteBody) -> NoteBody:
    """The text without the timed lines that nobody wrote into."""
    return replace(body, log=tuple(one for one in body.log if one.text.strip()))
