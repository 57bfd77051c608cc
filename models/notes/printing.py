"""Why a record leaves the program on paper: a code, so that the trace holds no words."""

from enum import StrEnum


class PrintReason(StrEnum):
    """What the pages are for."""

    ARCHIVE = "archive"
    RESCUE = "rescue"
    REVIEW = "review"
    LEGAL = "legal"
