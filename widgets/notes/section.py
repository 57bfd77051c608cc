"""One section of the note, laid out from its fields: short ones in two columns, long ones across."""

import re
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from models.notes.form import Choice, Field, FieldType, Section
from resources.texts import language, t
from widgets.base.labels import Label
from widgets.notes.inputs import ChipsInput, ChoiceInput, Input, LongTextInput, NumberInput, TextInput
from widgets.notes.log import TimedLog
from widgets.theme import px

Enumerations = Mapping[str, Sequence[Choice]]
_SHORT = (FieldType.TEXT, FieldType.CHOICE, FieldType.NUMBER, FieldType.PLACE)
_HIGHEST = 999_999
_LONG = 200
"""A text of as many characters takes the whole width."""


def choices_of(enumerations: Enumerations, name: str) -> list[tuple[str, str]]:
    """Codes and words of an enumeration in the language in use; codes of the field, such as C3, are shown."""
    return [(choice.code, _words(choice)) for choice in enumerations[name]]


def _words(choice: Choice) -> str:
    label = choice.label(language())
    known = re.fullmatch(r"[A-Z]\d+", choice.code)
    return t("notes.choice", code=choice.code, label=label) if known else label


def _plain(enumerations: Enumerations, name: str) -> list[tuple[str, str]]:
    return [(choice.code, choice.label(language())) for choice in enumerations[name]]


def make_input(field: Field, enumerations: Enumerations) -> Input:
    """Return the input of a field by its type; the log is no input, it has lines."""
    name = field.label(language())
    match field.type:
        case FieldType.LONG_TEXT:
            return LongTextInput(name, field.most)
        case FieldType.CHOICE:
            return ChoiceInput(name, choices_of(enumerations, field.choices))
        case FieldType.MULTI_CHOICE:
            return ChipsInput(name, _plain(enumerations, field.choices), field.most)
        case FieldType.NUMBER:
            return NumberInput(name, 0, field.most or _HIGHEST)
        case FieldType.PLACE:
            return TextInput(name, t("notes.place_hint"))
        case _:
            return TextInput(name)


class SectionPage(QWidget):
    """The fields of one section; ``inputs`` by key, ``log`` where the section holds the timed lines."""

    def __init__(self, section: Section, enumerations: Enumerations, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.inputs: dict[str, Input] = {}
        self.log: TimedLog | None = None
        self.log_key = ""
        self._labels: dict[str, Label] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, px(10), px(2), px(2))
        self._column.setSpacing(px(8))
        self._grid: QGridLayout | None = None
        for field in section.fields:
            self._add(field, enumerations)
        if self.log is None:
            self._column.addStretch(1)

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of its fields, in reading order."""
        return tuple(self._labels)

    def show_missing(self, keys: Sequence[str]) -> None:
        """Paint what is required and empty."""
        for key, label in self._labels.items():
            label.show_tone("care" if key in keys else "soft")
        for key, each in self.inputs.items():
            each.show_missing(key in keys)

    def take_focus(self, key: str = "") -> None:
        """Go to a field, to the first one where none is named."""
        key = key or next(iter(self._labels), "")
        if key in self.inputs:
            self.inputs[key].take_focus()
        elif self.log is not None and key == self.log_key:
            self.log.take_focus()

    def holds_focus(self, key: str, focus: QWidget) -> bool:
        """Tell whether the widget that has the focus belongs to a field."""
        part = self.log if key == self.log_key else self.inputs.get(key)
        return part is not None and (part is focus or part.isAncestorOf(focus))

    def _add(self, field: Field, enumerations: Enumerations) -> None:
        if field.type is FieldType.LOG:
            self._add_log(field)
            return
        made = make_input(field, enumerations)
        self.inputs[field.key] = made
        if field.type in _SHORT and field.most < _LONG:
            self._add_short(field, made)
        else:
            self._add_across(field, made)

    def _add_short(self, field: Field, made: Input) -> None:
        if self._grid is None:
            self._grid = QGridLayout()
            self._grid.setHorizontalSpacing(px(8))
            self._grid.setVerticalSpacing(px(7))
            for half in (1, 3):
                self._grid.setColumnMinimumWidth(half - 1, px(74))
                self._grid.setColumnStretch(half, 1)
            self._column.addLayout(self._grid)
        row, half = divmod(self._grid.count() // 2, 2)
        label = Label(field.label(language()), tone="soft")
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._labels[field.key] = label
        self._grid.addWidget(label, row, half * 2)
        self._grid.addWidget(made, row, half * 2 + 1)

    def _add_across(self, field: Field, made: Input) -> None:
        self._grid = None
        label = Label(field.label(language()), tone="soft")
        self._labels[field.key] = label
        head = QHBoxLayout()
        head.addWidget(label, 1)
        if isinstance(made, LongTextInput):
            head.addWidget(made.count)
        block = QVBoxLayout()
        block.setSpacing(px(4))
        block.addLayout(head)
        block.addWidget(made)
        self._column.addLayout(block)

    def _add_log(self, field: Field) -> None:
        self._grid = None
        self.log = TimedLog(field.label(language()))
        self.log_key = field.key
        self._labels[field.key] = self.log.label
        self._column.addWidget(self.log, 1)
