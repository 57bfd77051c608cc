"""Taking what is owed, so that two do not call the same person, and letting it be again."""

from dataclasses import replace
from typing import TypeVar

from models.followups.callback import Callback, Taking
from models.followups.followup import Followup
from models.operation import Operation, Outcome, Reduced

Owed = TypeVar("Owed", Callback, Followup)


def taken(known: Owed, operation: Operation) -> Reduced[Owed]:
    """What is owed after somebody took it or let it be.

    Whoever takes it last has it; nobody but they let it be.
    """
    on = operation.body["on"] is True
    if not known.is_open:
        return Reduced(known, Outcome.SUPERSEDED, "closed")
    if known.taken and known.taken.on and known.taken.by != operation.actor and not on:
        return Reduced(known, Outcome.SUPERSEDED, "taken")
    taking = Taking(operation.actor, str(operation.body.get("name", "")), operation.at, on)
    return Reduced(replace(known, taken=taking), Outcome.APPLIED)
