"""The rule of refresh tokens: each use brings the next one, and what is used twice betrays a copy."""

from dataclasses import dataclass
from enum import StrEnum

REPEAT_SECONDS = 60
"""How long a token may be used again, at most, in case the answer with its successor was lost."""


class Verdict(StrEnum):
    """What a token is worth: the next generation, another one of the newest, or nothing any more."""

    ROTATE = "rotate"
    REPEAT = "repeat"
    REUSED = "reused"


@dataclass(frozen=True, slots=True)
class Family:
    """All tokens that came of one sign-in.

    The newest have this `generation`; they were given for the token `former` at `rotated_at` (seconds).
    """

    generation: int
    former: str
    rotated_at: float


def judge(family: Family, token: str, generation: int, now: float) -> Verdict:
    """What becomes of a token of that generation.

    One of the newest rotates. Its former stays good until one of the newest was used, 60 s at most. Any other
    was used before: somebody has a copy.
    """
    if generation == family.generation:
        return Verdict.ROTATE
    repeats = token == family.former and 0 <= now - family.rotated_at <= REPEAT_SECONDS
    return Verdict.REPEAT if repeats else Verdict.REUSED
