"""What an act does to a safety plan: a wording is added, and never lost because somebody else wrote too."""

from dataclasses import replace

from models.codec import from_document
from models.operation import Operation, Outcome, Reduced
from models.risk.safety_plan import SafetyPlan, Wording, with_wording

ENTITY = "safety_plan"
PUT = "safety_plan.put"
_OF_THE_PLAN = ("note", "call", "site")


def reduce(plan: SafetyPlan | None, operation: Operation, _version: int) -> Reduced[SafetyPlan]:
    """The plan after one act; the order of arrival does not matter."""
    if operation.type != PUT:
        return Reduced(plan, Outcome.REJECTED, "unknown_type")
    told = {"op": operation.op, "at": operation.at.isoformat(), "actor": operation.actor}
    wording = from_document(Wording, {**operation.body, **told})
    known = plan or _blank(operation)
    if any(one.op == wording.op for one in known.words):
        return Reduced(known, Outcome.APPLIED)
    first = min(known.opened_at, operation.at)
    return Reduced(replace(known, opened_at=first, words=with_wording(known.words, wording)), Outcome.APPLIED)


def _blank(operation: Operation) -> SafetyPlan:
    place = [str(operation.body[name]) for name in _OF_THE_PLAN]
    note, call, site = place
    return SafetyPlan(operation.id, note, call, operation.actor, site, operation.at)
