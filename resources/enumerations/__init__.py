"""The enumerations of the field: codes with their labels."""

from collections.abc import Mapping
from pathlib import Path

from models.notes.form import Choice, Mark
from resources.enumerations.fixed import FIXED
from resources.reading import Table, read_table
from resources.texts import t

SHIPPED = Path(__file__).parent / "enumerations.toml"
_LABELS, _MOST = 2, 4

Enumerations = Mapping[str, tuple[Choice, ...]]


def load(path: Path = SHIPPED) -> Enumerations:
    """All enumerations of a file, by name, in the order of the file. Raises ResourceError."""
    return read(read_table(path))


def load_own(path: Path) -> Enumerations:
    """A hotline's own enumerations, and what ships for those that it leaves out. Raises ResourceError."""
    return {**load(), **load(path)}


def read(table: Table) -> Enumerations:
    """The enumerations of a table. Raises ResourceError."""
    return {name: _choices(table.table(name), name) for name in table.content}


def label(enumerations: Enumerations, name: str, code: str, language: str) -> str:
    """The label of a code; the code itself where it is not known, so that nothing is hidden."""
    for choice in enumerations.get(name, ()):
        if choice.code == code:
            return choice.label(language)
    return code


def _choices(table: Table, name: str) -> tuple[Choice, ...]:
    source = table.text("source")
    mark = table.choice("mark", Mark)
    codes = [code for code in table.content if code not in ("source", "mark")]
    choices = tuple(_choice(table, code, source, mark) for code in codes)
    fixed = FIXED.get(name)
    if fixed is not None and set(codes) != fixed:
        table.wrong(next(iter(fixed - set(codes) or set(codes) - fixed)), t("forms.cause_fixed"))
    if not choices:
        table.wrong("", t("forms.cause_empty"))
    return choices


def _choice(table: Table, code: str, source: str, mark: str) -> Choice:
    said = table.texts(code)
    if not _LABELS <= len(said) <= _MOST or not all(one.strip() for one in said):
        table.wrong(code, t("forms.cause_labels"))
        return Choice(code, code, code)
    own = said[_LABELS] if len(said) > _LABELS else mark
    if own not in list(Mark):
        table.wrong(code, t("forms.cause_choice", value=own, allowed=", ".join(Mark)))
    zh, en = said[:_LABELS]
    return Choice(code, zh, en, said[-1] if len(said) == _MOST else source, own)
