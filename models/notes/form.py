"""A note form as data: sections, fields, and what is missing."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.notes.note import Value


class FieldType(StrEnum):
    """How a field is filled in."""

    TEXT = "text"
    LONG_TEXT = "long_text"
    CHOICE = "choice"
    MULTI_CHOICE = "multi_choice"
    NUMBER = "number"
    PLACE = "place"
    LOG = "log"


class Group(StrEnum):
    """The groups that a category of call makes mandatory (domain.md 2)."""

    CALLER = "caller"
    PROBLEM = "problem"
    COURSE = "course"
    INTERVENTION = "intervention"
    FOLLOW_UP = "follow_up"


@dataclass(frozen=True, slots=True)
class Choice:
    """One entry of an enumeration, with its labels and where it comes from."""

    code: str
    zh: str
    en: str
    source: str = ""

    def label(self, language: str) -> str:
        """The label in a language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Field:
    """One field. `choices` names an enumeration, `most` is the limit of characters or of chosen entries.

    `personal`: what is typed here may tell who the caller is.
    """

    key: str
    type: FieldType
    zh: str
    en: str
    choices: str = ""
    most: int = 0
    required: bool = False
    personal: bool = False
    source: str = ""

    def label(self, language: str) -> str:
        """The label in a language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that belong together; `group` decides for which categories they are mandatory."""

    group: Group
    zh: str
    en: str
    fields: tuple[Field, ...]

    def label(self, language: str) -> str:
        """The label in a language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Form:
    """A form with its version; a record keeps both for ever."""

    id: str
    version: int
    sections: tuple[Section, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """All fields, in reading order."""
        return tuple(field for section in self.sections for field in section.fields)


_ALL = frozenset({Group.CALLER, Group.PROBLEM, Group.COURSE, Group.INTERVENTION})
_MANDATORY: Mapping[str, frozenset[Group]] = {
    **dict.fromkeys(("C2", "C3", "C5", "C6", "S2"), _ALL),
    **dict.fromkeys(("C1", "S4"), frozenset({Group.CALLER, Group.INTERVENTION})),
    **dict.fromkeys(("C4", "S6", "S9"), frozenset({Group.INTERVENTION})),
    **dict.fromkeys(("S5", "S8"), frozenset()),
    "S1": frozenset({Group.COURSE}),
    "S3": frozenset({Group.COURSE}),
    "S7": frozenset({Group.FOLLOW_UP}),
}


def mandatory_groups(category: str) -> frozenset[Group]:
    """What a category asks for beyond call and type; without a category nothing yet. Source: domain.md 2."""
    return _MANDATORY.get(category, frozenset())


def required_fields(form: Form, category: str) -> tuple[Field, ...]:
    """The fields that a finished record of this category has filled in, in reading order."""
    groups = mandatory_groups(category)
    return tuple(
        field
        for section in form.sections
        if section.group in groups
        for field in section.fields
        if field.required
    )


def missing(form: Form, category: str, values: Mapping[str, Value], log_lines: int) -> tuple[str, ...]:
    """The keys that are required and empty, in reading order; `category` itself where none is chosen."""
    open_keys = [
        field.key
        for field in required_fields(form, category)
        if not (log_lines if field.type is FieldType.LOG else _filled(values.get(field.key)))
    ]
    return tuple(open_keys) if category else ("category",)


def _filled(value: Value | None) -> bool:
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != ()
