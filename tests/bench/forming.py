"""A form of eighty fields opened in the real panel, and another category in the real console."""

import tempfile
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from console.app import App
from console.workstation import Workstation
from models.clock import SystemClock
from models.notes.filling import Beside, missing
from models.notes.form import Field, FieldType, Form, Section
from models.notes.note import Note, NoteBody
from resources import enumerations, forms
from tests.bench.desk import console, until
from tests.bench.figures import percentile
from tests.bench.stand import stand
from widgets.notes.head import Head
from widgets.notes.panel import NotePanel
from widgets.notes.paper import Papers
from widgets.notes.section import SectionPage
from widgets.theme import PALETTES, apply_theme

FIELDS, ROUNDS = 80, 30
CATEGORIES = ("C3", "S1", "C2", "S7", "C4", "S3", "C1", "S5", "C6", "S9")


def measure() -> Iterator[tuple[str, float, str]]:
    """The 95th percentile of thirty openings, and of the switches between ten categories, three rounds."""
    app = QApplication.instance() or QApplication(["bench"])
    if isinstance(app, QApplication):
        apply_theme(app, PALETTES["light"])
    form = eighty_fields()
    yield "form_open_ms", percentile([_opened(form) for _ in range(ROUNDS)], 95), "ms"
    with (
        tempfile.TemporaryDirectory() as folder,
        stand(Path(folder)) as here,
        console(here) as (app_, station),
    ):
        taken = [_switched(app_, category) for category in _calls(app_, station)]
    yield "category_switch_ms", percentile(taken, 95), "ms"


def eighty_fields() -> Form:
    """The full form, its fields again and again under other keys until there are eighty."""
    full = forms.load(forms.shipped("full"), enumerations.load())
    own = [field for field in full.fields if field.type is not FieldType.LOG and not field.shown_if]
    more = FIELDS - len(full.fields)
    spare = [replace(own[n % len(own)], key=f"more_{n}") for n in range(more)]
    each = -(-more // len(full.sections))
    return replace(full, sections=tuple(_longer(one, spare, n, each) for n, one in enumerate(full.sections)))


def _longer(section: Section, spare: list[Field], n: int, each: int) -> Section:
    return replace(section, fields=(*section.fields, *spare[n * each : (n + 1) * each]))


def _opened(form: Form) -> float:
    """From nothing to the painted form with a note in it, in milliseconds."""
    names, clock = enumerations.load(), SystemClock()
    body = NoteBody("C3", {field.key: "" for field in form.fields})
    note = Note("n", "c", "op", "beijing", form.id, form.version, clock.now(), body)
    panel = NotePanel()
    panel.resize(740, 682)
    panel.show()
    QApplication.processEvents()
    before = clock.monotonic()
    panel.show_form(form, names)
    panel.show_note(note)
    panel.show_missing(missing(form, "C3", body.values, Beside()))
    panel.grab()
    taken = (clock.monotonic() - before) * 1000
    panel.close()
    panel.deleteLater()
    # Now, not in the middle of what is measured next.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return taken


def _calls(app: App, station: Workstation) -> Iterator[str]:
    """The categories to choose, on a note with a text in it."""
    app.io.run(_open(station)).result()
    until(app, lambda: station.notes.desk.value.note)
    app.parts.note.edited.emit("complaint", "练习" * 80)
    until(app, lambda: station.notes.desk.value.saved_at)
    # A console makes them in the first quiet seconds after somebody signed in.
    forms = app.hotline.forms
    first = {*forms.usual.sections, *(form.sections[0] for form in forms.installed)}
    until(app, lambda: len(app.parts.note.findChildren(SectionPage)) >= len(first))
    yield from CATEGORIES * 3


async def _open(station: Workstation) -> str:
    return station.calls.open_by_hand("13800000001").id


def _switched(app: App, category: str) -> float:
    """From the choice of a category to its painted form, in milliseconds."""
    clock, head = SystemClock(), app.parts.note.findChild(Head)
    if head is None:
        raise RuntimeError("there is no choice of a category")
    wanted = app.hotline.forms.of(category).id
    before = clock.monotonic()
    head.chosen.emit(category)
    until(app, partial(_shows, app, wanted))
    app.parts.note.grab()
    return (clock.monotonic() - before) * 1000


def _shows(app: App, form: str) -> bool:
    papers = app.parts.note.findChild(Papers)
    shown = papers.front.form if papers is not None else None
    return shown is not None and shown.id == form
