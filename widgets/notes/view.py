"""What the note panel is told beside the note: how far it is saved."""

from dataclasses import dataclass
from enum import StrEnum


class SaveState(StrEnum):
    """Where the latest words are: still on the screen only, on the disk of this workstation, or nowhere."""

    CLEAN = "clean"
    WAITING = "waiting"
    SAVED = "saved"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class MarkView:
    """One step of the ladder for a silent caller: what it says, when it was marked ("" while it is not)."""

    id: str
    label: str
    at: str = ""
