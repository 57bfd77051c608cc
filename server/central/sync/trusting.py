"""What a push brings that is taken for new without a question, because the tables say where it is not.

An id that was drawn is known already only where its act comes a second time, under another epoch. No table
takes a second row of one id: the transaction fails then, and the next one asks after everything.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from models.ids import is_drawn
from models.notes.reduce import OPEN
from models.operation import Outcome
from server.central.storage.ledger import Answered
from server.central.storage.records import Key
from server.central.sync.preparing import Prepared


@dataclass(frozen=True, slots=True)
class Trust:
    """The ids of acts, and the notes that they open, which nobody looks up."""

    acts: frozenset[str] = frozenset()
    notes: frozenset[Key] = frozenset()

    def is_borne_out(self, answered: Collection[Answered]) -> bool:
        """False where such a note was not opened: what is known of it may be the reason."""
        return not self.notes or all(
            one.outcome is Outcome.APPLIED or one.operation.type != OPEN for one in answered
        )


def trust_in(prepared: Sequence[Prepared], last: int) -> Trust:
    """What may be taken for new in a push of a device of which everything up to a number was taken."""
    first = prepared[0].seq if prepared else 0
    if any(one.seq != number for number, one in enumerate(prepared, first)):
        # Whoever numbers so is asked about all of it.
        return Trust()
    new = [one for one in prepared if one.seq > last and is_drawn(one.operation.op)]
    opened = (one.key for one in new if one.operation.type == OPEN and one.made is not None)
    return Trust(
        frozenset(one.operation.op for one in new), frozenset(key for key in opened if is_drawn(key[1]))
    )
