"""One section of the note, laid out from its fields: short ones in two columns, others across."""

from collections.abc import Container, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from models.notes.filling import ASKED
from models.notes.form import Field, FieldType, Section
from resources.texts import language
from widgets.base.labels import Label
from widgets.notes.asked import OpenInput, YesNoInput
from widgets.notes.inputs import Input, LongTextInput
from widgets.notes.ladder import LadderMarks
from widgets.notes.log import TimedLog
from widgets.notes.mapping import Enumerations, choices_of, is_short, make_input
from widgets.theme import px

__all__ = ["Enumerations", "SectionPage", "choices_of"]


class SectionPage(QWidget):
    """The fields of one section; ``inputs`` by key, ``log`` and ``ladder`` where the section holds them."""

    def __init__(self, section: Section, enumerations: Enumerations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inputs: dict[str, Input] = {}
        self.log: TimedLog | None = None
        self.ladder: LadderMarks | None = None
        self._fields = section.fields
        self._labels: dict[str, Label] = {}
        self._blocks: dict[str, QWidget] = {}
        self._shown: tuple[Field, ...] = ()
        self._missing: set[str] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, px(10), px(2), px(2))
        self._column.setSpacing(px(8))
        for field in section.fields:
            self._make(field, enumerations)
        self.show_fields([field.key for field in section.fields])

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the fields that are there, in reading order."""
        return tuple(field.key for field in self._shown)

    def show_fields(self, keys: Container[str]) -> None:
        """Lay out those of its fields that are there; the others keep what stands in them."""
        shown = tuple(field for field in self._fields if field.key in keys)
        if shown == self._shown:
            return
        self._shown = shown
        _empty(self._column)
        grid: QGridLayout | None = None
        for field in self._fields:
            there = field in shown
            if is_short(field):
                grid = self._place(grid, field) if there else grid
                parts: tuple[QWidget, ...] = (self._labels[field.key], self.inputs[field.key])
            else:
                parts = (self._blocks[field.key],)
                if there:
                    grid = None
                    self._column.addWidget(parts[0], 1 if field.type is FieldType.LOG else 0)
            for part in parts:
                # All stand in the section already: one that stood nowhere would be a window.
                if part.isHidden() is there:
                    part.setVisible(there)
        if self.log is None:
            self._column.addStretch(1)

    def show_missing(self, keys: Sequence[str]) -> None:
        """Paint what is required and empty."""
        missing = {key for key in (*self._labels, *self.inputs) if key in keys}
        changed, self._missing = missing ^ self._missing, missing
        for key in changed:
            if key in self._labels:
                self._labels[key].show_tone("care" if key in missing else "soft")
            if key in self.inputs:
                self.inputs[key].show_missing(key in missing)

    def take_focus(self, key: str = "") -> None:
        """Go to a field, to the first one where none is named."""
        part = self._part(key or next(iter(self.keys), ""))
        if part is not None:
            part.take_focus()

    def holds_focus(self, key: str, focus: QWidget) -> bool:
        """Tell whether the widget that has the focus belongs to a field."""
        parts = (self._part(key), self.inputs.get(key + ASKED))
        return any(part is not None and (part is focus or part.isAncestorOf(focus)) for part in parts)

    def _part(self, key: str) -> "Input | TimedLog | LadderMarks | None":
        field = next((one for one in self._shown if one.key == key), None)
        if field is None:
            return None
        match field.type:
            case FieldType.LOG:
                return self.log
            case FieldType.LADDER:
                return self.ladder
        return self.inputs[key]

    def _make(self, field: Field, enumerations: Enumerations) -> None:
        name = field.label(language())
        if field.type is FieldType.LOG:
            self.log = TimedLog(name, self)
            self._labels[field.key], self._blocks[field.key] = self.log.label, self.log
        elif field.type is FieldType.LADDER:
            self.ladder = LadderMarks(name, self)
            self._labels[field.key], self._blocks[field.key] = self.ladder.label, self.ladder
        else:
            made = self.inputs[field.key] = make_input(field, enumerations)
            label = self._labels[field.key] = Label(name, tone="soft")
            made.setParent(self)
            label.setParent(self)
            if is_short(field):
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            else:
                self._blocks[field.key] = self._across(field, label, made)

    def _place(self, grid: QGridLayout | None, field: Field) -> QGridLayout:
        if grid is None:
            grid = QGridLayout()
            grid.setHorizontalSpacing(px(8))
            grid.setVerticalSpacing(px(7))
            for half in (1, 3):
                grid.setColumnMinimumWidth(half - 1, px(74))
                grid.setColumnStretch(half, 1)
            self._column.addLayout(grid)
        row, half = divmod(grid.count() // 2, 2)
        grid.addWidget(self._labels[field.key], row, half * 2)
        grid.addWidget(self.inputs[field.key], row, half * 2 + 1)
        return grid

    def _across(self, field: Field, label: Label, made: Input) -> QWidget:
        block = QWidget(self)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(label, 1)
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(head)
        if isinstance(made, LongTextInput):
            head.addWidget(made.count)
        if field.ask:
            asked = self.inputs[field.key + ASKED] = OpenInput(label.text())
            head.addWidget(asked)
        if isinstance(made, YesNoInput):
            head.addWidget(made)
        else:
            column.addWidget(made)
        if field.help(language()):
            column.addWidget(Label(field.help(language()), tone="faint", size="small", wrap=True))
        return block


def _empty(layout: QLayout) -> None:
    """Take everything out of a layout; the widgets stay."""
    while (item := layout.takeAt(0)) is not None:
        inside = item.layout()
        if inside is not None:
            _empty(inside)
            inside.deleteLater()
