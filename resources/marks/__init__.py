"""The quick marks that ship, and a hotline's own."""

from pathlib import Path

from models.notes.mark import Mark, Marks
from resources.reading import read_table, unique

NAME = "marks.toml"
SHIPPED = Path(__file__).parent / NAME
MOST = 8
"""As many as have a key."""


def load(path: Path) -> Marks:
    """The marks of a file, eight at most. Raises ResourceError."""
    table = read_table(path)
    marks = table.tables("mark")
    for field in ("id", "zh", "en"):
        unique(marks, field)
    if len(marks) > MOST:
        raise table.error("mark", f"more than {MOST}")
    told = tuple(Mark(one.text("id"), one.text("zh"), one.text("en")) for one in marks)
    return Marks(table.number("version"), table.flag("confirmed", False), told)
