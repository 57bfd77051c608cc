"""What must hold when everybody has come to rest."""

from collections.abc import Sequence
from typing import Any

from models.operation import Outcome
from tests.faults.broken import hold
from tests.faults.simulation.center import Center
from tests.faults.simulation.console import Console
from tests.faults.simulation.people import Person
from tests.faults.simulation.tracing import check_trace_at_end

_NOT_DONE = (Outcome.HELD, Outcome.REJECTED)


def check_end(center: Center, consoles: Sequence[Console], people: Sequence[Person], owed: set[str]) -> None:
    """Nothing is lost or doubled, everybody has the same, and nobody has what is not his."""
    center.check()
    outcomes = {op: Outcome(outcome) for op, outcome in center.stored("op_id", "outcome")}
    hold("nothing waits", [one for console in consoles for one in console.disk.outbox()])
    hold("nothing is lost", owed - set(outcomes))
    hold("applied is in its record", _missing(center, consoles))
    for console in consoles:
        not_done = {op for op in console.memory.mine if outcomes.get(op) in _NOT_DONE}
        hold("what was refused is told", not_done - console.disk.refused())
        _check_alike(center, console)
        console.check_grants()
        console.check_view()
    check_trace_at_end(center, consoles, set(outcomes))
    _check_words(center, people, {op for op, outcome in outcomes.items() if outcome not in _NOT_DONE})


def _missing(center: Center, consoles: Sequence[Console]) -> set[str]:
    """The applied acts of kinds that leave a trace of their own, without that trace."""
    acts = center.stored("op_id", "type", "entity", "entity_id", "outcome")
    trace = {"risk.answer": "answers", "referral.advance": "timeline"}
    pages = [center.pulled(console.ticket).items for console in consoles]
    documents = {(item.t, item.id): item.doc for page in pages for item in page if item.doc}
    missing = set()
    for op, kind, entity, identity, outcome in acts:
        if kind in trace and outcome == Outcome.APPLIED:
            document = documents.get((entity, identity), {})
            if op not in {entry["op"] for entry in document.get(trace[kind], ())}:
                missing.add(op)
    return missing


def _check_alike(center: Center, console: Console) -> None:
    """The workstation holds of its feeds what a new one would be given, and counts it alike."""
    page = center.pulled(console.ticket)
    rows = console.disk.records()
    for item in page.items:
        if item.kind == "put":
            row = rows.get((item.t, item.id))
            known = (row.base, row.base_version) if row and not row.gone else None
            hold("alike", known != (item.doc, item.ver) and (console.who, item.t, item.id))
    counted = {feed: held for feed, held in console.disk.feeds().items() if held[0]}
    hold("sums", counted != {feed: (held.n, held.x) for feed, held in page.sums.items() if held.n})


def _check_words(center: Center, people: Sequence[Person], taken: set[str]) -> None:
    """Each text that arrived is in its note, or beside it, or was written over by somebody who saw it."""
    there = {text for person in people for text in texts_of(center, person)}
    replaced = set().union(*(person.replaced for person in people))
    for person in people:
        texts = {text for op, text in person.texts.items() if op in taken}
        hold("words are kept", texts - there - replaced)


def texts_of(center: Center, person: Person) -> set[str]:
    """The texts of the notes that somebody is given, and those beside them."""
    notes = [item.doc for item in center.pulled(person.console.ticket).items if item.t == "note" and item.doc]
    bodies: list[Any] = [
        body for note in notes for body in (note["body"], *(lost["body"] for lost in note["versions"]))
    ]
    return {body["values"].get("complaint") for body in bodies}
