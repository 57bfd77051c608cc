"""Words to ask the items with, from a data file."""

from pathlib import Path

from models.risk.questionnaire import Question
from models.risk.worded import Worded
from resources.reading import Table, read_table
from resources.texts import t

NAME = "questions.toml"
SHIPPED = Path(__file__).parent / NAME


def load(path: Path) -> tuple[Question, ...]:
    """The questions of a file, each item of an instrument once. Raises ResourceError."""
    return read(read_table(path))


def read(table: Table) -> tuple[Question, ...]:
    """The questions of a table. Raises ResourceError, unless what is wrong is collected."""
    table.only("version", "source", "question")
    table.number("version")
    table.text("source")
    asked = table.tables("question")
    known: set[tuple[str, str]] = set()
    for one in asked:
        name = one.text("instrument"), one.text("item")
        if name in known:
            one.wrong("item", t("forms.cause_twice", value=" ".join(name)))
        known.add(name)
    return tuple(_question(one) for one in asked)


def _question(table: Table) -> Question:
    table.only("instrument", "item", "zh", "en")
    item, words = table.text("item"), {language: table.worded(language) for language in ("zh", "en")}
    return Question(table.text("instrument"), item, Worded(item, words["zh"], words["en"]))
