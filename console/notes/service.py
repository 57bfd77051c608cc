"""The notes of this operator: drafts in memory, behind the keys by a second at most."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from console.runtime.autosave import Autosave, Cancel
from console.runtime.journal import Writes
from console.runtime.problems import Problems
from console.runtime.store import Store
from console.session.identity import Identity
from models.clock import Clock
from models.codec import to_document
from models.ids import new_id
from models.notes.limits import fits
from models.notes.note import LogLine, Note, NoteBody, NoteState, Stop, Value
from models.operation import Operation

PUSH_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Desk:
    """The note on the desk; `saved_at` is when all of it was last on disk, None while it is not."""

    note: Note | None = None
    saved_at: datetime | None = None
    saving: bool = False


class NotesService:
    """Opens, edits, saves and finishes notes; one of them lies on the desk."""

    def __init__(
        self,
        journal: Writes,
        clock: Clock,
        later: Callable[[float, Callable[[], None]], Cancel],
        identity: Identity,
        form: tuple[str, int],
        problems: Problems | None = None,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._identity = identity
        self._form = form
        self._problems = problems
        self._notes: dict[str, Note] = {}
        # The text of a stored note that came to the desk, by its act, until the first draft stands on it.
        self._fetched: dict[str, str] = {}
        self._revision = 0
        self._pushed_at: float | None = None
        self._stopped_at = 0
        self._stop: Stop | None = None
        self._autosave = Autosave(later, self._save)
        self.desk: Store[Desk] = Store(Desk())

    def open_for(self, call: str) -> Note:
        """The note of this operator for a call, made if there is none, put on the desk."""
        self.leave()
        known = next((note for note in self._notes.values() if note.call == call), None)
        if known is None:
            note = self._new(call)
            self.desk.publish(Desk(note, self._clock.now()))
            return note
        # Its last words may still be on their way to the disk.
        revision = self._revision
        self.desk.publish(Desk(known, None, saving=True))
        self._journal.write().add_done_callback(lambda _: self._saved(known.id, revision))
        return known

    def bring_back(self, note: Note) -> None:
        """Put a stored note on the desk, an unfinished one after a restart for example."""
        self.leave()
        # Nothing of it was written here: a stop that follows has no words of it to keep.
        self._stopped_at = self._revision
        self._notes[note.id], self._fetched[note.id] = note, note.written
        self.desk.publish(Desk(note, self._clock.now()))

    def choose_category(self, code: str) -> None:
        """Change the category; all that was typed stays. A stop: pushed at once."""
        self._change(lambda body: replace(body, category=code))
        self.stop(Stop.CATEGORY)

    def edit(self, key: str, value: Value) -> None:
        """One field got a new value."""
        self._change(lambda body: replace(body, values={**body.values, key: value}))

    def add_log_line(self) -> LogLine | None:
        """A new timed line at the end of the course of the call; None without a note."""
        if self.desk.value.note is None:
            return None
        line = LogLine(new_id(), self._clock.now(), "")
        self._change(lambda body: replace(body, log=(*body.log, line)))
        return line

    def edit_log(self, line: str, text: str) -> None:
        """One timed line got a new text; its time stays."""
        self._change(
            lambda body: replace(
                body, log=tuple(replace(one, text=text) if one.id == line else one for one in body.log)
            )
        )

    def leave(self) -> None:
        """Save at once: hang-up, loss of focus, another note, the end of the program."""
        self._autosave.now()

    def stop(self, why: Stop) -> None:
        """Save and push the text as it stands now: it is kept for ever, whatever is written over it later.

        Nothing where it is the text of the last stop still.
        """
        if self.desk.value.note is None or self._revision == self._stopped_at:
            return
        self._stopped_at, self._stop, self._pushed_at = self._revision, why, None
        self._autosave.changed()
        self._autosave.now()

    def finish(self, incomplete_reason: str = "") -> None:
        """Hand the note in, complete or with a reason why not, and clear the desk."""
        note = self.desk.value.note
        if note is None:
            return
        self.stop(Stop.FINISH)
        self.leave()
        body = {"incomplete_reason": incomplete_reason}
        if note.state is NoteState.DRAFT:
            self._journal.write(self._operation("note.finish", note.id, body), urgent=True)
        self._notes.pop(note.id, None)
        self.desk.publish(Desk())

    def put_away(self) -> None:
        """Clear the desk; the note stays as it is."""
        note = self.desk.value.note
        self.leave()
        if note is not None:
            self._notes.pop(note.id, None)
        self.desk.publish(Desk())

    def _new(self, call: str) -> Note:
        form, version = self._form
        me = self._identity.operator
        note = Note(new_id(), call, me.id, me.site, form, version, self._clock.now())
        document = to_document(note)
        names = ("call", "site", "form", "form_version", "opened_at")
        self._journal.write(
            self._operation("note.open", note.id, {name: document[name] for name in names}), urgent=True
        )
        self._notes[note.id] = note
        return note

    def _change(self, change: Callable[[NoteBody], NoteBody]) -> None:
        note = self.desk.value.note
        if note is None:
            return
        changed = replace(note, body=change(note.body), updated_at=self._clock.now())
        self._notes[note.id] = changed
        self._revision += 1
        self.desk.publish(Desk(changed, None, saving=True))
        self._autosave.changed()

    def _save(self) -> None:
        note = self.desk.value.note
        if note is None:
            return
        revision = self._revision
        body = {**to_document(note.body), "stop": self._stop or ""}
        self._stop = None
        if self._problems is not None:
            self._problems.set("note_too_long", not fits(note.body))
        if note.id in self._fetched:
            body["on"] = self._fetched.pop(note.id)
        operation = self._operation("note.draft.put", note.id, body)
        written = self._journal.write(operation, urgent=self._is_due())
        written.add_done_callback(lambda _: self._saved(note.id, revision))

    def _is_due(self) -> bool:
        """True at a stop, and every ten seconds while somebody types: then the draft is pushed too."""
        now, before = self._clock.monotonic(), self._pushed_at
        if before is not None and now - before < PUSH_SECONDS:
            return False
        self._pushed_at = now
        return True

    def _saved(self, note: str, revision: int) -> None:
        desk = self.desk.value
        if desk.note and desk.note.id == note and revision == self._revision:
            self.desk.publish(Desk(desk.note, self._clock.now()))

    def _operation(self, kind: str, note: str, body: Mapping[str, object]) -> Operation:
        return Operation(new_id(), kind, note, self._identity.operator.id, self._clock.now(), body)
