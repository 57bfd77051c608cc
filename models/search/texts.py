"""What of a record can be found: its texts by field, and the codes beside them."""

from collections.abc import Mapping
from typing import Any

from models.codec import Document, from_document
from models.people.number import mask_within
from models.risk.safety_plan import SafetyPlan
from models.search.known import KNOWN, changed_at, parts_of_known
from models.search.query import Part

NOTE, REFERRAL, CALL, RISK, SAFETY_PLAN = "note", "referral", "call", "risk", "safety_plan"
KINDS = (NOTE, REFERRAL, CALL, SAFETY_PLAN, *KNOWN)
"""What is found; an assessment only gives the others their level."""

PLACE = "place"


def parts_of(kind: str, document: Document) -> tuple[Part, ...]:
    """The texts of a record, in reading order; a call has none, it is found by its number."""
    if kind == NOTE:
        return _of_note(document)
    if kind == REFERRAL:
        return _of_referral(document)
    if kind == SAFETY_PLAN:
        plan = from_document(SafetyPlan, document)
        return tuple(Part("plan", text) for text in plan.texts.values())
    return parts_of_known(kind, document) if kind in KNOWN else ()


def placed_at(kind: str, document: Document) -> str:
    """By which time a record stands among the others, ISO 8601, "" where that is not known: when it begins.

    What goes on over many calls stands where it changed last.
    """
    if kind in KNOWN:
        return changed_at(document)
    names = ("entered_at", "answered_at", "ended_at") if kind == CALL else ("opened_at",)
    return next((str(document[name]) for name in names if document.get(name)), "")


def _of_note(note: Document) -> tuple[Part, ...]:
    body: Mapping[str, Any] = note.get("body") or {}
    values: Mapping[str, Any] = body.get("values") or {}
    typed = (Part(str(key), _words(value)) for key, value in values.items())
    log = (Part("log", str(line.get("text", ""))) for line in body.get("log") or ())
    late = Part("incomplete_reason", str(note.get("incomplete_reason") or ""))
    added = (Part("addendum", str(one.get("text", ""))) for one in note.get("addenda") or ())
    return tuple(part for part in (*typed, *log, late, *added) if part.text)


def _of_referral(referral: Document) -> tuple[Part, ...]:
    # What was told holds the number to call back; whoever may see that asks for it at the call.
    told = (Part(name, mask_within(str(referral.get(name) or ""))) for name in ("target_name", PLACE, "text"))
    steps = (Part("detail", str(step.get("detail") or "")) for step in referral.get("timeline") or ())
    return tuple(part for part in (*told, *steps) if part.text)


def _words(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))
    return value if isinstance(value, str) else str(value)
