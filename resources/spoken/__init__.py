"""How people say ages, days and times of the day."""

from functools import cache
from pathlib import Path

from models.codec import DocumentError, from_document
from models.notes.spoken import Speech, Vocabulary
from resources.reading import read_table

SHIPPED = Path(__file__).parent / "spoken.toml"


@cache
def load(path: Path = SHIPPED) -> Speech:
    """The words of a file. Raises ResourceError."""
    table = read_table(path)
    try:
        return Speech(from_document(Vocabulary, table.content))
    except DocumentError as cause:
        raise table.error("", str(cause)) from cause
