"""The sections of the form behind their tabs, and the way from one missing field to the next."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QVBoxLayout, QWidget

from models.notes.form import Form
from models.notes.note import LogLine, Value
from resources.texts import language
from widgets.base.card import scrolling
from widgets.notes.section import Enumerations, SectionPage
from widgets.notes.tabs import SectionTabs


class Pages(QWidget):
    """All fields of a form; it tells every change and shows what it is told to."""

    edited = Signal(str, object)
    log_edited = Signal(str, str)
    log_line_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: list[SectionPage] = []
        self._tabs = SectionTabs()
        self._stack = QStackedWidget()
        self._tabs.opened.connect(self._stack.setCurrentIndex)
        self._tabs.asked.connect(lambda place: self._pages[place].take_focus())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)

    def show_form(self, form: Form, enumerations: Enumerations) -> None:
        """Build the sections of a form, all empty."""
        while (old := self._stack.widget(0)) is not None:
            self._stack.removeWidget(old)
            old.deleteLater()
        self._pages = [SectionPage(section, enumerations) for section in form.sections]
        for page in self._pages:
            self._stack.addWidget(scrolling(page))
            self._connect(page)
        self._tabs.show_sections([section.label(language()) for section in form.sections])

    def show_values(self, values: Mapping[str, Value], log: Sequence[LogLine]) -> None:
        """Fill all fields in, and open the first section."""
        for page in self._pages:
            for key, each in page.inputs.items():
                each.show_value(values.get(key))
            if page.log is not None:
                page.log.show_lines(log)
        self._tabs.open_section(0)

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
        """Open the section of a field and go to it."""
        for place, page in enumerate(self._pages):
            if key in page.keys:
                self._tabs.open_section(place)
                page.take_focus(key)

    def go_to_next(self, keys: Sequence[str]) -> None:
        """Go to the first of these fields behind the one that has the focus, round the end of the form."""
        order = [key for page in self._pages for key in page.keys]
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

    def _connect(self, page: SectionPage) -> None:
        for key, each in page.inputs.items():
            each.edited.connect(lambda value, key=key: self.edited.emit(key, value))
            each.left.connect(self.left)
        if page.log is not None:
            page.log.written.connect(self.log_edited)
            page.log.line_wanted.connect(self.log_line_wanted)
            page.log.left.connect(self.left)
