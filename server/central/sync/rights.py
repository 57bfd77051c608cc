"""Who may do what with which record: nobody's words are refused, what rights do not cover is held."""

from datetime import UTC, datetime, timedelta

from models.access.judging import Ask, judge
from models.access.matrix import Action, Entity, Matrix, Part, Standing
from models.operation import Operation, Outcome, Reduced
from models.people.operator import Operator, Role
from server.central.storage.records import Kept

_WORDS = (Part.WORDS, Action.WRITE)
_KINDS: dict[str, tuple[Entity, Part, Action]] = {
    "call": (Entity.CALL, Part.CODED, Action.WRITE),
    "note": (Entity.NOTE, *_WORDS),
    "risk": (Entity.RISK, *_WORDS),
    "safety_plan": (Entity.SAFETY_PLAN, *_WORDS),
    "referral": (Entity.REFERRAL, *_WORDS),
    "witness": (Entity.NOTE, *_WORDS),
    "alert": (Entity.ALERT, Part.CODED, Action.WRITE),
    "sight": (Entity.SIGHT, Part.CODED, Action.WRITE),
    "callback": (Entity.CALLBACK, Part.CODED, Action.WRITE),
    "person": (Entity.PERSON, *_WORDS),
    "case": (Entity.CASE, *_WORDS),
    "followup": (Entity.FOLLOWUP, *_WORDS),
    "contact": (Entity.CONTACT, *_WORDS),
    "contact.allow": (Entity.CONTACT, Part.CODED, Action.CONFIRM),
    "caller_plan": (Entity.CALLER_PLAN, Part.CODED, Action.CONFIRM),
    "caller_plan.put": (Entity.CALLER_PLAN, *_WORDS),
    "mark": (Entity.MARK, Part.CODED, Action.CONFIRM),
    "mark.ask": (Entity.MARK, *_WORDS),
    "phrase": (Entity.PHRASE, *_WORDS),
    "held": (Entity.ACT, Part.WORDS, Action.RESOLVE),
    "note.finish": (Entity.NOTE, Part.CODED, Action.FINISH),
    "note.sign": (Entity.NOTE, Part.CODED, Action.SIGN),
    "note.addendum": (Entity.NOTE, Part.WORDS, Action.ADD),
    "risk.lower": (Entity.RISK, Part.CODED, Action.LOWER),
    "risk.second": (Entity.RISK, Part.CODED, Action.CONFIRM),
    "referral.advance": (Entity.REFERRAL, Part.CODED, Action.ADVANCE),
    "referral.second": (Entity.REFERRAL, Part.CODED, Action.CONFIRM),
}


_OWN = frozenset({Standing.OWN, Standing.SITE})
_COLLEAGUE = frozenset({Standing.SITE})
_STRANGER: frozenset[Standing] = frozenset()


def judge_rights(
    rights: Matrix, who: Operator, operation: Operation, known: Kept | None, note: Kept | None, now: datetime
) -> Reduced[None] | None:
    """None where the act is allowed, otherwise what becomes of it.

    `known` is the record as it is, `note` the note that a new assessment or referral belongs to. A new
    record stands or falls with its note; a record that exists, by itself. `now` is the server's own time.
    """
    if operation.actor != who.id:
        return Reduced(None, Outcome.REJECTED, "actor")
    kind = _KINDS.get(operation.type) or _KINDS.get(operation.entity)
    if kind is None:
        # No record of the hotline: the reducer says so.
        return None
    decisive = known or note
    # A decision holds no words of a caller: there is nothing of it to keep for another lead.
    refused = Outcome.REJECTED if operation.entity == "held" else Outcome.HELD
    if decisive is not None and not decisive.doc:
        return Reduced(None, refused, "erased")
    ask = Ask(*kind, _standings(who, operation, decisive), _age(decisive, now))
    verdict = judge(rights, who.roles, ask)
    if verdict.allowed:
        return None
    # A program that writes what is not its own is broken or forged; what a person wrote waits for a lead.
    outcome = Outcome.REJECTED if Role.GATEWAY in who.roles else refused
    return Reduced(None, outcome, verdict.why)


def may_as_colleague(rights: Matrix, who: Operator, operation: Operation) -> bool:
    """True where this act would be allowed on a record that a colleague of the site has only just made."""
    kind = _KINDS.get(operation.type) or _KINDS.get(operation.entity)
    return kind is not None and judge(rights, who.roles, Ask(*kind, _COLLEAGUE)).allowed


def judge_revoked(who: Operator, operation: Operation) -> Reduced[None]:
    """What becomes of an act of somebody who was revoked, or was at a revoked workstation.

    It may hold words of a caller, so that it is kept in full; nothing of it is applied until a lead did so.
    """
    if operation.actor != who.id:
        return Reduced(None, Outcome.REJECTED, "actor")
    return Reduced(None, Outcome.HELD, "drain")


def _standings(who: Operator, operation: Operation, decisive: Kept | None) -> frozenset[Standing]:
    if decisive is None:
        return _OWN
    if decisive.site != who.site:
        return _STRANGER
    mine = operation.entity != Entity.CALL and decisive.author == who.id
    return _OWN if mine else _COLLEAGUE


def _age(decisive: Kept | None, now: datetime) -> timedelta:
    return now - datetime.fromtimestamp(decisive.taken, UTC) if decisive else timedelta(0)
