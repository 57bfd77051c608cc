"""What of a form is shown, required, missing, and filled in though the form does not show it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from models.notes.form import Condition, Field, FieldType, Form
from models.notes.note import NoteBody, Value

CATEGORY = "category"
SCREEN = "quick_screen"
LOG = "log"
"""The key under which the lines of the course are told, in whichever form."""

ASKED = ".asked"
"""Ends the key under which stands that a question was refused or stayed unclear."""
ASK_STATES = ("refused", "unclear")
YES_NO_STATES = ("yes", "no", *ASK_STATES)


@dataclass(frozen=True, slots=True)
class Beside:
    """What counts for a form and is no value of it.

    Lines of the course with words in them, marks of the ladder, and whether each item of the quick screen
    that has a level was asked.
    """

    log_lines: int = 0
    marks: int = 0
    screened: bool = False


def visible(form: Form, category: str, values: Mapping[str, Value]) -> tuple[Field, ...]:
    """The fields that are there with these values, in reading order.

    What a hidden field holds decides nothing.
    """
    shown: dict[str, bool] = {}
    by_key = {field.key: field for field in form.fields}

    def there(field: Field) -> bool:
        if field.key not in shown:
            shown[field.key] = False
            shown[field.key] = all(map(holds, field.shown_if))
        return shown[field.key]

    def holds(condition: Condition) -> bool:
        if condition.key == CATEGORY:
            return category in condition.values
        other = by_key.get(condition.key)
        return other is not None and there(other) and _is_one_of(values.get(condition.key), condition)

    return tuple(field for field in form.fields if there(field))


def required_keys(form: Form, category: str, values: Mapping[str, Value]) -> tuple[str, ...]:
    """What a finished record of this category has filled in, in reading order; last the quick screen."""
    served = form.served(category)
    groups = {field.key: section.group for section in form.sections for field in section.fields}
    shown = visible(form, category, values)
    present = {field.key: values.get(field.key) for field in shown}
    present[CATEGORY] = category
    keys = [
        field.key
        for field in shown
        if (field.required and groups[field.key] in served.groups)
        or category in field.required_for
        or (field.required_if and all(_is_one_of(present.get(one.key), one) for one in field.required_if))
    ]
    return (*keys, SCREEN) if served.screen else tuple(keys)


def missing(form: Form, category: str, values: Mapping[str, Value], beside: Beside) -> tuple[str, ...]:
    """The keys that are required and empty, in reading order; `category` itself where none is chosen."""
    if not category:
        return (CATEGORY,)
    fields = {field.key: field for field in form.fields}
    return tuple(
        key
        for key in required_keys(form, category, values)
        if not (beside.screened if key == SCREEN else _done(fields[key], values, beside))
    )


def elsewhere(form: Form, body: NoteBody) -> tuple[str, ...]:
    """The keys of what is filled in and cannot be seen on the form as it stands; `log` for lines."""
    shown = {field.key: field for field in visible(form, body.category, body.values)}
    keys = [key for key, value in body.values.items() if filled(value) and not _holds(shown, key, value)]
    types = {field.type for field in shown.values()}
    lines = any(line.text.strip() for line in body.log)
    return (*keys, LOG) if lines and FieldType.LOG not in types else tuple(keys)


def fits(field: Field, value: Value) -> bool:
    """True if a field of this type can show a value and give it back as it was."""
    if field.type is FieldType.MULTI_CHOICE:
        return isinstance(value, tuple)
    if field.type is FieldType.NUMBER:
        return not isinstance(value, tuple) and (value == "" or str(value).isdecimal())
    return isinstance(value, str) and field.type not in (FieldType.LOG, FieldType.LADDER)


def filled(value: Value | None) -> bool:
    """True if there is something in a value."""
    if isinstance(value, str):
        return bool(value.strip())
    return value is not None and value != ()


def field_of(key: str) -> str:
    """The key of the field that a key of the values belongs to."""
    return key.removesuffix(ASKED)


def depends_on(field: Field) -> Iterable[str]:
    """The keys of the fields on which it depends whether this one is there."""
    return (condition.key for condition in field.shown_if if condition.key != CATEGORY)


def _holds(shown: Mapping[str, Field], key: str, value: Value) -> bool:
    field = shown.get(field_of(key))
    if field is None:
        return False
    return field.ask if key.endswith(ASKED) else fits(field, value)


def _done(field: Field, values: Mapping[str, Value], beside: Beside) -> bool:
    match field.type:
        case FieldType.LOG:
            return beside.log_lines > 0
        case FieldType.LADDER:
            return beside.marks > 0
        case FieldType.YES_NO:
            return values.get(field.key) in YES_NO_STATES
    asked = field.ask and values.get(field.key + ASKED) in ASK_STATES
    return asked or filled(values.get(field.key))


def _is_one_of(value: Value | None, condition: Condition) -> bool:
    if isinstance(value, tuple):
        return any(one in condition.values for one in value)
    return value is not None and str(value) in condition.values
