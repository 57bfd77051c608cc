"""Words to ask the items with, from a data file."""

from pathlib import Path

from models.risk.questionnaire import Question
from models.risk.worded import Worded
from resources.reading import Table, read_table

NAME = "questions.toml"
SHIPPED = Path(__file__).parent / NAME


def load(path: Path) -> tuple[Question, ...]:
    """The questions of a file, each item of an instrument once. Raises ResourceError."""
    table = read_table(path)
    table.number("version")
    table.text("source")
    asked = table.tables("question")
    known: set[tuple[str, str]] = set()
    for one in asked:
        name = one.text("instrument"), one.text("item")
        if name in known:
            raise one.error("item", f"{' '.join(name)!r} stands twice")
        known.add(name)
    return tuple(_question(one) for one in asked)


def _question(table: Table) -> Question:
    item, words = table.text("item"), (table.text("zh"), table.text("en"))
    if not all(one.strip() for one in words):
        raise table.error("zh", "words in both languages expected")
    return Question(table.text("instrument"), item, Worded(item, *words))
