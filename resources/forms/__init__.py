"""The note forms that ship, and a hotline's own."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from models.notes.form import Choice, Form
from resources.forms import reading
from resources.reading import read_table

FOLDER = Path(__file__).parent
FORMER = "former"
"""The folder of versions that are no longer in use."""


def load(path: Path, enumerations: Mapping[str, Sequence[Choice]]) -> Form:
    """The form of a file; its choices must be known enumerations. Raises ResourceError."""
    return reading.read(read_table(path), enumerations)


def shipped(form: str) -> Path:
    """The file of a shipped form."""
    return FOLDER / f"{form}.toml"


def names() -> tuple[str, ...]:
    """The forms that ship, `full` among them."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))
