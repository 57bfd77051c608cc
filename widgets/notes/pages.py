"""The sections of the form behind their tabs, and the way from one missing field to the next."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from models.notes.filling import SCREEN
from models.notes.form import Form, Section
from models.notes.note import LogLine, Value
from resources.texts import language
from widgets.base.card import scrolling
from widgets.notes.inputs import Input
from widgets.notes.section import Enumerations, SectionPage
from widgets.notes.tabs import SectionTabs
from widgets.notes.view import MarkView


class Pages(QWidget):
    """All fields of a form; it tells every change and shows what it is told to.

    Sections that two forms have in common are made once: another category changes no more than it has to.
    """

    edited = Signal(str, object)
    log_edited = Signal(str, str)
    log_line_wanted = Signal()
    marked = Signal(str)
    screen_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made: dict[Section, tuple[SectionPage, QScrollArea]] = {}
        self._names: Enumerations = {}
        self._pages: list[SectionPage] = []
        self._marks: Sequence[MarkView] = ()
        self._tabs = SectionTabs()
        self._stack = QStackedWidget()
        self._tabs.opened.connect(self._open)
        self._tabs.asked.connect(lambda place: self._pages[place].take_focus())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)

    def show_form(self, form: Form, enumerations: Enumerations) -> None:
        """Show the sections of a form; what stands in them comes by `show_values`."""
        if enumerations != self._names:
            self._forget()
            self._names = enumerations
        self._pages = [self._page(section) for section in form.sections]
        self._tabs.show_sections([section.label(language()) for section in form.sections])

    def show_values(self, values: Mapping[str, Value], log: Sequence[LogLine]) -> None:
        """Fill all fields in, and open the first section."""
        for page in self._pages:
            for key, each in page.inputs.items():
                each.show_value(values.get(key))
            if page.log is not None:
                page.log.show_lines(log)
        self._tabs.open_section(0)

    def put_value(self, key: str, value: Value) -> None:
        """Fill a field in as if somebody had done so by hand."""
        for page in self._pages:
            if key in page.inputs:
                page.inputs[key].show_value(value)
                page.inputs[key].edited.emit(value)

    def show_fields(self, keys: Collection[str]) -> None:
        """Show those of the fields that are there with what was chosen so far."""
        for page in self._pages:
            page.show_fields(keys)

    def show_marks(self, marks: Sequence[MarkView]) -> None:
        """Show the steps of the ladder for a silent caller."""
        self._marks = marks
        for page in self._pages:
            if page.ladder is not None:
                page.ladder.show_marks(marks)

    def show_missing(self, keys: Sequence[str]) -> None:
        """Show what is required and empty, in the fields and on the tabs."""
        for page in self._pages:
            page.show_missing(keys)
        self._tabs.show_missing([sum(key in keys for key in page.keys) for page in self._pages])

    def show_log_line(self, line_id: str, at: datetime) -> None:
        """Show a new line of the log and let it be written in."""
        for place, page in enumerate(self._pages):
            if page.log is not None:
                self._tabs.open_section(place)
                page.log.show_line(line_id, at)

    def add_log_line(self, line: LogLine) -> None:
        """Show a line of the log that was made elsewhere, without going to it."""
        for page in self._pages:
            if page.log is not None:
                page.log.add_line(line)

    def go_to(self, key: str) -> None:
        """Open the section of a field and go to it; the quick screen is beside the form."""
        if key == SCREEN:
            self.screen_wanted.emit()
        for place, page in enumerate(self._pages):
            if key in page.keys:
                self._tabs.open_section(place)
                page.take_focus(key)

    def go_to_next(self, keys: Sequence[str]) -> None:
        """Go to the first of these fields behind the one that has the focus, round the end of the form."""
        order = [*(key for page in self._pages for key in page.keys), SCREEN]
        here = self._here(order)
        wanted = [key for key in (*order[here + 1 :], *order[: here + 1]) if key in keys]
        if wanted:
            self.go_to(wanted[0])

    def commit(self) -> None:
        """Take what is still being composed into its field."""
        for page in self._pages:
            for each in page.inputs.values():
                each.commit()
            if page.log is not None:
                page.log.commit()

    def _here(self, order: Sequence[str]) -> int:
        focus = QApplication.focusWidget()
        if focus is not None:
            for page in self._pages:
                for key in page.keys:
                    if page.holds_focus(key, focus):
                        return order.index(key)
        return -1

    def _open(self, place: int) -> None:
        self._stack.setCurrentWidget(self._made_of(self._pages[place]))

    def _made_of(self, page: SectionPage) -> QScrollArea:
        return next(area for one, area in self._made.values() if one is page)

    def _page(self, section: Section) -> SectionPage:
        known = self._made.get(section)
        if known is not None:
            return known[0]
        page = SectionPage(section, self._names)
        area = scrolling(page)
        self._made[section] = page, area
        self._stack.addWidget(area)
        self._connect(page)
        return page

    def _forget(self) -> None:
        for _, area in self._made.values():
            self._stack.removeWidget(area)
            area.deleteLater()
        self._made.clear()

    def _connect(self, page: SectionPage) -> None:
        for key, each in page.inputs.items():
            self._listen(key, each)
        if page.log is not None:
            page.log.written.connect(self.log_edited)
            page.log.line_wanted.connect(self.log_line_wanted)
            page.log.left.connect(self.left)
        if page.ladder is not None:
            page.ladder.show_marks(self._marks)
            page.ladder.marked.connect(self.marked)

    def _listen(self, key: str, each: Input) -> None:
        each.edited.connect(lambda value: self.edited.emit(key, value))
        each.left.connect(self.left)
