"""Who may wish for a lower level, and what a second person has to see before agreeing to it."""

from models.risk.assessment import Assessment
from models.risk.level import Level


def may_lower(assessment: Assessment, to: Level) -> bool:
    """True where something stands that is higher than `to` and no wish waits for a second person yet."""
    standing = assessment.standing
    return standing.level is not None and to < standing.level and standing.waiting is None
