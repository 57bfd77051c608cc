"""Why somebody wants to listen to a recording: a code, so that the trace holds no words."""

from enum import StrEnum

PIECE_BYTES = 1 << 20
"""How much of a recording is handed over, or asked for, at once at most."""


class PlayReason(StrEnum):
    """What the recording is needed for."""

    NOTE = "note"
    RESCUE = "rescue"
    REVIEW = "review"
    COMPLAINT = "complaint"
    LEGAL = "legal"
