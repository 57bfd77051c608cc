"""One door to every reducer, over documents: run by console and server alike."""

from collections.abc import Callable, Mapping
from typing import Any

from models.alerts import reduce as alerts
from models.alerts.alert import Alert, Sight
from models.calls import reduce as calls
from models.calls.call import Call
from models.canonical import canonical
from models.cases import caller_plan, mark
from models.cases import reduce as cases
from models.cases.caller_plan import CallerPlan
from models.cases.case import Case
from models.cases.mark import Mark
from models.codec import Document, DocumentError, from_document, to_document
from models.followups import contact, reduce_followup
from models.followups import reduce as followups
from models.followups.callback import Callback
from models.followups.contact import Contact
from models.followups.followup import Followup
from models.notes import phrases
from models.notes import reduce as notes
from models.notes.note import Note
from models.operation import Operation, Outcome, Reduced
from models.people import reduce as people
from models.people.person import Person
from models.referrals import reduce as referrals
from models.referrals.referral import Referral
from models.risk import planning
from models.risk import reduce as risk
from models.risk.assessment import Assessment
from models.risk.safety_plan import SafetyPlan
from models.schema import SCHEMA
from models.sync import held, witness
from models.sync.carrying import carry
from models.sync.held import HeldAct
from models.sync.upcast import upcast
from models.sync.witness import Witness

ENTITIES: Mapping[str, tuple[type[Any], Callable[[Any, Operation, int], Reduced[Any]]]] = {
    calls.ENTITY: (Call, calls.reduce),
    notes.ENTITY: (Note, notes.reduce),
    phrases.ENTITY: (phrases.Phrases, phrases.reduce),
    risk.ENTITY: (Assessment, risk.reduce),
    planning.ENTITY: (SafetyPlan, planning.reduce),
    referrals.ENTITY: (Referral, referrals.reduce),
    held.ENTITY: (HeldAct, held.reduce),
    witness.ENTITY: (Witness, witness.reduce),
    followups.ENTITY: (Callback, followups.reduce),
    reduce_followup.ENTITY: (Followup, reduce_followup.reduce),
    contact.ENTITY: (Contact, contact.reduce),
    caller_plan.ENTITY: (CallerPlan, caller_plan.reduce),
    mark.ENTITY: (Mark, mark.reduce),
    people.ENTITY: (Person, people.reduce),
    cases.ENTITY: (Case, cases.reduce),
    alerts.ALERT: (Alert, alerts.reduce_alert),
    alerts.SIGHT: (Sight, alerts.reduce_sight),
}


def reduce_document(document: Document | None, operation: Operation, version: int) -> Reduced[Document]:
    """The record's document after one act; a malformed act is rejected with its cause, never an exception.

    An act of an earlier schema is brought up to this one first; one of a later schema is held. Fields that
    this program does not know stay in the document.
    """
    if operation.v > SCHEMA:
        return Reduced(document, Outcome.HELD, "newer_schema")
    try:
        if document is None and operation.type == notes.OPEN:
            # Most of what comes: nobody looks at the note before it is kept.
            return Reduced(canonical(Note, notes.opened(upcast(operation))), Outcome.APPLIED)
        known = ENTITIES.get(operation.entity)
        if known is None:
            return Reduced(document, Outcome.REJECTED, "unknown_type")
        kind, reduce = known
        entity = None if document is None else from_document(kind, document)
        reduced = reduce(entity, upcast(operation), version)
    except (DocumentError, KeyError, ValueError, TypeError) as cause:
        return Reduced(document, Outcome.REJECTED, f"malformed: {cause}")
    after = document if reduced.entity is None else to_document(reduced.entity)
    if document is not None and after is not None and after is not document:
        after = carry(kind, document, after)
    return Reduced(after, reduced.outcome, reduced.why)
