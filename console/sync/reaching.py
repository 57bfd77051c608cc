"""Syncing as a link that is up or not."""

from console.runtime.reach import Reach
from console.sync import state
from console.sync.state import SyncState


def reach_of(told: SyncState) -> Reach:
    """Whether the server is reached, since when it is not, and how much waits for it."""
    waiting = told.unsent.count
    match told.link:
        case state.Starting() | state.Fetching():
            return Reach(None, None, waiting)
        case state.Synced(at):
            return Reach(True, at, waiting)
        case state.Unreachable(since) | state.TurnedAway(since) | state.Drained(since):
            return Reach(False, since, waiting)
