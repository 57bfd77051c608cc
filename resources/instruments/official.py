"""Where the words of an instrument come from, and whether they may be called official."""

from pathlib import Path
from typing import Protocol, TypeVar

from resources.reading import Loader, Table, read_table
from resources.texts import t


class _Instrument(Protocol):
    @property
    def official_text(self) -> bool: ...


Wording = TypeVar("Wording", bound=_Instrument)


def unofficial(loader: Loader[Wording], path: Path) -> Wording:
    """What a loader makes of an unsigned file, whose wording cannot be official. Raises ResourceError."""
    made = loader(path)
    if made.official_text:
        read_table(path).wrong("official_text", t("forms.cause_official"))
    return made


def sourced(table: Table) -> str:
    """The source of an instrument: without one nobody can tell what it is. Raises ResourceError."""
    source = table.text("source")
    if "source" in table.content and not source.strip():
        table.wrong("source", t("forms.cause_missing"))
    return source
