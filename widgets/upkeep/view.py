"""What the backup shows, as values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BackupView:
    """How the last backup stands, in which tone; one that is under way cannot be begun again."""

    state: str = ""
    tone: str = "soft"
    under_way: bool = False
