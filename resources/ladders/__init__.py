"""The ladder for silent callers that ships, and a hotline's own."""

from collections.abc import Container
from pathlib import Path

from models.notes.ladder import Ladder, Step
from resources.reading import Table, read_table, unique
from resources.texts import t

NAME = "silent.toml"
SHIPPED = Path(__file__).parent / NAME
_MOST = 9


def load(path: Path, categories: Container[str]) -> Ladder:
    """The ladder of a file, nine steps at most; its categories must be known. Raises ResourceError."""
    return read(read_table(path), categories)


def read(table: Table, categories: Container[str]) -> Ladder:
    """The ladder of a table. Raises ResourceError, unless what is wrong is collected."""
    table.only("version", "confirmed", "step")
    steps = table.tables("step")
    unique(steps, "id")
    unique(steps, "zh")
    if len(steps) > _MOST:
        table.wrong("step", t("forms.cause_most", most=_MOST))
    return Ladder(
        table.number("version"),
        table.flag("confirmed", False),
        tuple(_step(one, categories) for one in steps),
    )


def _step(table: Table, categories: Container[str]) -> Step:
    table.only("id", "zh", "en", "category")
    step = Step(table.worded("id"), table.worded("zh"), table.worded("en"), table.text("category", ""))
    if step.category and step.category not in categories:
        table.wrong("category", t("forms.cause_no_category", value=step.category))
    return step
