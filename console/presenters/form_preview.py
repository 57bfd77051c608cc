"""`xinqiao forms preview`: a form file in the panel of the desk, filled in for trial and kept nowhere."""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from console.notes.commands import EXIT_FAILED, worded
from console.presenters.form_words import FormWords
from models.clock import Clock, SystemClock
from models.ids import new_id
from models.notes.filling import Beside, missing
from models.notes.form import Form
from models.notes.forms import NoteForms
from models.notes.ladder import marks_of
from models.notes.note import LogLine, Note, NoteBody, Value
from resources import forms, ladders
from resources.checking import check_file, names_for
from resources.reading import ResourceError
from resources.texts import language, t, use_language
from widgets.notes.preview import FormPreview
from widgets.notes.view import MarkView
from widgets.theme import PALETTES, apply_theme

WIDTH, HEIGHT = 780, 860


class PreviewPresenter:
    """Reads the file, again when it was changed and F5 is pressed; what was typed for trial stays."""

    def __init__(self, view: FormPreview, path: Path, clock: Clock) -> None:
        self._view, self._path, self._clock = view, path, clock
        self._names = names_for(path)
        shipped = [forms.load(forms.shipped(name), names_for(forms.shipped(name))) for name in forms.names()]
        self._shipped = NoteForms(tuple(shipped))
        self._form: Form | None = None
        self._ladder = ladders.load(ladders.SHIPPED, {one.code for one in self._names["call_category"]})
        self._body = NoteBody()
        self._note = Note(new_id(), "", "", "", "", 0, clock.now())
        panel = view.panel
        panel.edited.connect(self._edit)
        panel.category_chosen.connect(self.choose)
        panel.log_line_wanted.connect(self._add_line)
        panel.log_edited.connect(self._edit_line)
        panel.marked.connect(self._mark)
        view.again_wanted.connect(self.read)

    def open(self, path: Path) -> None:
        """Show another file; nothing of what was typed for trial into the one before is in it."""
        self._path, self._form, self._body = path, None, NoteBody()
        self._note = Note(new_id(), "", "", "", "", 0, self._clock.now())
        self.read()

    def read(self) -> None:
        """Read the file and show the form, or what is wrong; a broken file leaves the form before it."""
        faults = check_file(self._path)
        try:
            self._names = names_for(self._path)
            self._form = forms.load(self._path, self._names)
        except ResourceError as error:
            faults = faults or (error,)
        said = t("forms.preview_fine") if not faults else t("forms.preview_faults", n=len(faults))
        self._view.show_file(str(self._path), said, [worded(fault) for fault in faults])
        if self._form is not None and not self._body.category and self._form.serves:
            self._body = replace(self._body, category=self._form.serves[0].category)
            self._note = replace(self._note, body=self._body)
        self._show()

    def choose(self, category: str) -> None:
        """A type of call was chosen: the form of the file where it serves it, else the one that ships."""
        self._change(replace(self._body, category=category))

    def _form_now(self) -> Form:
        mine = self._form
        served = {one.category for one in mine.serves} if mine is not None else set()
        return mine if mine and self._body.category in served else self._shipped.of(self._body.category)

    def _edit(self, key: str, value: Value) -> None:
        self._change(replace(self._body, values={**self._body.values, key: value}))

    def _add_line(self, text: str = "") -> None:
        line = LogLine(new_id(), self._clock.now(), text)
        self._change(replace(self._body, log=(*self._body.log, line)))
        if not text:
            self._view.panel.show_log_line(line.id, line.at)

    def _edit_line(self, line_id: str, text: str) -> None:
        log = (replace(one, text=text) if one.id == line_id else one for one in self._body.log)
        self._change(replace(self._body, log=tuple(log)))

    def _mark(self, step: str) -> None:
        self._add_line(next(one.label(language()) for one in self._ladder.steps if one.id == step))

    def _change(self, body: NoteBody) -> None:
        self._body = body
        self._note = replace(self._note, body=body)
        self._show()

    def _show(self) -> None:
        form, body, panel = self._form_now(), self._body, self._view.panel
        panel.show_form(form, self._names)
        panel.show_note(self._note)
        marks = marks_of(self._ladder, body.log)
        times = {step: f"{at.astimezone():%H:%M:%S}" for step, at in marks.items()}
        steps = self._ladder.steps
        panel.papers.show_marks(
            [MarkView(one.id, one.label(language()), times.get(one.id, "")) for one in steps]
        )
        words = FormWords(NoteForms((form, *self._shipped.installed)), self._names)
        panel.elsewhere.show_entries(words.elsewhere(form, body))
        lines = sum(bool(line.text.strip()) for line in body.log)
        panel.show_missing(missing(form, body.category, body.values, Beside(lines, len(marks))))


def preview(options: argparse.Namespace) -> int:
    """Show the window until it is closed; with `--picture` only take a picture of it."""
    use_language(options.language or "zh_CN")
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    apply_theme(app, PALETTES[options.theme])
    view = FormPreview("F5")
    view.resize(WIDTH, HEIGHT)
    presenter = PreviewPresenter(view, options.file, SystemClock())
    QShortcut(QKeySequence(Qt.Key.Key_F5), view).activated.connect(presenter.read)
    presenter.read()
    if options.category:
        presenter.choose(options.category)
    view.show()
    if options.picture is None:
        return app.exec()
    app.processEvents()
    taken = view.grab().save(str(options.picture))
    view.close()
    return 0 if taken else EXIT_FAILED
