"""The ladder for silent callers that ships, and a hotline's own."""

from collections.abc import Container
from pathlib import Path

from models.notes.ladder import Ladder, Step
from resources.reading import ResourceError, Table, read_table, unique

NAME = "silent.toml"
SHIPPED = Path(__file__).parent / NAME
_MOST = 9


def load(path: Path, categories: Container[str]) -> Ladder:
    """The ladder of a file, nine steps at most; its categories must be known. Raises ResourceError."""
    table = read_table(path)
    steps = table.tables("step")
    unique(steps, "id")
    unique(steps, "zh")
    if len(steps) > _MOST:
        raise table.error("step", f"more than {_MOST}")
    return Ladder(
        table.number("version"),
        table.flag("confirmed", False),
        tuple(_step(one, categories) for one in steps),
    )


def _step(table: Table, categories: Container[str]) -> Step:
    step = Step(table.text("id"), table.text("zh"), table.text("en"), table.text("category", ""))
    if step.category and step.category not in categories:
        raise _unknown(table, step.category)
    return step


def _unknown(table: Table, category: str) -> ResourceError:
    return table.error("category", f"{category!r} is no type of call")
