"""A rescue that was begun."""

from datetime import UTC, datetime

from models.operation import Operation
from models.referrals.reduce import reduce
from models.referrals.referral import Referral

NOW = datetime(2026, 1, 1, tzinfo=UTC)
OPENED = {
    "note": "n",
    "call": "c",
    "site": "beijing",
    "target": "f110",
    "target_kind": "F110",
    "target_name": "110",
    "dial": "110",
    "verified": False,
    "place": "北京",
    "place_basis": "stated",
    "text": "x",
    "legal_basis": "emergency",
    "opened_at": NOW.isoformat(),
}


def act(op: str, kind: str, by: str, **body: object) -> Operation:
    return Operation(op, f"referral.{kind}", "r", by, NOW, body)


def opened(kind: str = "F110") -> Referral:
    referral = reduce(None, act("o", "open", "zhang", **{**OPENED, "target_kind": kind}), 0).entity
    assert referral
    return referral
