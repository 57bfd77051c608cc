"""The note panel: the form of a call, generated from data, filled in by one operator."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from models.notes.form import Form, required_fields
from models.notes.note import LogLine, Note, NoteState, Value
from resources.texts import t
from widgets.base.buttons import KeyButton
from widgets.base.card import Card
from widgets.base.keys import bind, key_for
from widgets.base.labels import Label
from widgets.notes.finish import Finish
from widgets.notes.inputs import ChoiceInput
from widgets.notes.locked import Locked
from widgets.notes.pages import Pages
from widgets.notes.section import Enumerations, choices_of
from widgets.notes.view import SaveState
from widgets.theme import px

CATEGORY = "category"
CATEGORIES = "call_category"


class NotePanel(Card):
    """Shows one note and tells every change of it; it is never filled in again from its own save.

    ``edited(key, value)``, ``log_edited(line id, text)`` and ``category_chosen(code)`` tell what a person
    changed, ``log_line_wanted()`` asks for a line with a time, ``finish_wanted(reason)`` for the end,
    ``focus_left()`` says that writing paused. Before a note is left, `commit` keeps half-composed words.
    """

    edited = Signal(str, object)
    log_edited = Signal(str, str)
    log_line_wanted = Signal()
    category_chosen = Signal(str)
    finish_wanted = Signal(str)
    focus_left = Signal()
    away_wanted = Signal()
    call_shown = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=6, parent=parent)
        self._form: Form | None = None
        self._pages = Pages()
        self._finish = Finish()
        self._count = Label(tone="soft")
        self._next = KeyButton(t("notes.next_missing"), key_for("next_missing"), tone="link")
        self._head = QHBoxLayout()
        self._choice: ChoiceInput | None = None
        self._whole = QStackedWidget()
        self._locked = Locked()
        self._note = ""
        self._category = ""
        self._values: dict[str, Value] = {}
        self._log: dict[str, LogLine] = {}
        self._missing: tuple[str, ...] = ()
        self._fill()
        self._connect()

    @property
    def note(self) -> str:
        """The id of the note that is shown, empty where there is none."""
        return self._note

    def show_form(self, form: Form, enumerations: Enumerations) -> None:
        """Lay out a form with the categories; what was typed into fields that both forms have stays."""
        if form == self._form:
            return
        self._form = form
        if self._choice is not None:
            self._choice.deleteLater()
        self._choice = ChoiceInput(
            t("notes.category"), choices_of(enumerations, CATEGORIES), t("notes.choose")
        )
        self._choice.setFixedWidth(px(240))
        self._choice.edited.connect(self._choose)
        self._head.insertWidget(1, self._choice)
        self._choice.show_value(self._category)
        self._pages.show_form(form, enumerations)
        self._pages.show_values(self._values, tuple(self._log.values()))
        self.show_missing(self._missing)

    def show_note(self, note: Note) -> None:
        """Open a note. Of the note that is open already only its state is taken, never its words."""
        if note.id != self._note:
            self._note = note.id
            self._category = note.body.category
            self._values = dict(note.body.values)
            self._log = {line.id: line for line in note.body.log}
            if self._choice is not None:
                self._choice.show_value(self._category)
            self._pages.show_values(self._values, note.body.log)
            self.show_missing(())
            self._finish.show_saved_state(SaveState.CLEAN)
        self.call_shown.emit(note.call)
        self._finish.show_finished(note.finished_at if note.state is NoteState.FINISHED else None)
        self._whole.setCurrentIndex(1)

    def show_missing(self, keys: Sequence[str]) -> None:
        """Show which fields are required and empty, in reading order; `category` is the category itself."""
        self._missing = tuple(keys)
        self._pages.show_missing(keys)
        needed = len(required_fields(self._form, self._category)) if self._form is not None else 0
        if self._choice is not None:
            self._choice.show_missing(CATEGORY in keys)
        text = t("notes.required", done=max(0, needed - len(keys)), all=needed) if self._category else ""
        self._count.setText(text or t("notes.category_first"))
        self._next.setVisible(bool(keys))
        self._finish.show_missing(len(keys))

    def show_log_line(self, line_id: str, at: datetime) -> None:
        """Show the line that was asked for, with its time, and let it be written in."""
        self._log.setdefault(line_id, LogLine(line_id, at, ""))
        self._pages.show_log_line(line_id, at)

    def show_saved_state(self, state: SaveState, detail: str = "") -> None:
        """Show how far the words are saved; the detail is when, already written out, or why not."""
        self._finish.show_saved_state(state, detail)

    def take_reader(self, reader: QWidget) -> None:
        """Let a part show the text of notes that cannot be changed."""
        self._locked.take_reader(reader)

    def take_recordings(self, recordings: QWidget) -> None:
        """Put the part that shows recordings under the head of the form."""
        self._form_column.insertWidget(1, recordings)

    def show_locked(self, note: str, why: str, draft: bool) -> None:
        """Show a note that can only be read, with the sentence why; its text is with the reader."""
        self._forget()
        self._note = note
        self._locked.show_locked(why, draft)
        self._whole.setCurrentIndex(2)

    def clear(self) -> None:
        """Show that no note is open."""
        self._forget()
        self._pages.show_values({}, ())
        self._whole.setCurrentIndex(0)

    def commit(self) -> None:
        """Keep what is still being composed: on hang-up, before closing, before another note."""
        self._pages.commit()

    @property
    def _open(self) -> bool:
        """True while a note can be written."""
        return self._whole.currentIndex() == 1

    def _forget(self) -> None:
        self.call_shown.emit("")
        self._note = self._category = ""
        self._values, self._log, self._missing = {}, {}, ()

    def _choose(self, value: Value) -> None:
        self._category = str(value)
        self.category_chosen.emit(self._category)

    def _edit(self, key: str, value: Value) -> None:
        self._values[key] = value
        self.edited.emit(key, value)

    def _edit_log(self, line_id: str, text: str) -> None:
        self._log[line_id] = replace(self._log[line_id], text=text)
        self.log_edited.emit(line_id, text)

    def _go_to_next(self) -> None:
        if CATEGORY in self._missing and self._choice is not None:
            self._choice.take_focus()
        else:
            self._pages.go_to_next(self._missing)

    def _want_line(self) -> None:
        if self._open:
            self.log_line_wanted.emit()

    def _press_finish(self) -> None:
        if self._open:
            self._finish.press()

    def _connect(self) -> None:
        self._pages.edited.connect(self._edit)
        self._pages.log_edited.connect(self._edit_log)
        self._pages.log_line_wanted.connect(self._want_line)
        self._pages.left.connect(self.focus_left)
        self._finish.finish_wanted.connect(self._tell_finish)
        self._locked.away_wanted.connect(self.away_wanted)
        self._locked.finish_wanted.connect(self.finish_wanted)
        self._next.clicked.connect(self._go_to_next)
        bind(self, "next_missing", self._go_to_next)
        bind(self, "stamp_time", self._want_line)
        bind(self, "finish_note", self._press_finish)

    def _tell_finish(self, reason: str) -> None:
        self.commit()
        self.finish_wanted.emit(reason)

    def _fill(self) -> None:
        self._head.setSpacing(px(10))
        self._head.addWidget(Label(t("notes.title"), strong=True))
        self._head.addStretch(1)
        self._head.addWidget(self._count)
        self._head.addWidget(self._next)
        form = QWidget()
        column = self._form_column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addLayout(self._head)
        column.addWidget(self._pages, 1)
        column.addWidget(self._finish)
        none = Label(t("notes.none_open"), tone="faint", wrap=True)
        none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._whole.addWidget(none)
        self._whole.addWidget(form)
        self._whole.addWidget(self._locked)
        self.body.addWidget(self._whole)
