"""Acts that were not applied and wait for a lead: a record of its own, released or dismissed."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

from models.operation import Operation, Outcome, Reduced

ENTITY = "held"
CARD = "held.card"
BEHIND = "behind"
UNKNOWN_ENTITY = "unknown_entity"


class HeldState(StrEnum):
    """A held act waits until somebody decides; its text is kept either way."""

    WAITING = "waiting"
    RELEASED = "released"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True)
class HeldAct:
    """One held act in full; its id is that of the act.

    `type`, `entity`, `target`, `base`, `v` and `body` are the act's; `call` and `note` are where it belongs,
    "" where nobody knows. `why` is why it waits: not_yours, poisoned, behind, unknown_entity, too_large,
    newer_schema, revoked, witness. `colleague` says that its author might do it on a colleague's record of
    the site as well, as judged when it came.
    """

    id: str
    type: str
    entity: str
    target: str
    author: str
    site: str
    at: datetime
    why: str
    call: str = ""
    note: str = ""
    base: int = 0
    v: int = 1
    body: Mapping[str, Any] = field(default_factory=dict)
    state: HeldState = HeldState.WAITING
    settled_by: str = ""
    settled_at: datetime | None = None
    reason: str = ""
    colleague: bool = False


@dataclass(frozen=True, slots=True)
class HeldCard:
    """A held act as every lead of the site sees it: without its text."""

    id: str
    type: str
    entity: str
    target: str
    author: str
    site: str
    at: datetime
    why: str
    call: str = ""
    state: HeldState = HeldState.WAITING
    settled_by: str = ""
    settled_at: datetime | None = None


def card_of(act: HeldAct) -> HeldCard:
    """The view of a held act that tells nothing of what it says."""
    return HeldCard(
        act.id,
        act.type,
        act.entity,
        act.target,
        act.author,
        act.site,
        act.at,
        act.why,
        act.call,
        act.state,
        act.settled_by,
        act.settled_at,
    )


def reduce(act: HeldAct | None, operation: Operation, _version: int) -> Reduced[HeldAct]:
    """The held act after a lead decided: `held.release` lets it happen now, `held.dismiss` never.

    A dismissal gives its reason. The first decision stands.
    """
    if operation.type not in ("held.release", "held.dismiss"):
        return Reduced(act, Outcome.REJECTED, "unknown_type")
    reason = str(operation.body.get("reason", "")).strip()
    if operation.type == "held.dismiss" and not reason:
        return Reduced(act, Outcome.REJECTED, "reason")
    if act is None:
        # A lead sees the card; the act itself may be at the server only.
        return Reduced(None, Outcome.HELD, UNKNOWN_ENTITY)
    if act.state is not HeldState.WAITING:
        return Reduced(act, Outcome.SUPERSEDED, "settled")
    state = HeldState.RELEASED if operation.type == "held.release" else HeldState.DISMISSED
    settled = replace(act, state=state, settled_by=operation.actor, settled_at=operation.at, reason=reason)
    return Reduced(settled, Outcome.APPLIED)
