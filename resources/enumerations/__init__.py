"""The enumerations of the field: codes with their labels."""

from collections.abc import Mapping
from pathlib import Path

from models.notes.form import Choice
from resources.reading import ResourceError, Table, read_table

SHIPPED = Path(__file__).parent / "enumerations.toml"

Enumerations = Mapping[str, tuple[Choice, ...]]


def load(path: Path = SHIPPED) -> Enumerations:
    """All enumerations of a file, by name, in the order of the file. Raises ResourceError."""
    table = read_table(path)
    return {name: _choices(table, name) for name in table.content}


def load_own(path: Path) -> Enumerations:
    """A hotline's own enumerations: its own codes, but every enumeration that ships. Raises ResourceError."""
    own = load(path)
    for name in load():
        if not own.get(name):
            raise ResourceError(path, 1, name, "missing")
    return own


def label(enumerations: Enumerations, name: str, code: str, language: str) -> str:
    """The label of a code; the code itself where it is not known, so that nothing is hidden."""
    for choice in enumerations.get(name, ()):
        if choice.code == code:
            return choice.label(language)
    return code


def _choices(table: Table, name: str) -> tuple[Choice, ...]:
    entries = table.content[name]
    if not isinstance(entries, dict):
        raise table.error(name, "a table of codes expected")
    inside = Table(table.file, table.source, entries, f"{name}.")
    return tuple(_choice(inside, code) for code in entries)


def _choice(table: Table, code: str) -> Choice:
    labels = table.texts(code)
    if len(labels) != 2:
        raise table.error(code, "two labels expected: Chinese, English")
    return Choice(code, *labels)
