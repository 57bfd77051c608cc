"""The note panel: the form of a call, generated from data, filled in by one operator."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from models.notes.filling import CATEGORY
from models.notes.form import Form
from models.notes.note import LogLine, Note, NoteState, Value
from resources.texts import t
from widgets.base.card import Card
from widgets.base.keys import bind
from widgets.base.labels import Label
from widgets.notes.elsewhere import Elsewhere
from widgets.notes.finish import Finish
from widgets.notes.head import Head
from widgets.notes.locked import Locked
from widgets.notes.mapping import Enumerations
from widgets.notes.open_notes import OpenNotes, OpenNoteView
from widgets.notes.pages import Pages
from widgets.notes.paper import Paper, Papers
from widgets.notes.view import SaveState
from widgets.theme import px

WRONG_NUMBER = "S5"


class NotePanel(Card):
    """Shows one of the open notes and tells every change of it; none is filled in again from its own save.

    A note that is left for another keeps its fields, their undo and the place where somebody was writing.
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
    note_chosen = Signal(str)
    marked = Signal(str)
    screen_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(gap=6, parent=parent)
        self.papers = Papers(self._connect_pages)
        self._open_notes = OpenNotes()
        self.elsewhere = Elsewhere()
        self._finish = Finish()
        self._head = Head()
        self._whole = QStackedWidget()
        self._locked = Locked()
        self._told_missing: object = None
        self._note = ""
        self._fill()
        self._connect()

    @property
    def note(self) -> str:
        """The id of the note that is shown, empty where there is none."""
        return self._note

    @property
    def finish(self) -> Finish:
        """The foot of the note: what is missing, and its end."""
        return self._finish

    def show_form(self, form: Form, enumerations: Enumerations, missing: Sequence[str] | None = None) -> None:
        """Lay out a form, with what is missing in it if known; what was typed into fields of both stays."""
        if form == self._paper.form:
            return
        self.commit()
        if missing is not None:
            self._paper.missing = tuple(missing)
        self._head.offer(enumerations)
        self.papers.show_form(form, enumerations)
        self._told_missing = None
        self.show_missing(self._paper.missing)

    def show_note(self, note: Note) -> None:
        """Open a note. Of the note that is open already only its state is taken, never its words.

        Lines of the course that were made elsewhere, by a mark for example, come to those that are there.
        """
        if note.id != self._note:
            self._turn_to(note)
        self.papers.take_lines(note.body.log)
        self.call_shown.emit(note.call)
        # What was handed in incomplete is finished once more when nothing is missing.
        done = note.state is NoteState.FINISHED and not note.incomplete_reason
        self._finish.show_finished(note.finished_at if done else None)
        self._whole.setCurrentIndex(1)

    def show_category(self, category: str) -> None:
        """Show a type of call that was chosen elsewhere: by a mark, or by what the call is made for."""
        if category != self._paper.category:
            self._paper.category = category
            self._head.show_category(category)
            self._paper.show_fields()

    def show_missing(self, keys: Sequence[str]) -> None:
        """Show which fields are required and empty, in reading order; `category` is the category itself."""
        paper = self._paper
        paper.missing = tuple(keys)
        told = (paper.pages, paper.missing, len(paper.required))
        if told == self._told_missing:
            return
        self._told_missing = told
        self._pages.show_missing(keys)
        self._head.show_missing(keys, len(paper.required))
        self._finish.show_missing([(key, paper.name_of(key)) for key in keys])

    def show_log_line(self, line_id: str, at: datetime) -> None:
        """Show the line that was asked for, with its time, and let it be written in."""
        self._paper.log.setdefault(line_id, LogLine(line_id, at, ""))
        self._pages.show_log_line(line_id, at)

    def show_saved_state(self, state: SaveState, detail: str = "") -> None:
        """Show how far the words are saved; the detail is when, already written out, or why not."""
        self._finish.show_saved_state(state, detail)

    def take_reader(self, reader: QWidget) -> None:
        """Let a part show the text of notes that cannot be changed."""
        self._locked.take_reader(reader)

    def take_beside(self, beside: QWidget) -> None:
        """Put what stands beside the note under its fields."""
        self._form_column.insertWidget(self._form_column.indexOf(self._finish), beside)

    def take_recordings(self, recordings: QWidget) -> None:
        """Put the part that shows recordings under the head of the form."""
        self._form_column.insertWidget(1, recordings)

    def show_locked(self, note: str, why: str, draft: bool) -> None:
        """Show a note that can only be read, with the sentence why; its text is with the reader."""
        self._forget()
        self._note = note
        self._locked.show_locked(why, draft)
        self._whole.setCurrentIndex(2)

    def show_open_notes(self, notes: Sequence[OpenNoteView]) -> None:
        """Show which notes are open, the one in front among them; those that are not keep nothing here."""
        self._open_notes.show_notes(notes)
        self.papers.keep_only([one.id for one in notes])

    def clear(self) -> None:
        """Show that no note is in front."""
        self._forget()
        self._paper.clear()
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
        self._note = ""

    @property
    def _paper(self) -> Paper:
        return self.papers.front

    @property
    def _pages(self) -> Pages:
        return self.papers.front.pages

    def _turn_to(self, note: Note) -> None:
        """Bring a note into sight; what is being composed stays with the one before."""
        self.commit()
        paper = self.papers.paper_of(note.id)
        if paper is None:
            # The one in sight may belong to a note that stays open beside this one.
            free = self._paper.note in ("", note.id)
            paper = self._paper if free else self.papers.fresh()
        self._note = note.id
        filled = paper.says(note)
        if not filled:
            paper.take(note)
        self.papers.turn_to(paper)
        if paper.form is None:
            self.papers.lay_out(paper)
        elif not filled:
            paper.fill()
            paper.show_fields()
        self._told_missing = None
        self._head.show_category(paper.category)
        self.show_missing(paper.missing)
        self._finish.show_saved_state(SaveState.CLEAN)

    def _choose_wrong_number(self) -> None:
        """One key says what a wrong number was; never over a type of call that somebody chose."""
        if self._open and not self._paper.category:
            self._head.show_category(WRONG_NUMBER)
            self._choose(WRONG_NUMBER)

    def _choose(self, category: str) -> None:
        self._paper.category = category
        self._paper.show_fields()
        self.category_chosen.emit(self._paper.category)

    def _edit(self, key: str, value: Value) -> None:
        self._paper.values[key] = value
        self._paper.show_fields()
        self.edited.emit(key, value)

    def _edit_log(self, line_id: str, text: str) -> None:
        log = self._paper.log
        log[line_id] = replace(log[line_id], text=text)
        self.log_edited.emit(line_id, text)

    def _go_to_next(self) -> None:
        missing = self._paper.missing
        if CATEGORY in missing:
            self._go_to(CATEGORY)
        else:
            self._pages.go_to_next(missing)

    def _go_to(self, key: str) -> None:
        if key == CATEGORY:
            self._head.take_focus()
        else:
            self._pages.go_to(key)

    def _want_line(self) -> None:
        if self._open:
            self.log_line_wanted.emit()

    def _press_finish(self) -> None:
        if self._open:
            self._finish.press()

    def _connect(self) -> None:
        self._open_notes.chosen.connect(self.note_chosen)
        self._finish.finish_wanted.connect(self._tell_finish)
        self._finish.jump_wanted.connect(self._go_to)
        self._locked.away_wanted.connect(self.away_wanted)
        self._locked.finish_wanted.connect(self.finish_wanted)
        self._head.chosen.connect(self._choose)
        self._head.next_wanted.connect(self._go_to_next)
        bind(self, "next_note", self._open_notes.choose_next)
        bind(self, "next_missing", self._go_to_next)
        bind(self, "stamp_time", self._want_line)
        bind(self, "finish_note", self._press_finish)
        bind(self, "wrong_number", self._choose_wrong_number)

    def _connect_pages(self, pages: Pages) -> None:
        pages.edited.connect(self._edit)
        pages.log_edited.connect(self._edit_log)
        pages.log_line_wanted.connect(self._want_line)
        pages.left.connect(self.focus_left)
        pages.marked.connect(self.marked)
        pages.screen_wanted.connect(self.screen_wanted)

    def _tell_finish(self, reason: str) -> None:
        self.commit()
        self.finish_wanted.emit(reason)

    def _fill(self) -> None:
        form = QWidget()
        column = self._form_column = QVBoxLayout(form)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(6))
        column.addWidget(self._head)
        column.addWidget(self.papers, 1)
        column.addWidget(self.elsewhere)
        column.addWidget(self._finish)
        none = Label(t("notes.none_open"), tone="faint", wrap=True)
        none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._whole.addWidget(none)
        self._whole.addWidget(form)
        self._whole.addWidget(self._locked)
        self.body.addWidget(self._open_notes)
        self.body.addWidget(self._whole, 1)
