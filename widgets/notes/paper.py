"""What the note panel keeps of each open note: its fields with their undo, and where somebody wrote last."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget
from shiboken6 import isValid

from models.notes.filling import CATEGORY, SCREEN, required_keys, visible
from models.notes.form import Form, Section
from models.notes.note import LogLine, Note, Value
from resources.texts import language, t
from widgets.notes.mapping import Enumerations
from widgets.notes.pages import Pages
from widgets.notes.view import MarkView

MOST = 4
"""So many papers there are at most; a note beyond them is filled in again from its text."""


@dataclass(eq=False)
class Paper:
    """The fields of one note and what was typed into them, as the panel told it."""

    pages: Pages
    form: Form | None = None
    note: str = ""
    category: str = ""
    values: dict[str, Value] = field(default_factory=dict)
    log: dict[str, LogLine] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    focus: QWidget | None = None

    def says(self, note: Note) -> bool:
        """True where it has the note's words, all of them and no others."""
        body = note.body
        mine = (self.note, self.category, self.values, tuple(self.log.values()))
        return mine == (note.id, body.category, dict(body.values), body.log)

    def take(self, note: Note) -> None:
        """Have a note's words; `fill` brings them into the fields."""
        self.note = note.id
        self.category = note.body.category
        self.values = dict(note.body.values)
        self.log = {line.id: line for line in note.body.log}
        self.missing = ()

    def fill(self) -> None:
        """Bring the words into the fields."""
        self.pages.show_values(self.values, self.log)

    @property
    def required(self) -> tuple[str, ...]:
        """The keys of what its category asks for."""
        return required_keys(self.form, self.category, self.values) if self.form is not None else ()

    @property
    def shown(self) -> set[str]:
        """The keys of those of the fields that are there with what stands in the others."""
        fields = visible(self.form, self.category, self.values) if self.form is not None else ()
        return {field.key for field in fields}

    def show_fields(self) -> None:
        """Show those of the fields that are there."""
        if self.form is not None:
            self.pages.show_fields(self.shown)

    def name_of(self, key: str) -> str:
        """What a key is called that may be missing."""
        if key in (CATEGORY, SCREEN):
            return t(f"notes.{key}")
        fields = self.form.fields if self.form is not None else ()
        return next((one.label(language()) for one in fields if one.key == key), key)

    def clear(self) -> None:
        """Have no note's words any more, nor a way back to them."""
        self.note = self.category = ""
        self.values, self.log, self.missing, self.focus = {}, {}, (), None
        self.fill()
        self.show_fields()


class Papers(QStackedWidget):
    """The papers of the open notes; one is in sight and is written on.

    A paper that is not needed any more is kept for the next note: its fields take many times as long to
    make as to fill in, and a call may be ringing meanwhile.
    """

    def __init__(self, connect: Callable[[Pages], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._connect = connect
        self._form: Form | None = None
        self._enumerations: Enumerations = {}
        self._marks: Sequence[MarkView] = ()
        self._behind: dict[str, Paper] = {}
        self._spare: list[Paper] = []
        self._ahead: Sequence[Section] = ()
        self.front = self.fresh()

    def fresh(self) -> Paper:
        """A paper without a word, not in sight yet."""
        if self.count() >= MOST and not self._spare:
            # Its words are with the service: it is filled in from them when it comes back.
            self._put_away(self._behind.pop(next(iter(self._behind))))
        if self._spare:
            return self._spare.pop()
        pages = Pages()
        self._connect(pages)
        pages.prepare(self._ahead)
        self.addWidget(pages)
        return Paper(pages)

    def prepare(self, forms: Sequence[Form]) -> None:
        """Have the first section of each form made in quiet moments, for when its category is chosen."""
        self._ahead = [form.sections[0] for form in forms if form.sections]
        self.front.pages.prepare(self._ahead)

    def show_form(self, form: Form, enumerations: Enumerations) -> None:
        """Lay the paper in sight, and each that comes after it, out by a form."""
        self._form, self._enumerations = form, enumerations
        self.lay_out(self.front)

    def show_marks(self, marks: Sequence[MarkView]) -> None:
        """Show the steps of the ladder for a silent caller, where the form has it."""
        self._marks = marks
        self.front.pages.show_marks(marks)

    def lay_out(self, paper: Paper) -> None:
        """Give a paper the present form, with its words in it."""
        paper.form = self._form
        if self._form is not None:
            paper.pages.show_form(self._form, self._enumerations, paper.shown, paper.missing)
            paper.pages.show_marks(self._marks)
        paper.fill()
        paper.show_fields()

    def paper_of(self, note: str) -> Paper | None:
        """The paper of a note that was left for another."""
        return self._behind.get(note)

    def turn_to(self, paper: Paper) -> None:
        """Bring a paper into sight; where somebody was writing, writing goes on there."""
        old = self.front
        if old is paper:
            return
        focus = QApplication.focusWidget()
        writing = focus is not None and old.pages.isAncestorOf(focus)
        old.focus = focus if writing else old.focus
        self._behind.pop(paper.note, None)
        old.pages.pause()
        if old.note:
            self._behind[old.note] = old
        else:
            self._put_away(old)
        self.front = paper
        paper.pages.resume()
        self.setCurrentWidget(paper.pages)
        if writing and paper.focus is not None and isValid(paper.focus):
            paper.focus.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep_only(self, notes: Sequence[str]) -> None:
        """Let go of the papers of notes that are not open any more."""
        for note in self._behind.keys() - set(notes):
            self._put_away(self._behind.pop(note))

    def take_lines(self, lines: Sequence[LogLine]) -> None:
        """Show lines of the course that came from elsewhere; the words of those that are there stay."""
        log = self.front.log
        told = {one.id: replace(one, text=log[one.id].text) if one.id in log else one for one in lines}
        now = {**told, **{name: line for name, line in log.items() if name not in told}}
        if list(now.values()) != list(log.values()):
            log.clear()
            log.update(now)
            self.front.pages.take_log_lines(tuple(now.values()))

    def _put_away(self, paper: Paper) -> None:
        paper.clear()
        paper.pages.pause()
        self._spare.append(paper)
