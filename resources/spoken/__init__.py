"""How people say ages, days and times of the day."""

from functools import cache
from pathlib import Path

from models.notes.spoken import Speech, Vocabulary
from resources.reading import read_table

SHIPPED = Path(__file__).parent / "spoken.toml"
_TEXTS = ("digits", "zero", "two", "ten", "hundred", "classifier", "weekdays", "sunday", "minute", "half")
_MORE_TEXTS = ("quarter", "afternoon", "noon")
_LISTS = ("years", "week_words", "ago", "hence", "day_units", "week_units", "month_units", "hours", "late")
_MORE_LISTS = ("night", "early", "evening_ends")


@cache
def load(path: Path = SHIPPED) -> Speech:
    """The words of a file. Raises ResourceError."""
    table = read_table(path)
    texts = {name: table.text(name) for name in (*_TEXTS, *_MORE_TEXTS)}
    lists = {name: table.texts(name) for name in (*_LISTS, *_MORE_LISTS)}
    days, weeks = table.content["days"], table.content["weeks"]
    return Speech(Vocabulary(**texts, **lists, days=days, weeks=weeks))
