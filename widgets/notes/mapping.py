"""Which input a field of a form gets."""

import re
from collections.abc import Mapping, Sequence

from models.notes.form import Choice, Field, FieldType
from resources.texts import language, t
from widgets.notes.asked import YesNoInput
from widgets.notes.inputs import ChipsInput, ChoiceInput, Input, LongTextInput, NumberInput, TextInput

Enumerations = Mapping[str, Sequence[Choice]]
_SHORT = (FieldType.TEXT, FieldType.CHOICE, FieldType.NUMBER, FieldType.DATE, FieldType.PLACE)
_HIGHEST = 999_999
_LINE, _LONG = 100, 200
"""A text of as many characters takes a whole row; from so many on its name stands above it."""


def choices_of(enumerations: Enumerations, name: str) -> list[tuple[str, str]]:
    """Codes and words of an enumeration in the language in use; codes of the field, such as C3, are shown."""
    return [(choice.code, _words(choice)) for choice in enumerations.get(name, ())]


def make_input(field: Field, enumerations: Enumerations) -> Input:
    """Return the input of a field by its type; log and ladder are no inputs, they have lines and marks."""
    name = field.label(language())
    match field.type:
        case FieldType.LONG_TEXT:
            return LongTextInput(name, field.most)
        case FieldType.CHOICE:
            return ChoiceInput(name, choices_of(enumerations, field.choices))
        case FieldType.MULTI_CHOICE:
            return ChipsInput(name, _plain(enumerations, field.choices), field.most)
        case FieldType.YES_NO:
            return YesNoInput(name)
        case FieldType.NUMBER:
            return NumberInput(name, 0, field.most or _HIGHEST)
        case FieldType.DATE:
            return TextInput(name, t("notes.date_hint"))
        case FieldType.PLACE:
            return TextInput(name, t("notes.place_hint"))
        case _:
            return TextInput(name)


def is_line(field: Field) -> bool:
    """True where such a field takes a row beside its name: half an address is no help."""
    return is_short(field) and (field.type is FieldType.PLACE or field.most >= _LINE)


def is_short(field: Field) -> bool:
    """True where its name stands beside the field, not above it."""
    plain = not field.ask and not field.help(language())
    return field.type in _SHORT and field.most < _LONG and plain


def _words(choice: Choice) -> str:
    label = choice.label(language())
    known = re.fullmatch(r"[A-Z]\d+", choice.code)
    return t("notes.choice", code=choice.code, label=label) if known else label


def _plain(enumerations: Enumerations, name: str) -> list[tuple[str, str]]:
    return [(choice.code, choice.label(language())) for choice in enumerations.get(name, ())]
