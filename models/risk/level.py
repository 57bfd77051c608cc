"""Risk levels (domain.md 2)."""

from enum import StrEnum


class Level(StrEnum):
    """R0 none … R4 acting now or within 72 hours; an assessment that is not finished has no level (RX)."""

    R0 = "R0"
    R1 = "R1"
    R2 = "R2"
    R3 = "R3"
    R4 = "R4"

    @property
    def alarming(self) -> bool:
        """True where the lead is alerted at once (R3 and R4)."""
        return self in (Level.R3, Level.R4)


def highest(*levels: Level | None) -> Level | None:
    """The highest of the levels there are; None counts as nothing known."""
    return max((level for level in levels if level is not None), default=None)
