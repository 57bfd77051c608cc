"""What a lead sees of every call that is over, answered or not, without the number."""

from dataclasses import dataclass
from datetime import datetime

from models.calls.call import Call
from models.calls.events import CallEnd, Direction


@dataclass(frozen=True, slots=True)
class CallCard:
    """A view of a call: when it came, when and at which seat it was answered, and how it ended.

    `same_as` names the line's own record of the same conversation, "" where this is the only one.
    """

    id: str
    site: str
    entered_at: datetime | None
    answered_at: datetime | None
    ended_at: datetime
    end: CallEnd
    direction: Direction = Direction.IN
    seat: str = ""
    same_as: str = ""

    @property
    def is_missed(self) -> bool:
        """True for a caller who was gone before anybody answered."""
        return self.direction is Direction.IN and self.answered_at is None

    @property
    def waited_seconds(self) -> int:
        """Whole seconds in the queue, to the answer or to the end."""
        if self.entered_at is None:
            return 0
        return max(0, int(((self.answered_at or self.ended_at) - self.entered_at).total_seconds()))


def card_of(call: Call) -> CallCard | None:
    """The card of a call, None while it goes on."""
    if call.ended_at is None or call.end is None:
        return None
    return CallCard(
        call.id,
        call.site,
        call.entered_at,
        call.answered_at,
        call.ended_at,
        call.end,
        call.direction,
        call.seat,
        call.same_as,
    )
