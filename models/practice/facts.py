"""What happens in a practice call, as scripts speak of it: `kind` or `kind:value`."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What can happen; the value says to what, as the comment behind each kind says."""

    ANSWERED = "answered"
    HELD = "held"
    RESUMED = "resumed"
    ENDED = "ended"
    """How the call ended (domain.md 2, call_end)."""
    ASKED = "asked"
    """The item of the quick screen, or `instrument.item` of another one; the state is its answer."""
    RATED = "rated"
    """The dial that was rated."""
    LEVEL = "level"
    """The level that stands from now on."""
    LOGGED = "logged"
    """How many timed lines the note has now."""
    CATEGORY = "category"
    """The category that was chosen."""
    NOTED = "noted"
    """The field of the note that was filled in; the state is what it says."""
    STEP = "step"
    """The step of the ladder for silent callers that was marked."""
    QUESTION = "question"
    """What the operator said to have asked: an item of the quick screen, or one of `OTHERS`."""
    REFERRED = "referred"
    """The target of a referral that was begun."""
    PLACED = "placed"
    """The place that a referral names."""
    JOINED = "joined"
    """The target whose telephone is in the conversation now."""
    HELP = "help"
    """A supervisor was asked for help."""
    PLAN = "plan"
    """The step of the safety plan that was written."""
    FINISHED = "finished"
    """The note was handed in."""


OTHERS = ("what", "name", "place", "company", "police", "follow_up", "wanted")
"""What can be asked besides the items, from what happened to what the caller wants."""


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened, seconds after the practice began, in its call (0 is the first)."""

    kind: Kind
    value: str
    at: float
    call: int = 0
    state: str = ""


@dataclass(frozen=True, slots=True)
class Sign:
    """What facts are recognised by; without a value any will do. A place need only hold the value."""

    kind: Kind
    value: str = ""

    def fits(self, fact: Fact) -> bool:
        """Whether a fact is one of these."""
        if self.kind is Kind.ASKED and fact.kind is Kind.QUESTION:
            # Whoever ticks an answer has asked; whoever says to have asked has, too.
            return self.value in ("", fact.value)
        if fact.kind is not self.kind:
            return False
        if self.kind is Kind.PLACED:
            return self.value in fact.value
        if self.kind is Kind.LOGGED:
            return int(fact.value) >= int(self.value or 1)
        name, _, state = self.value.partition("=")
        return name in ("", fact.value) and state in ("", fact.state)


def sign_of(text: str) -> Sign:
    """The sign that a text stands for. Raises ValueError where there is no such kind or number."""
    kind, _, value = text.partition(":")
    sign = Sign(Kind(kind), value)
    if sign.kind is Kind.LOGGED and value:
        int(value)
    return sign


def first(signs: Sequence[Sign], facts: Sequence[Fact]) -> Fact | None:
    """The earliest fact that one of the signs fits."""
    return next((fact for fact in facts if any(sign.fits(fact) for sign in signs)), None)
