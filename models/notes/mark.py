"""Quick marks: a few neutral words about the course of a call, each put into it with its time by one key."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: what is seen or heard, never what it means."""

    id: str
    zh: str
    en: str

    def label(self, language: str) -> str:
        """What it says in a language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True, slots=True)
class Marks:
    """The marks in the order of their keys; `confirmed` by the hotline's clinical owner."""

    version: int
    confirmed: bool
    marks: tuple[Mark, ...]
