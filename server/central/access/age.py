"""How long an author has an own record in view."""

from datetime import UTC, datetime

from models.access.judging import window_of
from models.access.matrix import Action, Entity, Matrix, Part
from server.central.storage.records import Outline

OWN = (Entity.CALL, Entity.NOTE, Entity.RISK, Entity.REFERRAL, Entity.ALERT, Entity.SIGHT)
"""What an author has in the own feed."""


def oldest_in_view(rights: Matrix, entity: Entity, now: datetime) -> datetime | None:
    """Records of an author taken at or before this moment are out of view; None: none ever is."""
    # Alerts and sights have no words.
    part = Part.WORDS if rights.of(entity, Part.WORDS, Action.READ) else Part.CODED
    window = window_of(rights, entity, part, Action.READ)
    return None if window is None else now - window


def is_too_old(rights: Matrix, kept: Outline, now: datetime) -> bool:
    """True where the author may read the record no longer without a lead."""
    if kept.type not in OWN:
        return False
    horizon = oldest_in_view(rights, Entity(kept.type), now)
    return horizon is not None and datetime.fromtimestamp(kept.taken, UTC) <= horizon
