"""Who may do what with which record: nobody's words are refused, what rights do not cover is held."""

from models.operation import Operation, Outcome, Reduced
from models.people.operator import Operator, Role
from server.central.storage.records import Kept

_CALL = "call"


def judge_rights(
    who: Operator, operation: Operation, known: Kept | None, note: Kept | None
) -> Reduced[None] | None:
    """None where the act is allowed, otherwise what becomes of it.

    `known` is the record as it is, `note` the note that a new assessment or referral belongs to. A call is
    written by everybody of its site who witnesses it; all else by its author; a lead advances referrals.
    """
    if operation.actor != who.id:
        return Reduced(None, Outcome.REJECTED, "actor")
    if Role.GATEWAY in who.roles:
        return None if operation.entity == _CALL else Reduced(None, Outcome.REJECTED, "role")
    if Role.OPERATOR not in who.roles and not who.leads:
        return Reduced(None, Outcome.REJECTED, "role")
    if _covered(who, operation, known, note):
        return None
    return Reduced(None, Outcome.HELD, "not_yours")


def _covered(who: Operator, operation: Operation, known: Kept | None, note: Kept | None) -> bool:
    # A new record stands or falls with its note; a record that exists, by itself.
    decisive = known or note
    if decisive is None:
        return True
    if decisive.site != who.site:
        return False
    if operation.entity == _CALL or decisive.author == who.id:
        return True
    return who.leads and operation.type == "referral.advance"
