"""The form of the note in front: opened by its category; what is missing, what it has no place for."""

from console.presenters.form_words import FormWords
from models.notes.filling import Beside, missing
from models.notes.form import Form
from models.notes.ladder import marks_of
from models.notes.note import Note
from models.risk.assessment import Assessment
from models.risk.quick_screen import is_screened
from resources.hotline import Hotline
from widgets.notes.panel import NotePanel


class FormPresenter:
    """Brings a note into its form; what was typed is the panel's own and is never filled in again."""

    def __init__(self, panel: NotePanel, hotline: Hotline) -> None:
        self._panel = panel
        self._hotline = hotline
        self._words = FormWords(hotline.forms, hotline.enumerations)
        self._note: Note | None = None
        self._screened = False
        self._panel.show_form(hotline.forms.usual, hotline.enumerations)
        self._panel.papers.prepare(hotline.forms.installed)

    def show_note(self, note: Note) -> None:
        """Show a note in the form that it is written in."""
        form = self._hotline.forms.to_write(note)
        self._note = note
        self._panel.show_note(note)
        # What is missing goes with the form: it is painted once, as it is to be.
        keys = self._missing(note, form)
        self._panel.show_form(form, self._hotline.enumerations, keys)
        self._panel.elsewhere.show_entries(self._words.elsewhere(form, note.body))
        self._panel.show_missing(keys)

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Know whether the quick screen was asked."""
        screened = assessment is not None and is_screened(assessment.current)
        if screened != self._screened:
            self._screened = screened
            self._show_missing()

    def forget(self) -> None:
        """No note is in front."""
        self._note = None

    def _show_missing(self) -> None:
        note = self._note
        if note is not None:
            form = self._hotline.forms.to_write(note)
            self._panel.show_missing(self._missing(note, form))

    def _missing(self, note: Note, form: Form) -> tuple[str, ...]:
        lines = sum(bool(line.text.strip()) for line in note.body.log)
        marks = len(marks_of(self._hotline.ladder, note.body.log))
        body = note.body
        return tuple(missing(form, body.category, body.values, Beside(lines, marks, self._screened)))
