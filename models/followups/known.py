"""What a workstation knows of calls that are owed: call-backs, agreed series, wishes for none."""

from dataclasses import dataclass

from models.followups.callback import Callback
from models.followups.contact import Contact
from models.followups.followup import Followup

Owed = Callback | Followup


@dataclass(frozen=True, slots=True)
class KnownOwed:
    """All of them as they lie on the disk."""

    callbacks: tuple[Callback, ...] = ()
    followups: tuple[Followup, ...] = ()
    contacts: tuple[Contact, ...] = ()
