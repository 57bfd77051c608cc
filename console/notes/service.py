"""The notes of this operator: drafts in memory, behind the keys by a second at most."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from console.notes.writing import OpenNote, with_line, with_new_line, without_blank_lines
from console.runtime.autosave import Autosave, Cancel
from console.runtime.journal import Writes
from console.runtime.problems import Problems
from console.runtime.store import Store
from console.session.identity import Identity
from models.clock import Clock
from models.codec import to_document
from models.ids import new_id
from models.notes.limits import fits
from models.notes.note import LogLine, Note, NoteBody, NoteState, Signing, Stop, Value
from models.notes.signing import SIGN, is_altered, sign_body
from models.operation import Operation


@dataclass(frozen=True, slots=True)
class Desk:
    """The note in front, and those that are open beside it, each in the order in which it was opened.

    `saved_at` is when all of the one in front was last on disk, None while it is not.
    """

    note: Note | None = None
    saved_at: datetime | None = None
    saving: bool = False
    beside: tuple[Note, ...] = ()


class NotesService:
    """Opens, edits, saves and finishes notes; one of those that are open is in front.

    Who changes something names the `note` it was typed into: another may have come to the front meanwhile.
    Where none is named it is the one in front.
    """

    def __init__(
        self,
        journal: Writes,
        clock: Clock,
        later: Callable[[float, Callable[[], None]], Cancel],
        identity: Identity,
        form: tuple[str, int],
        problems: Problems | None = None,
        forms: Mapping[str, tuple[str, int]] | None = None,
    ) -> None:
        self._journal = journal
        self._clock = clock
        self._identity = identity
        self._form = form
        self._forms = forms or {}
        self._problems = problems
        self._open: dict[str, OpenNote] = {}
        self._autosave = Autosave(later, self._save_front)
        self.desk: Store[Desk] = Store(Desk())

    def open_for(self, call: str) -> Note:
        """The note of this operator for a call, made if there is none, put in front."""
        self.leave()
        known = next((one for one in self._open.values() if one.note.call == call), None)
        if known is None:
            known = self._new(call)
            self._show(known, self._clock.now())
        else:
            self._bring_forward(known)
        return known.note

    def bring_forward(self, note: str) -> None:
        """Put a note that is open beside the others in front; nothing where it is not open."""
        known = self._open.get(note)
        if known is not None and known is not self._front:
            self.leave()
            self._bring_forward(known)

    def bring_back(self, note: Note) -> None:
        """Open a stored note and put it in front, an unfinished one after a restart for example."""
        self.leave()
        known = self._open[note.id] = OpenNote(note, fetched=note.written)
        self._show(known, self._clock.now())

    def lay_beside(self, note: Note) -> None:
        """Open a stored note behind the one in front."""
        if note.id not in self._open:
            self._open[note.id] = OpenNote(note, fetched=note.written)
            self._publish(self.desk.value)

    def is_open(self, note: str) -> bool:
        """True where it lies on the desk, in front or not."""
        return note in self._open

    def of_call(self, call: str) -> Note | None:
        """The open note of a call, in front or not."""
        known = self._of(call)
        return known.note if known else None

    def choose_category(self, code: str, note: str = "") -> None:
        """Change the category, and with it the form; all that was typed stays. A stop: pushed at once."""
        about = self._about(note)
        if about is not None:
            form, version = self._forms.get(code, self._form)
            self._change(about, lambda body: replace(body, category=code, form=form, form_version=version))
            self.stop(Stop.CATEGORY, about.note.call)

    def edit(self, key: str, value: Value, note: str = "") -> None:
        """One field got a new value."""
        about = self._about(note)
        if about is not None:
            self._change(about, lambda body: replace(body, values={**body.values, key: value}))

    def add_log_line(self, text: str = "", note: str = "") -> LogLine | None:
        """A new timed line at the end of the course of the call; None without a note."""
        line = LogLine(new_id(), self._clock.now(), text)
        return line if self.put_log_line(line, note) else None

    def put_log_line(self, line: LogLine, note: str = "") -> bool:
        """A line that stands on the screen already goes to the end of the course; False without a note."""
        about = self._about(note)
        if about is not None:
            self._change(about, lambda body: with_new_line(body, line))
        return about is not None

    def edit_log(self, line: str, text: str, note: str = "") -> None:
        """One timed line got a new text; its time stays."""
        about = self._about(note)
        if about is not None:
            self._change(about, lambda body: with_line(body, line, text))

    def leave(self) -> None:
        """Save at once: hang-up, loss of focus, another note, the end of the program."""
        self._autosave.now()

    def stop(self, why: Stop, call: str = "") -> None:
        """Save and push a text as it stands now: it is kept for ever, whatever is written over it later.

        It is that of the note in front, or of a call, in front or not. Nothing where it is the text of the
        last stop still.
        """
        about = self._front if not call else self._of(call)
        if about is None or not about.stop(why):
            return
        if about is self._front:
            self._autosave.changed()
            self._autosave.now()
        else:
            self._save(about)

    def finish(self, incomplete_reason: str = "") -> None:
        """Hand the note in front in, signed, complete or with a reason why not, and take it off the desk."""
        front = self._front
        if front is None:
            return
        if without_blank_lines(front.note.body) != front.note.body:
            self._change(front, without_blank_lines)
        self.stop(Stop.FINISH)
        self.leave()
        me, note = self._identity.operator.id, front.note
        acts = []
        completed = note.incomplete_reason and not incomplete_reason
        if note.state is NoteState.DRAFT or completed:
            acts.append(self._operation("note.finish", note.id, {"incomplete_reason": incomplete_reason}))
        if note.author == me and (acts or is_altered(note)):
            acts.append(self._operation(SIGN, note.id, sign_body(note, Signing.AUTHOR)))
        if acts:
            self._journal.write(*acts, urgent=True)
        self.put_away()

    def put_away(self) -> None:
        """Take the note in front off the desk as it is; none that is open beside it comes by itself."""
        self.leave()
        front = self._front
        if front is not None:
            self._open.pop(front.note.id, None)
        self._publish(Desk())

    @property
    def _front(self) -> OpenNote | None:
        note = self.desk.value.note
        return self._open.get(note.id) if note else None

    def _about(self, note: str) -> OpenNote | None:
        return self._open.get(note) if note else self._front

    def _of(self, call: str) -> OpenNote | None:
        return next((one for one in self._open.values() if one.note.call == call), None)

    def _show(self, known: OpenNote, saved_at: datetime | None) -> None:
        self._publish(Desk(known.note, saved_at, saving=saved_at is None))

    def _bring_forward(self, known: OpenNote) -> None:
        # Its last words may still be on their way to the disk.
        revision = known.revision
        self._show(known, None)
        self._journal.write().add_done_callback(lambda _: self._saved(known, revision))

    def _publish(self, desk: Desk) -> None:
        front = desk.note.id if desk.note else ""
        beside = tuple(one.note for one in self._open.values() if one.note.id != front)
        self.desk.publish(replace(desk, beside=beside))

    def _new(self, call: str) -> OpenNote:
        form, version = self._form
        me = self._identity.operator
        note = Note(new_id(), call, me.id, me.site, form, version, self._clock.now())
        document = to_document(note)
        names = ("call", "site", "form", "form_version", "opened_at")
        self._journal.write(
            self._operation("note.open", note.id, {name: document[name] for name in names}), urgent=True
        )
        known = self._open[note.id] = OpenNote(note)
        return known

    def _change(self, about: OpenNote, change: Callable[[NoteBody], NoteBody]) -> None:
        about.change(change, self._clock.now())
        if about is self._front:
            self._show(about, None)
            self._autosave.changed()
        else:
            self._save(about)
            self._publish(self.desk.value)

    def _save_front(self) -> None:
        if self._front is not None:
            self._save(self._front)

    def _save(self, known: OpenNote) -> None:
        note, revision = known.note, known.revision
        if self._problems is not None:
            self._problems.set("note_too_long", not fits(note.body))
        operation = self._operation("note.draft.put", note.id, known.draft())
        written = self._journal.write(operation, urgent=known.is_due(self._clock.monotonic()))
        written.add_done_callback(lambda _: self._saved(known, revision))

    def _saved(self, known: OpenNote, revision: int) -> None:
        if known is self._front and revision == known.revision:
            self._show(known, self._clock.now())

    def _operation(self, kind: str, note: str, body: Mapping[str, object]) -> Operation:
        return Operation(new_id(), kind, note, self._identity.operator.id, self._clock.now(), body)
