"""What each act does to a case: lists only grow, so that two who write off line lose nothing."""

from dataclasses import replace

from models.cases.case import Case, Giving, Heeding, Involved, Line, Link, Stepping, Task, Turning
from models.codec import from_document
from models.operation import Operation, Outcome, Reduced
from models.people.person import Undoing
from models.people.reduce import entry_of, grown

ENTITY = "case"
ADD, WRITE, LINK, INVOLVE = "case.add", "case.write", "case.link", "case.involve"
TASK, STEP, GIVE, TURN = "case.task", "case.step", "case.give", "case.turn"
HEED, UNDO = "case.heed", "case.undo"


def reduce(known: Case | None, operation: Operation, _version: int) -> Reduced[Case]:
    """The case after one act; in whatever order acts arrive, the same case comes of them.

    What comes to a closed case is kept: it may be what opens it again.
    """
    if operation.type == ADD:
        return _added(known, operation)
    if known is None:
        return Reduced(None, Outcome.HELD, "unknown_entity")
    after = _told(known, operation) or _moved(known, operation)
    if after is None:
        return Reduced(known, Outcome.REJECTED, "unknown_type")
    return Reduced(after, Outcome.APPLIED)


def _added(known: Case | None, operation: Operation) -> Reduced[Case]:
    if known is not None:
        return Reduced(known, Outcome.APPLIED)
    body = operation.body
    made = Case(operation.id, str(body["site"]), operation.actor, str(body["person"]), operation.at)
    if not made.person:
        return Reduced(None, Outcome.REJECTED, "person")
    return Reduced(made, Outcome.APPLIED)


def _told(known: Case, operation: Operation) -> Case | None:
    """What is told of the person and of those around."""
    entry = entry_of(operation)
    match operation.type:
        case "case.write":
            return replace(known, story=grown(known.story, from_document(Line, entry)))
        case "case.link":
            return replace(known, links=grown(known.links, from_document(Link, entry)))
        case "case.involve":
            return replace(known, involved=grown(known.involved, from_document(Involved, entry)))
        case "case.undo":
            return replace(known, undone=grown(known.undone, from_document(Undoing, entry)))
    return None


def _moved(known: Case, operation: Operation) -> Case | None:
    """What is done about it."""
    entry = entry_of(operation)
    match operation.type:
        case "case.task":
            return replace(known, tasks=grown(known.tasks, from_document(Task, entry)))
        case "case.step":
            return replace(known, steps=grown(known.steps, from_document(Stepping, entry)))
        case "case.heed":
            return replace(known, heeded=grown(known.heeded, from_document(Heeding, entry)))
        case "case.give":
            given = grown(known.given, from_document(Giving, entry))
            every = tuple(sorted({one.to for one in given} - {""}))
            return replace(known, given=given, counsellor=given[-1].to, counsellors=every)
        case "case.turn":
            turns = grown(known.turns, from_document(Turning, entry))
            why = turns[-1].why
            return replace(known, turns=turns, closing=why.value if why else "")
    return None
