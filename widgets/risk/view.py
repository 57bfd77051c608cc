"""What the risk panel is told beside the assessment: who knows of it."""

from dataclasses import dataclass
from enum import StrEnum


class Attention(StrEnum):
    """How far the alert of a high level has come."""

    NONE = "none"
    SENT = "sent"
    SEEN = "seen"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class AlertView:
    """The alert of this assessment: `who` has seen it; where nobody did, `supervisor` is whom to dial."""

    attention: Attention = Attention.NONE
    who: str = ""
    supervisor: str = ""
