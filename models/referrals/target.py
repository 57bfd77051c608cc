"""Who can be brought in or referred to (domain.md 2, referral target)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Target:
    """One target of the directory.

    `number` is dialled; with `by_city` the area code of the person's city comes before it elsewhere than in
    the site's own city. `verified`: the site has confirmed with its carrier that the number works from here.
    """

    id: str
    kind: str
    zh: str
    en: str
    short: str
    number: str
    emergency: bool = False
    by_city: bool = False
    verified: bool = False
    source: str = ""

    def name(self, language: str) -> str:
        """The name in a language."""
        return self.en if language == "en" else self.zh
