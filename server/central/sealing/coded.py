"""What of a record stays readable for figures: codes, levels, outcomes, states and times; never words."""

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from models.alerts.alert import Cause
from models.calls.events import CallEnd, Direction, Origin
from models.cases.caller_plan import CallerPlan
from models.cases.case import Case
from models.cases.case import Step as TaskStep
from models.cases.case import Why as CaseEnd
from models.cases.mark import Closing as MarkEnd
from models.codec import Document, from_document
from models.followups.callback import Closing, Result, Why
from models.followups.followup import Consent, Ending
from models.notes.note import NoteState, Signing
from models.people.person import Person
from models.referrals.referral import LegalBasis, PlaceBasis, Step
from models.risk.level import Level
from models.risk.quick_screen import AskState, Item
from models.risk.safety_plan import PlanStep
from server.central.sealing.vocabulary import Vocabulary, shipped

_MOST_CODES = 100
_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_view(kind: str) -> bool:
    """True for a record that the server makes: it has codes only and is not sealed."""
    return "." in kind


def coded_of(kind: str, document: Document, known: Vocabulary | None = None) -> Document:
    """The readable part of a record's document; a value that is no known code or time is left out.

    `known` are the codes of a note's fields, those that ship where none is given.
    """
    if is_view(kind):
        return document
    if kind == "note":
        return _unless_broken(lambda: _note(document, known or shipped()))
    pick = _KINDS.get(kind)
    return _unless_broken(lambda: pick(document) if pick else {})


def _unless_broken(pick: Callable[[], Document]) -> Document:
    try:
        return pick()
    except (AttributeError, LookupError, TypeError):
        # Whatever another program left there: no figure is worth a record.
        return {}


def _note(document: Document, known: Vocabulary) -> Document:
    body, fields = document["body"], known.fields
    values = {}
    for key, value in body["values"].items():
        codes = _codes(fields[key], value) if key in fields else ""
        if codes:
            values[key] = codes
    signatures, addenda = document.get("signatures"), document.get("addenda")
    return {
        "category": _code(known.categories, body["category"]),
        "state": _code(_STATES, document.get("state")),
        "form": _code(known.forms, document.get("form")),
        "form_version": document.get("form_version"),
        "opened_at": _time(document.get("opened_at")),
        "finished_at": _time(document.get("finished_at")),
        "signed": [[_code(_SIGNERS, one["role"]), _time(one["at"])] for one in signatures]
        if signatures
        else [],
        "added": [_time(one["at"]) for one in addenda] if addenda else [],
        "values": values,
    }


def _call(document: Document) -> Document:
    return {
        "direction": _code(_DIRECTIONS, document.get("direction")),
        "origin": _code(_ORIGINS, document.get("origin")),
        "end": _code(_ENDS, document.get("end")),
        "entered_at": _time(document.get("entered_at")),
        "answered_at": _time(document.get("answered_at")),
        "ended_at": _time(document.get("ended_at")),
        "parties": len(document.get("parties", ())),
    }


def _risk(document: Document) -> Document:
    return {
        "answers": {
            one["item"]: _code(_ASKED, one["state"])
            for one in document.get("answers", ())
            if one["item"] in _ITEMS
        },
        "judged": [_code(_LEVELS, one["level"]) for one in document.get("judgements", ())],
        "ratings": [[one["dial"], one["phase"], one["value"]] for one in document.get("ratings", ())],
    }


def _alert(document: Document) -> Document:
    return {
        "cause": _code(_CAUSES, document.get("cause")),
        "level": _code(_LEVELS, document.get("level")),
        "at": _time(document.get("at")),
    }


def _sight(document: Document) -> Document:
    return {"at": _time(document.get("at"))}


def _referral(document: Document) -> Document:
    return {
        "verified": document.get("verified") is True,
        "place_basis": _code(_PLACES, document.get("place_basis")),
        "legal_basis": _code(_LEGAL, document.get("legal_basis")),
        "opened_at": _time(document.get("opened_at")),
        "steps": [[_code(_STEPS, one["step"]), _time(one["at"])] for one in document.get("timeline", ())],
        "seconds": [[one["agrees"] is True, _time(one["at"])] for one in document.get("seconds", ())],
    }


def _safety_plan(document: Document) -> Document:
    words = document.get("words", ())
    return {
        "opened_at": _time(document.get("opened_at")),
        "steps": sorted({_code(_PLAN_STEPS, one["step"]) for one in words if one["text"].strip()}),
        "changed_at": max((_time(one["at"]) for one in words), default=""),
    }


def _callback(document: Document) -> Document:
    return {
        "why": _code(_WHYS, document.get("why")),
        "due_at": _time(document.get("due_at")),
        "results": [[_code(_RESULTS, one["result"]), _time(one["at"])] for one in document["attempts"]],
        "closing": _code(_CLOSINGS, document.get("closing")),
        "closed_at": _time(document.get("closed_at")),
    }


def _followup(document: Document) -> Document:
    agreed = document.get("agreed", {})
    return {
        "consent": _code(_CONSENTS, agreed.get("consent")),
        "level": _code(_LEVELS, document.get("level")),
        "since": _time(document.get("since")),
        "due": [_time(one) for one in document.get("due", ())],
        "results": [[_code(_RESULTS, one["result"]), _time(one["at"])] for one in document["attempts"]],
        "closing": _code(_ENDINGS, document.get("closing")),
        "closed_at": _time(document.get("closed_at")),
    }


def _mark(document: Document) -> Document:
    return {
        "asked_at": _time(document.get("asked_at")),
        "approved_at": _time(document.get("approved_at")),
        "until": _time(document.get("until")),
        "closing": _code(_MARK_ENDS, document.get("closing")),
        "closed_at": _time(document.get("closed_at")),
    }


def _person(document: Document) -> Document:
    known = from_document(Person, document)
    calls = [one.call for one in known.met]
    # Keyed hashes and ids, by which a counsellor is found at the ring and a call is kept from erasure.
    found = {"callers": known.callers, "same_as": known.same_as, "calls": calls}
    return {name: [one for one in ids if _ID.fullmatch(one)] for name, ids in found.items()}


def _case(document: Document) -> Document:
    known = from_document(Case, document)
    ids = {"person": known.person, "counsellor": known.counsellor}
    return {
        **{name: one if _ID.fullmatch(one) else "" for name, one in ids.items()},
        "calls": [one.call for one in known.standing(known.links) if _ID.fullmatch(one.call)],
        "opened_at": known.opened_at.isoformat(),
        "closing": _code(_WHYS_CLOSED, known.closing),
        "steps": [[_code(_TASK_STEPS, one.step), one.at.isoformat()] for one in known.steps],
    }


def _caller_plan(document: Document) -> Document:
    """Of whom it is and whose caller that is, by the wording that a lead signed."""
    known = from_document(CallerPlan, document)
    stands = known.in_force
    ids = {"about": known.about, "counsellor": stands.text.counsellor if stands else ""}
    return {name: one if _ID.fullmatch(one) else "" for name, one in ids.items()}


_KINDS: Mapping[str, Callable[[Document], Document]] = {
    "call": _call,
    "risk": _risk,
    "safety_plan": _safety_plan,
    "referral": _referral,
    "alert": _alert,
    "sight": _sight,
    "callback": _callback,
    "person": _person,
    "case": _case,
    "caller_plan": _caller_plan,
    "followup": _followup,
    "mark": _mark,
}


def _codes(known: frozenset[str], value: Any) -> Any:
    if isinstance(value, list):
        return [code for code in value[:_MOST_CODES] if isinstance(code, str) and code in known]
    return _code(known, value)


def _code(known: frozenset[str], value: Any) -> str:
    return str(value) if isinstance(value, str) and value in known else ""


def _time(value: Any) -> str:
    # Most are not there yet: asked before, for an error is dear.
    if not isinstance(value, str):
        return ""
    try:
        # What is a time in this form says nothing else.
        datetime.fromisoformat(value)
    except ValueError:
        return ""
    return value


_STATES, _DIRECTIONS, _ORIGINS, _ENDS = map(frozenset[str], (NoteState, Direction, Origin, CallEnd))
_SIGNERS = frozenset[str](Signing)
_PLAN_STEPS = frozenset[str](PlanStep)
_ITEMS, _ASKED, _LEVELS, _CAUSES = map(frozenset[str], (Item, AskState, Level, Cause))
_WHYS, _RESULTS, _CLOSINGS = map(frozenset[str], (Why, Result, Closing))
_CONSENTS, _ENDINGS, _MARK_ENDS = map(frozenset[str], (Consent, Ending, MarkEnd))
_PLACES, _LEGAL, _STEPS = map(frozenset[str], (PlaceBasis, LegalBasis, Step))
_WHYS_CLOSED, _TASK_STEPS = map(frozenset[str], (CaseEnd, TaskStep))
