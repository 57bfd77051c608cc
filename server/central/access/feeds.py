"""Which feeds somebody may pull, by the rights matrix."""

from models.access.matrix import Action, Entity, Matrix, Part, Standing
from models.people.operator import Operator
from models.sync.feeds import (
    alert_feed,
    case_feed,
    due_feed,
    feeds_of,
    grant_feed,
    held_feed,
    line_feed,
    own_feed,
    shift_feed,
    staff_feed,
)


def open_feeds(rights: Matrix, who: Operator) -> tuple[str, ...]:
    """The feeds of an account that hold what its roles may read, in sorted order."""
    asked = {
        own_feed(who.id): (Entity.NOTE, Part.WORDS, Standing.OWN),
        grant_feed(who.id): (Entity.NOTE, Part.WORDS, Standing.GRANT),
        line_feed(who.site): (Entity.CALLER, Part.CODED, Standing.SITE),
        due_feed(who.site): (Entity.CALLBACK, Part.CODED, Standing.SITE),
        shift_feed(who.site): (Entity.NOTE, Part.CODED, Standing.SITE),
        alert_feed(who.site): (Entity.NOTE, Part.WORDS, Standing.ALERT),
        case_feed(who.site): (Entity.CASE, Part.WORDS, Standing.SITE),
        staff_feed(who.site): (Entity.STAFF, Part.CODED, Standing.SITE),
        held_feed(who.site): (Entity.ACT, Part.CODED, Standing.SITE),
    }
    return tuple(feed for feed in feeds_of(who) if feed in asked and _reads(rights, who, *asked[feed]))


def _reads(rights: Matrix, who: Operator, entity: Entity, part: Part, of: Standing) -> bool:
    return any(cell.role in who.roles and cell.of is of for cell in rights.of(entity, part, Action.READ))
