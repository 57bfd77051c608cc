"""What the note panel is told beside the note: how far it is saved."""

from enum import StrEnum


class SaveState(StrEnum):
    """Where the latest words are: still on the screen only, on the disk of this workstation, or nowhere."""

    CLEAN = "clean"
    WAITING = "waiting"
    SAVED = "saved"
    FAILED = "failed"
