"""How a workstation judges the server's receipt, against what it keeps of the chain itself."""

from dataclasses import dataclass

from models.trace.chain import Broken, Fault, Place
from models.trace.joining import Stretch
from models.trace.receipt import Receipt
from models.trace.signature import is_signed
from models.trace.succession import heirs


@dataclass(frozen=True, slots=True)
class Judged:
    """Up to which entry the server need not be told again, and what the receipt shows to be wrong."""

    told: int
    fault: Broken | None = None


def judge(receipt: Receipt, stretch: Stretch, here: Place | None, vouched: int, key: str) -> Judged:
    """Judge the receipt for a stretch that was sent.

    `here` is the place of this workstation's own chain with the receipt's number, None where it has no such
    entry; `vouched` the number of the former receipt, `key` the server's key as it is known ("": not yet).
    """
    end, place = stretch.end.n, receipt.place
    is_ours = receipt.epoch == stretch.epoch and receipt.key in heirs(key or receipt.key, receipt.successions)
    if not is_ours or not is_signed(receipt.text, receipt.signature, receipt.key):
        return Judged(end, Broken(place.n, Fault.SIGNATURE))
    if here != place:
        return Judged(end, Broken(place.n, Fault.FORKED))
    if place.n < vouched:
        return Judged(place.n, Broken(place.n, Fault.ROLLED_BACK))
    if place.n == stretch.start.n:
        return Judged(end, Broken(place.n + 1, Fault.ALTERED))
    return Judged(place.n)
