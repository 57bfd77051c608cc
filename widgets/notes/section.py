"""One section of the note, laid out from its fields: short ones in two columns, lines and others across."""

from collections.abc import Container, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from models.notes.filling import ASKED
from models.notes.form import Field, FieldType, Section
from resources.texts import language
from widgets.base.labels import Label
from widgets.notes.asked import OpenInput, YesNoInput
from widgets.notes.inputs import ChipsInput, Input, LongTextInput
from widgets.notes.ladder import LadderMarks
from widgets.notes.log import TimedLog
from widgets.notes.mapping import Enumerations, choices_of, is_line, is_short, make_input
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
        # One grid for all: fields above and below what goes across stand in the same two columns.
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, px(10), 0, px(2))
        self._grid.setSpacing(px(8))
        for half in (1, 3):
            self._grid.setColumnMinimumWidth(half - 1, px(74))
            self._grid.setColumnStretch(half, 1)
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
        self._empty()
        place = 0
        for field in self._fields:
            there, short = field in shown, is_short(field)
            half = short and not is_line(field)
            parts = (self._labels[field.key], self.inputs[field.key]) if short else (self._blocks[field.key],)
            if there:
                # What goes across begins a row of its own.
                place += 0 if half else place % 2
                self._place(place, parts, whole=not half, tall=field.type is FieldType.LOG)
                place += 1 if half else 2
            for part in parts:
                # All stand in the section already: one that stood nowhere would be a window.
                if part.isHidden() is there:
                    part.setVisible(there)
        if self.log is None:
            self._grid.setRowStretch((place + 1) // 2, 1)

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

    def _place(self, place: int, parts: Sequence[QWidget], *, whole: bool, tall: bool) -> None:
        """Put a label and its field into a half of a row or a whole one, one part alone across it."""
        row, half = divmod(place, 2)
        *labels, last = parts
        for label in labels:
            self._grid.addWidget(label, row, half * 2)
        begin = half * 2 + len(labels)
        self._grid.addWidget(last, row, begin, 1, 4 - begin if whole else 1)
        if tall:
            self._grid.setRowStretch(row, 1)

    def _empty(self) -> None:
        """Take everything out of its place; the fields stay."""
        while self._grid.takeAt(0) is not None:
            continue
        for row in range(self._grid.rowCount()):
            self._grid.setRowStretch(row, 0)

    def _across(self, field: Field, label: Label, made: Input) -> QWidget:
        block = QWidget(self)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        head.addWidget(label, 1)
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(4))
        column.addLayout(head)
        if isinstance(made, (ChipsInput, LongTextInput)):
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
