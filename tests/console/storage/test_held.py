"""What a lead decides about a held act is what its author sees, also where a decision is taken back."""

from console.storage.storage import Storage
from console.storage.values import FeedItem
from models.codec import to_document
from models.operation import Outcome
from models.sync.held import ENTITY, HeldAct, HeldState
from tests.console.storage.acts import CLOCK, OPERATOR, confirm, draft, note_opened, pushed, text_of
from tests.console.storage.test_pulling import OWN, page

WORDS = "（练习）还没有人批准的话"


def told(storage: Storage, seq: int, op: str, state: HeldState) -> None:
    """The server tells in which state an act is that it holds."""
    at = CLOCK.now()
    act = HeldAct(op, "note.draft.put", "note", "n", OPERATOR, "beijing", at, "not_yours", state=state)
    held = FeedItem(OWN, seq, ENTITY, op, seq, to_document(act))
    storage.apply_page(page(held))


def test_words_are_in_sight_as_long_as_they_wait_also_after_a_decision(
    storage: Storage,
) -> None:
    storage.perform([note_opened("n")])
    confirm(storage, pushed(storage))
    waiting = draft("n", WORDS)
    storage.perform([waiting])
    confirm(storage, pushed(storage), Outcome.HELD, "not_yours")
    for seq, (state, shown) in enumerate(
        [
            (HeldState.WAITING, WORDS),
            (HeldState.DISMISSED, ""),
            # A server that was put back knows nothing of the decision.
            (HeldState.WAITING, WORDS),
            (HeldState.WAITING, WORDS),
            (HeldState.DISMISSED, ""),
        ],
        2,
    ):
        told(storage, seq, waiting.op, state)
        assert text_of(storage, "n") == shown, (seq, state)
