"""The quick marks that ship, and a hotline's own."""

from pathlib import Path

from models.notes.mark import Mark, Marks
from resources.reading import Table, read_table, unique
from resources.texts import t

NAME = "marks.toml"
SHIPPED = Path(__file__).parent / NAME
MOST = 8
"""As many as have a key."""


def load(path: Path) -> Marks:
    """The marks of a file, eight at most. Raises ResourceError."""
    return read(read_table(path))


def read(table: Table) -> Marks:
    """The marks of a table. Raises ResourceError, unless what is wrong is collected."""
    table.only("version", "confirmed", "mark")
    marks = table.tables("mark")
    for field in ("id", "zh", "en"):
        unique(marks, field)
    if len(marks) > MOST:
        table.wrong("mark", t("forms.cause_most", most=MOST))
    told = tuple(_mark(one) for one in marks)
    return Marks(table.number("version"), table.flag("confirmed", False), told)


def _mark(table: Table) -> Mark:
    table.only("id", "zh", "en")
    return Mark(table.worded("id"), table.worded("zh"), table.worded("en"))
