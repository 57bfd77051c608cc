"""Who is taken first from the queue, and at whose seat it rings first: rules without memory or clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from models.calls.queueing import Rank

MANY_RINGS = 5
"""So many rings of one number within `RINGS_WITHIN` seconds, or waiting at once, are one caller's share."""
RINGS_WITHIN = 60
_ORDER = (Rank.LOWERED, Rank.CROWD, Rank.PLAIN, Rank.RISK, Rank.EMERGENCY)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the site knows of a number: an open R3 or R4 ("" for none), whose it is, approved misuse."""

    level: str = ""
    counsellor: str = ""
    lowered_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """A caller who comes in. `rings` counts how often the number rang lately, this time too; 0: unknown."""

    at: datetime
    emergency: bool = False
    rings: int = 0


UNKNOWN = Standing()


def rank_of(arrival: Arrival, known: Standing = UNKNOWN) -> Rank:
    """The rank of a caller.

    Police and ambulance come first whatever else is known. A number that rings without end keeps its rank for
    the first rings only, and a mark of misuse never outweighs an open R3 or R4.
    """
    if arrival.emergency:
        return Rank.EMERGENCY
    if arrival.rings > MANY_RINGS:
        return Rank.CROWD if known.level or not _is_lowered(known, arrival.at) else Rank.LOWERED
    if known.level:
        return Rank.RISK
    return Rank.LOWERED if _is_lowered(known, arrival.at) else Rank.PLAIN


def weight_of(rank: Rank) -> int:
    """A figure that is higher for who is taken earlier: 10 to 50 in steps of 10."""
    return (_ORDER.index(rank) + 1) * 10


def first_seat(known: Standing, rank: Rank, free: Mapping[str, str]) -> str:
    """The seat that is rung first, "" for none: the own counsellor's of an open R3 or R4 or of a case.

    `free` are the seats that can be rung now, by the operator who sits there.
    """
    if rank not in (Rank.RISK, Rank.PLAIN) or not known.counsellor:
        return ""
    return free.get(known.counsellor, "")


def _is_lowered(known: Standing, at: datetime) -> bool:
    return known.lowered_until is not None and at < known.lowered_until
