"""The forms of a hotline: which one a category opens, and every version that was ever in use."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from models.notes.filling import field_of
from models.notes.form import Choice, Field, Form
from models.notes.note import Note

USUAL = "C1"
"""The category whose form has a note without a category, and one that no form serves."""


@dataclass(frozen=True, slots=True)
class Former:
    """A form as it was once in use, with what its choices were called then."""

    form: Form
    choices: Mapping[str, tuple[Choice, ...]]


@dataclass(frozen=True)
class NoteForms:
    """The forms in use, at least one, and those of former versions."""

    installed: tuple[Form, ...]
    former: tuple[Former, ...] = ()

    @cached_property
    def usual(self) -> Form:
        """The form of a note without a category: that of an ordinary call."""
        return self.by_category.get(USUAL, self.installed[0])

    @cached_property
    def by_category(self) -> Mapping[str, Form]:
        """The form of each category that one serves; where two do, that of the first."""
        served: dict[str, Form] = {}
        for form in self.installed:
            for one in form.serves:
                served.setdefault(one.category, form)
        return served

    @cached_property
    def fields(self) -> Mapping[str, Field]:
        """Each field that any form knows, by key, in reading order, as the newest has it."""
        known: dict[str, Field] = {}
        former = sorted((one.form for one in self.former), key=lambda form: -form.version)
        for form in (self.usual, *self.installed, *former):
            for field in form.fields:
                known.setdefault(field.key, field)
        return known

    @property
    def stamps(self) -> Mapping[str, tuple[str, int]]:
        """Id and version of the form that each category opens."""
        return {code: form.stamp for code, form in self.by_category.items()}

    def of(self, category: str) -> Form:
        """The form that a category opens."""
        return self.by_category.get(category, self.usual)

    def named(self, form: str, version: int) -> Former | None:
        """A form by id and version, None where it was never in use here; choices as they were called then."""
        kept = (one for one in self.former if (one.form.id, one.form.version) == (form, version))
        here = (one for one in self.installed if (one.id, one.version) == (form, version))
        return next(kept, None) or next((Former(one, {}) for one in here), None)

    def to_write(self, note: Note) -> Form:
        """The form in which a draft is written on: its own, or that of its category where it is missing."""
        own = self.named(note.form, note.form_version)
        return own.form if own is not None else self.of(note.body.category)

    def field(self, key: str) -> Field | None:
        """The field of a key of the values, None where no form knows it."""
        return self.fields.get(field_of(key))
