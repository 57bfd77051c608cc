"""The note forms that ship, and a hotline's own."""

from collections.abc import Container
from pathlib import Path

from models.notes.form import Field, FieldType, Form, Group, Section
from resources.reading import ResourceError, Table, read_table, unique

FOLDER = Path(__file__).parent


def load(path: Path, enumerations: Container[str]) -> Form:
    """The form of a file; its choices must be known enumerations. Raises ResourceError."""
    table = read_table(path)
    sections = table.tables("section")
    unique([field for section in sections for field in section.tables("field")], "key")
    unique(sections, "group")
    return Form(
        table.text("id"), table.number("version"), tuple(_section(one, enumerations) for one in sections)
    )


def shipped(form: str) -> Path:
    """The file of a shipped form."""
    return FOLDER / f"{form}.toml"


def _section(table: Table, enumerations: Container[str]) -> Section:
    fields = tuple(_field(one, enumerations) for one in table.tables("field"))
    return Section(table.choice("group", Group), table.text("zh"), table.text("en"), fields)


def _field(table: Table, enumerations: Container[str]) -> Field:
    field = Field(
        key=table.text("key"),
        type=table.choice("type", FieldType),
        zh=table.text("zh"),
        en=table.text("en"),
        choices=table.text("choices", ""),
        most=table.number("most", 0),
        required=table.flag("required", False),
        personal=table.flag("personal", False),
        source=table.text("source", ""),
    )
    chooses = field.type in (FieldType.CHOICE, FieldType.MULTI_CHOICE)
    if chooses and field.choices not in enumerations:
        raise _unknown(table, field.choices)
    return field


def _unknown(table: Table, choices: str) -> ResourceError:
    return table.error("choices", f"{choices!r} is no enumeration")
