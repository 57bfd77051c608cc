"""The stops of a note: moments whose text is kept for ever."""

from models.operation import Operation

DRAFT = "note.draft.put"


def is_passing(operation: Operation) -> bool:
    """True for a draft between two stops: its words may go once a later stop has its own.

    A draft of a program that did not know stops yet is none: nobody can tell, so it stays.
    """
    return operation.type == DRAFT and operation.body.get("stop") == ""


def stopped(operation: Operation) -> bool:
    """True for an act that is a stop itself, or carries the text of one."""
    if operation.type == DRAFT:
        return bool(operation.body.get("stop"))
    return operation.type == "note.finish"
