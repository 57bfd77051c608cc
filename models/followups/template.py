"""A template of follow-ups: how many days after a call somebody is called, and who says so."""

from collections.abc import Mapping
from dataclasses import dataclass

from models.followups.followup import Series


@dataclass(frozen=True, slots=True)
class Template:
    """One template; `mark` is S where its source was seen, P for standard practice, D for a decision.

    `retry_hours` after a call that reached nobody the next one is due. `lost_after` such calls in a row make
    the person lost only with `lost_source`; 0: only a person says so.
    """

    id: str
    version: int
    zh: str
    en: str
    days: tuple[int, ...]
    source: str
    mark: str
    retry_hours: int
    lost_after: int = 0
    lost_source: str = ""

    def label(self, language: str) -> str:
        """The name in a language."""
        return self.en if language == "en" else self.zh

    @property
    def series(self) -> Series:
        """What a follow-up keeps of it for ever."""
        rule = self.lost_after, self.lost_source, self.retry_hours
        return Series(self.id, self.version, self.days, self.source, *rule)


@dataclass(frozen=True, slots=True)
class Templates:
    """All templates of a hotline by their id, and which one it uses for a level of risk."""

    known: Mapping[str, Template]
    by_level: Mapping[str, str]

    def of(self, level: str) -> Template | None:
        """The template of a level; None where the hotline has chosen none."""
        return self.known.get(self.by_level.get(level, ""))
