"""Reading a form: every field is looked at, so that all that is wrong can be told at once."""

import re
from collections.abc import Collection, Mapping, Sequence

from models.notes.filling import CATEGORY, SCREEN, YES_NO_STATES, depends_on
from models.notes.form import Choice, Condition, Field, FieldType, Form, Mark, Section, Served
from resources.reading import Table, said, unique
from resources.texts import t

_CHOOSES = (FieldType.CHOICE, FieldType.MULTI_CHOICE)
_LIMITED = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.MULTI_CHOICE, FieldType.NUMBER)
_COUNTED = (*_CHOOSES, FieldType.YES_NO)
_ASKED = (FieldType.TEXT, FieldType.LONG_TEXT, FieldType.CHOICE, FieldType.NUMBER, FieldType.DATE)
_KEY = re.compile("[a-z][a-z0-9_]*")
_TAKEN = (CATEGORY, SCREEN)
_CATEGORIES = "call_category"
_FIELDS = (
    "key",
    "type",
    "zh",
    "en",
    "choices",
    "most",
    "required",
    "personal",
    "ask",
    "shown_if",
    "required_if",
    "required_for",
    "help_zh",
    "help_en",
    "figures",
    "source",
    "mark",
)


def read(table: Table, enumerations: Mapping[str, Sequence[Choice]]) -> Form:
    """The form of a table; its choices, and what they depend on, must be known. Raises ResourceError."""
    table.only("id", "version", "zh", "en", "source", "mark", "category", "section")
    known = {name: {one.code for one in choices} for name, choices in enumerations.items()}
    sections = table.tables("section") if "section" in table.content else ()
    fields = [field for section in sections for field in section.tables("field")]
    unique(fields, "key")
    unique(sections, "group")
    serves = table.tables("category") if "category" in table.content else ()
    unique(serves, "code")
    form = Form(
        id=table.text("id"),
        version=_version(table),
        sections=tuple(_section(one, known) for one in sections),
        serves=tuple(_served(one, sections, known.get(_CATEGORIES)) for one in serves),
        zh=table.worded("zh"),
        en=table.worded("en"),
        source=table.worded("source"),
        mark=table.choice("mark", Mark),
    )
    _check_conditions(form, fields, known)
    return form


def _version(table: Table) -> int:
    version = table.number("version")
    if version < 1 and "version" in table.content:
        table.wrong("version", t("forms.cause_least", least=1))
    return version


def _served(table: Table, sections: Sequence[Table], categories: Collection[str] | None) -> Served:
    table.only("code", "groups", "screen")
    served = Served(table.text("code"), table.texts("groups"), table.flag("screen", False))
    if categories is not None and served.category and served.category not in categories:
        table.wrong("code", t("forms.cause_no_category", value=served.category))
    here = said(sections, "group")
    for group in served.groups:
        if group not in here:
            table.wrong("groups", t("forms.cause_no_group", value=group))
    return served


def _section(table: Table, enumerations: Collection[str]) -> Section:
    table.only("group", "zh", "en", "field")
    fields = tuple(_field(one, enumerations) for one in table.tables("field"))
    return Section(table.text("group"), table.worded("zh"), table.worded("en"), fields)


def _field(table: Table, enumerations: Collection[str]) -> Field:
    table.only(*_FIELDS)
    field = Field(
        key=_key(table),
        type=table.choice("type", FieldType),
        zh=table.worded("zh"),
        en=table.worded("en"),
        choices=table.text("choices", ""),
        most=table.number("most", 0),
        required=table.flag("required", False),
        personal=table.flag("personal", False),
        source=table.text("source", ""),
        mark=table.choice("mark", Mark) if "mark" in table.content else "",
        ask=table.flag("ask", False),
        shown_if=_conditions(table, "shown_if"),
        required_if=_conditions(table, "required_if"),
        required_for=table.texts("required_for"),
        help_zh=table.text("help_zh", ""),
        help_en=table.text("help_en", ""),
        figures=table.flag("figures", False),
    )
    _check_field(table, field, enumerations)
    return field


def _key(table: Table) -> str:
    key = table.text("key")
    if key and (not _KEY.fullmatch(key) or key in _TAKEN):
        table.wrong("key", t("forms.cause_key", value=key))
    return key


def _check_field(table: Table, field: Field, enumerations: Collection[str]) -> None:
    if table.content.get("type") != field.type:
        return
    if field.type in _CHOOSES and field.choices not in enumerations:
        table.wrong("choices", t("forms.cause_no_enumeration", value=field.choices))
    if field.choices and field.type not in _CHOOSES:
        table.wrong("choices", t("forms.cause_not_here", type=field.type))
    if "most" in table.content:
        if field.most <= 0:
            table.wrong("most", t("forms.cause_least", least=1))
        if field.type not in _LIMITED:
            table.wrong("most", t("forms.cause_not_here", type=field.type))
    if field.figures and field.type not in _COUNTED:
        table.wrong("figures", t("forms.cause_not_here", type=field.type))
    if field.ask and field.type not in _ASKED:
        table.wrong("ask", t("forms.cause_not_here", type=field.type))
    if bool(field.help_zh) != bool(field.help_en):
        table.wrong("help_en" if field.help_zh else "help_zh", t("forms.cause_missing"))


def _conditions(table: Table, name: str) -> tuple[Condition, ...]:
    if name not in table.content:
        return ()
    inside = table.table(name)
    if not inside.content and isinstance(table.content[name], dict):
        table.wrong(name, t("forms.cause_empty"))
    found = []
    for key, values in inside.content.items():
        if isinstance(values, list) and values and all(isinstance(one, str) for one in values):
            found.append(Condition(key, tuple(values)))
        else:
            table.wrong(name, t("forms.cause_condition", value=key))
    return tuple(found)


def _check_conditions(form: Form, tables: Sequence[Table], codes: Mapping[str, Collection[str]]) -> None:
    by_key = {field.key: field for field in form.fields}
    for field, table in zip(form.fields, tables, strict=True):
        for name, conditions in (("shown_if", field.shown_if), ("required_if", field.required_if)):
            for condition in conditions:
                _check_condition(table, name, condition, by_key, codes)
        if field.key in _reached(field, by_key):
            table.wrong("shown_if", t("forms.cause_cycle", value=field.key))
        for category in field.required_for:
            if _CATEGORIES in codes and category not in codes[_CATEGORIES]:
                table.wrong("required_for", t("forms.cause_no_category", value=category))


def _check_condition(
    table: Table,
    name: str,
    condition: Condition,
    by_key: Mapping[str, Field],
    codes: Mapping[str, Collection[str]],
) -> None:
    other = by_key.get(condition.key)
    if other is None and condition.key != CATEGORY:
        table.wrong(name, t("forms.cause_no_field", value=condition.key))
        return
    possible: Collection[str] | None = None
    if other is None:
        possible = codes.get(_CATEGORIES)
    elif other.type is FieldType.YES_NO:
        possible = YES_NO_STATES
    elif other.type in _CHOOSES:
        possible = codes.get(other.choices)
    for value in condition.values:
        if possible is not None and value not in possible:
            table.wrong(name, t("forms.cause_no_value", value=value, key=condition.key))


def _reached(field: Field, by_key: Mapping[str, Field]) -> set[str]:
    """The keys of all fields on which a field depends, directly or by others."""
    reached: set[str] = set()
    ahead = list(depends_on(field))
    while ahead:
        key = ahead.pop()
        if key in by_key and key not in reached:
            reached.add(key)
            ahead += depends_on(by_key[key])
    return reached
