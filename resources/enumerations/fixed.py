"""Codes that a rule of the program speaks of: what they are called may differ, the codes may not."""

from collections.abc import Mapping

from models.calls.events import CallEnd
from models.followups.callback import Result
from models.people.operator import Role
from models.referrals.referral import LegalBasis
from models.risk.level import Level
from models.risk.quick_screen import AskState
from models.shifts.duty import BreakReason, DutyState

NOT_ASSESSED = "RX"
NOT_APPLICABLE = "not_applicable"
"""What an instrument itself leaves out."""

FIXED: Mapping[str, frozenset[str]] = {
    "role": frozenset(Role) - {Role.GATEWAY},
    "operator_state": frozenset(DutyState),
    "break_reason": frozenset(BreakReason),
    "call_end": frozenset(CallEnd),
    "risk_level": frozenset(Level) | {NOT_ASSESSED},
    "ask_state": frozenset(AskState) | {NOT_APPLICABLE},
    "legal_basis": frozenset(LegalBasis),
    "follow_up_result": frozenset(Result),
}
