"""What something is called in both languages."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Worded:
    """A code and its labels."""

    code: str
    zh: str
    en: str

    def label(self, language: str) -> str:
        """The label in a language."""
        return self.en if language == "en" else self.zh
