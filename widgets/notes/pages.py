"""The sections of the form behind their tabs, and the way from one missing field to the next."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from models.notes.filling import SCREEN
from models.notes.form import FieldType, Form, Section
from models.notes.note import LogLine, Value
from resources.texts import language
from widgets.base.card import scrolling
from widgets.base.quiet import Quiet
from widgets.notes.inputs import Input
from widgets.notes.section import Enumerations, SectionPage
from widgets.notes.tabs import SectionTabs
from widgets.notes.view import MarkView


class Pages(QWidget):
    """All fields of a form; it tells every change and shows what it is told to.

    A section is made when it is opened, the others while nobody presses a key; sections that two forms have
    in common are made once: another category changes no more than it has to.
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
        self._sections: tuple[Section, ...] = ()
        self._values: Mapping[str, Value] = {}
        self._log: Mapping[str, LogLine] = {}
        self._fields: Collection[str] = ()
        self._missing: Sequence[str] = ()
        self._marks: Sequence[MarkView] = ()
        self._ahead: tuple[Section, ...] = ()
        self._front: SectionPage | None = None
        self._tabs = SectionTabs()
        self._stack = QStackedWidget()
        self._tabs.opened.connect(self._open)
        self._tabs.asked.connect(lambda place: self._page(self._sections[place]).take_focus())
        self._idle = Quiet(self)
        self._idle.came.connect(self._make_one)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(self._stack, 1)

    def show_form(
        self, form: Form, enumerations: Enumerations, fields: Collection[str], missing: Sequence[str]
    ) -> None:
        """Show the sections of a form, of their fields these; what stands in them comes by `show_values`."""
        if enumerations != self._names:
            self._forget()
            self._names = enumerations
        self._sections = form.sections
        self._fields, self._missing = fields, missing
        self._tabs.show_sections([section.label(language()) for section in form.sections])

    def show_values(self, values: Mapping[str, Value], log: Mapping[str, LogLine]) -> None:
        """Fill all fields in, and open the first section; both are looked at again whenever one is made."""
        self._values, self._log = values, log
        for page in self._here:
            self._fill(page)
        self._tabs.open_section(0)
        self._stack.setVisible(bool(self._sections))
        self.resume()

    def pause(self) -> None:
        """Make no sections while these pages are not in sight."""
        self._idle.stop()

    def resume(self) -> None:
        """Make what is missing of the sections in quiet moments."""
        if self._waiting:
            self._idle.start()

    def prepare(self, sections: Sequence[Section]) -> None:
        """Make these too in quiet moments: with them another form would open."""
        self._ahead = tuple(sections)
        self.resume()

    def put_value(self, key: str, value: Value) -> bool:
        """Fill a field in as if somebody had done so by hand; False where it is not on the form now."""
        for section in self._sections:
            each = self._page(section).inputs.get(key) if key in self._keys(section) else None
            if each is not None:
                each.show_value(value)
                each.edited.emit(value)
                return True
        return False

    def show_fields(self, keys: Collection[str]) -> None:
        """Show those of the fields that are there with what was chosen so far."""
        self._fields = keys
        self._dress()

    def show_marks(self, marks: Sequence[MarkView]) -> None:
        """Show the steps of the ladder for a silent caller."""
        self._marks = marks
        for page in self._here:
            if page.ladder is not None:
                page.ladder.show_marks(marks)

    def show_missing(self, keys: Sequence[str]) -> None:
        """Show what is required and empty, in the fields and on the tabs."""
        self._missing = keys
        self._dress()
        self._tabs.show_missing([sum(key in keys for key in self._keys(one)) for one in self._sections])

    def show_log_line(self, line_id: str, at: datetime) -> None:
        """Show a new line of the log and let it be written in."""
        for place, section in enumerate(self._sections):
            if any(field.type is FieldType.LOG for field in section.fields):
                self._tabs.open_section(place)
                log = self._page(section).log
                if log is not None:
                    log.show_line(line_id, at)

    def take_log_lines(self, lines: Sequence[LogLine]) -> None:
        """Show the lines of the log that were made elsewhere, without going to them."""
        for page in self._here:
            if page.log is not None:
                page.log.take_lines(lines)

    def go_to(self, key: str) -> None:
        """Open the section of a field and go to it; the quick screen is beside the form."""
        if key == SCREEN:
            self.screen_wanted.emit()
        for place, section in enumerate(self._sections):
            if key in self._keys(section):
                self._tabs.open_section(place)
                self._page(section).take_focus(key)

    def go_to_next(self, keys: Sequence[str]) -> None:
        """Go to the first of these fields behind the one that has the focus, round the end of the form."""
        order = [*(key for section in self._sections for key in self._keys(section)), SCREEN]
        here = self._place_of_focus(order)
        wanted = [key for key in (*order[here + 1 :], *order[: here + 1]) if key in keys]
        if wanted:
            self.go_to(wanted[0])

    def commit(self) -> None:
        """Take what is still being composed into its field."""
        for page in self._here:
            for each in page.inputs.values():
                each.commit()
            if page.log is not None:
                page.log.commit()

    @property
    def _here(self) -> list[SectionPage]:
        """The sections of the form that were made."""
        return [self._made[section][0] for section in self._sections if section in self._made]

    @property
    def _waiting(self) -> list[Section]:
        """The sections that nobody has opened yet, those of this form first."""
        wanted = (*self._sections, *self._ahead) if self._sections else ()
        return [one for one in wanted if one not in self._made]

    def _keys(self, section: Section) -> list[str]:
        return [field.key for field in section.fields if field.key in self._fields]

    def _place_of_focus(self, order: Sequence[str]) -> int:
        focus = QApplication.focusWidget()
        if focus is not None:
            for page in self._here:
                for key in page.keys:
                    if page.holds_focus(key, focus):
                        return order.index(key)
        return -1

    def _open(self, place: int) -> None:
        self._front = self._page(self._sections[place])
        self._dress()
        self._stack.setCurrentWidget(self._made[self._sections[place]][1])

    def _dress(self) -> None:
        """Show what is there and what is missing in the open section; in another once it is opened."""
        if self._front is not None:
            self._front.show_fields(self._fields)
            self._front.show_missing(self._missing)

    def _make_one(self) -> None:
        """Make a section that nobody has opened yet: nobody waits for anything now."""
        waiting = self._waiting
        if waiting:
            self._page(waiting[0])
        if len(waiting) < 2:
            self._idle.stop()

    def _page(self, section: Section) -> SectionPage:
        known = self._made.get(section)
        if known is not None:
            return known[0]
        page = SectionPage(section, self._names)
        self._fill(page)
        page.show_fields(self._fields)
        page.show_missing(self._missing)
        # In its place before it has anything inside: each part is dressed once.
        area = scrolling(page, self._stack)
        self._made[section] = page, area
        self._stack.addWidget(area)
        self._connect(page)
        return page

    def _fill(self, page: SectionPage) -> None:
        for key, each in page.inputs.items():
            each.show_value(self._values.get(key))
        if page.log is not None:
            page.log.show_lines(tuple(self._log.values()))

    def _forget(self) -> None:
        for _, area in self._made.values():
            self._stack.removeWidget(area)
            area.deleteLater()
        self._made.clear()
        self._front = None

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
