"""The form of the note in front: opened by its category; what is missing, what it has no place for."""

from dataclasses import replace

from console.presenters.form_words import FormWords
from models.notes.filling import Beside, missing
from models.notes.form import Form
from models.notes.ladder import marks_of
from models.notes.note import Note, NoteBody
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
        self._choices = 0
        self._unheard: dict[int, str] = {}
        self._late: Note | None = None
        self._screened = False
        self._panel.show_form(hotline.forms.usual, hotline.enumerations)
        self._panel.papers.prepare(hotline.forms.installed)
        for written in (panel.edited, panel.log_edited):
            # Whoever fills in the last of them and hands in with the next key is asked for nothing.
            written.connect(lambda *_: self._show_missing())

    def choose(self, category: str) -> int:
        """Somebody chose a category: its form at once, for the next key may go into one of its fields.

        Gives the number of the choice: until it is `heard`, no text of the note changes the form.
        """
        self._choices += 1
        note, forms = self._note, self._hotline.forms
        if note is None or category == note.body.category:
            return self._choices
        self._unheard[self._choices] = note.id
        form, version = forms.stamps.get(category, forms.usual.stamp)
        body = replace(note.body, category=category)
        self._note = replace(note, form=form, form_version=version, body=body)
        self._show_form(self._note)
        return self._choices

    def heard(self, choice: int) -> None:
        """The service knows of a choice, and what the note was before it was shown by now."""
        self._unheard.pop(choice, None)
        now, late = self._note, self._late
        if self._unheard or now is None or late is None:
            return
        self._late = None
        if (late.id, late.body.category) == (now.id, now.body.category):
            self._note = late
            self._show_form(late)

    def show_note(self, note: Note) -> None:
        """Show a note in the form that it is written in."""
        if self._note is None or self._note.id != note.id:
            self._unheard, self._late = {}, None
        self._panel.show_note(note)
        if self._unheard:
            # It may be from before the latest choice: its form would take the fields away again.
            self._late = note
            return
        if self._note is None or self._note.body.category != note.body.category or self._note.id != note.id:
            self._panel.show_category(note.body.category)
        self._note = note
        self._show_form(note)

    def show_assessment(self, assessment: Assessment | None) -> None:
        """Know whether the quick screen was asked."""
        screened = assessment is not None and is_screened(assessment.current)
        if screened != self._screened:
            self._screened = screened
            self._show_missing()

    def forget(self) -> None:
        """No note is in front."""
        self._note, self._late, self._unheard = None, None, {}

    def _show_form(self, note: Note) -> None:
        form = self._hotline.forms.to_write(note)
        # What is missing goes with the form: it is painted once, as it is to be.
        keys = self._missing(note, form)
        self._panel.show_form(form, self._hotline.enumerations, keys)
        self._panel.elsewhere.show_entries(self._words.elsewhere(form, note.body))
        self._panel.show_missing(keys)

    def _show_missing(self) -> None:
        note = self._note
        if note is not None:
            form = self._hotline.forms.to_write(note)
            self._panel.show_missing(self._missing(note, form))

    def _as_shown(self, note: Note) -> NoteBody:
        """What the fields say by now: the service hears of a key a moment later than the eye."""
        paper, body = self._panel.papers.front, note.body
        if paper.note != note.id:
            return body
        return replace(body, values={**body.values, **paper.values}, log=tuple(paper.log.values()))

    def _missing(self, note: Note, form: Form) -> tuple[str, ...]:
        body = self._as_shown(note)
        lines = sum(bool(line.text.strip()) for line in body.log)
        marks = len(marks_of(self._hotline.ladder, body.log))
        return tuple(missing(form, body.category, body.values, Beside(lines, marks, self._screened)))
