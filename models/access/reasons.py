"""Why somebody wants to see a whole number: a code, so that the trace holds no words."""

from enum import StrEnum


class UnmaskReason(StrEnum):
    """What the whole number is needed for."""

    CALL_BACK = "call_back"
    RESCUE = "rescue"
    IDENTIFY = "identify"
    REVIEW = "review"
