"""What the trace tells of itself."""

from dataclasses import dataclass

from models.trace.chain import Broken, Fault


@dataclass(frozen=True, slots=True)
class TraceFault:
    """A chain that is not what the server holds of it, or the other way round; from which entry on."""

    epoch: str
    n: int
    why: Fault


@dataclass(frozen=True, slots=True)
class CheckedChain:
    """A chain that was checked: how many entries are kept, the last number, how far the server vouches."""

    epoch: str
    entries: int
    last: int
    vouched: int
    broken: Broken | None
