"""Verifying the whole trace: every chain, the last receipt of each, every checkpoint."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from models.trace.chain import Broken, Fault, Link, Place, verify
from models.trace.receipt import Checkpoint, receipt_text
from models.trace.signature import is_signed
from models.trace.succession import Succession, kin
from server.central.storage.engine import Database, Transaction, reading
from server.central.storage.recording import SERVER
from server.central.storage.trace import Alarm, Chain, chains, chains_between, checkpoints, links, open_alarms

_SHORT_BYTES = 16
_AT_ONCE = 100
"""So many chains or checkpoints are read in one transaction: a longer one would hold the database up."""


class Seen:
    """Where checkpoints saw a chain, in few bytes for each: in ten years there are millions."""

    def __init__(self) -> None:
        self.last = 0
        self._places = array("q")
        self._heads = bytearray()

    def add(self, place: Place) -> None:
        """A checkpoint saw it here; one after another."""
        self.last = max(self.last, place.n)
        self._places.append(place.n)
        self._heads += _short(place.head)

    def by_place(self) -> Mapping[int, bytes]:
        """Where it was seen, for the one chain that is looked at now."""
        size = _SHORT_BYTES
        return {n: bytes(self._heads[i * size : (i + 1) * size]) for i, n in enumerate(self._places)}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something broken: a chain (or the checkpoint of an hour), whose, where first and why."""

    name: str
    operator: str
    broken: Broken


@dataclass(frozen=True, slots=True)
class Report:
    """What was verified: how many chains, entries and checkpoints, what is broken, which alarms are open."""

    chains: int
    entries: int
    checkpoints: int
    findings: tuple[Finding, ...]
    alarms: tuple[Alarm, ...]

    @property
    def is_whole(self) -> bool:
        """True where nothing is broken and no alarm is open."""
        return not self.findings and not self.alarms


def verify_trace(
    engine: Database, key: str, since: str = "", until: str = "", successions: Iterable[Succession] = ()
) -> Report:
    """Verify all that the database holds of the trace against the server's public key (base64).

    What its predecessors signed in their time counts as well.

    With `since` or `until` (ISO 8601, UTC) only the chains and alarms of which something came in between;
    a chain is verified as a whole all the same.
    It is read piece by piece, so that a server that runs is no hindrance: nothing of the trace is ever
    changed but by adding to it, and what was added meanwhile is verified or left for the next time.
    """
    keys, seen = kin(key, successions), defaultdict[str, Seen](Seen)
    findings, signed = list[Finding](), 0
    for one, faults in _checkpoints(engine, keys):
        signed += 1
        findings += faults
        for head in one.heads:
            seen[head.epoch].add(head.place)
    with reading(engine) as transaction:
        chosen = chains_between(transaction, since, until) if since or until else None
    known = entries = 0
    for transaction, chain in _chains(engine):
        before = seen.pop(chain.epoch, Seen())
        if chosen is not None and chain.epoch not in chosen:
            continue
        known += 1
        entries += chain.place.n
        broken = _broken(transaction, chain, before, keys)
        if broken:
            findings.append(Finding(chain.epoch, chain.operator, broken))
    findings += [Finding(epoch, "", Broken(1, Fault.CUT)) for epoch in sorted(seen)]
    with reading(engine) as transaction:
        told = tuple(
            one for one in open_alarms(transaction) if since <= one.at and (not until or one.at < until)
        )
    return Report(known, entries, signed, tuple(findings), told)


def _checkpoints(engine: Database, keys: frozenset[str]) -> Iterator[tuple[Checkpoint, list[Finding]]]:
    """All checkpoints in their order, and what is wrong with each."""
    before = after = ""
    n = 0
    while True:
        with reading(engine) as transaction:
            piece = checkpoints(transaction, after, _AT_ONCE)
        for one in piece:
            n, faults = n + 1, list[Finding]()
            if one.key not in keys or not is_signed(one.text, one.signature, one.key):
                faults.append(Finding(one.hour, "", Broken(n, Fault.SIGNATURE)))
            if one.before != before:
                faults.append(Finding(one.hour, "", Broken(n, Fault.MISSING)))
            before, after = one.digest, one.hour
            yield one, faults
        if len(piece) < _AT_ONCE:
            return


def _chains(engine: Database) -> Iterator[tuple[Transaction, Chain]]:
    """All chains, each with the transaction in which its entries stand as it says."""
    after = ""
    while True:
        with reading(engine) as transaction:
            piece = chains(transaction, after, _AT_ONCE)
            for chain in piece:
                yield transaction, chain
        if len(piece) < _AT_ONCE:
            return
        after = piece[-1].epoch


def _broken(transaction: Transaction, chain: Chain, seen: Seen, keys: frozenset[str]) -> Broken | None:
    """The first place where a chain is not whole, not what it was at a checkpoint, or not vouched for."""
    unlike: list[int] = []
    places = seen.by_place()

    def watched(entries: Iterable[Link]) -> Iterator[Link]:
        for link in entries:
            if link.n in places and places[link.n] != _short(link.hash):
                unlike.append(link.n)
            yield link

    broken = verify(chain.beginning, watched(links(transaction, chain.epoch)), chain.place)
    found = [broken] if broken else []
    found += [Broken(n, Fault.RESTAMPED) for n in unlike]
    found += [Broken(chain.place.n + 1, Fault.CUT)] if seen.last > chain.place.n else []
    found += [] if _is_vouched(chain, keys) else [Broken(chain.place.n, Fault.SIGNATURE)]
    return min(found, key=lambda one: one.n, default=None)


def _short(head: str) -> bytes:
    """Enough of a hash to tell it from any other."""
    return blake2b(head.encode(), digest_size=_SHORT_BYTES).digest()


def _is_vouched(chain: Chain, keys: frozenset[str]) -> bool:
    """True where the receipt is for this place; the server's own chains have checkpoints alone."""
    if not chain.receipt_at:
        return chain.epoch.startswith(f"{SERVER}:") or chain.place == chain.beginning
    text = receipt_text(chain.epoch, chain.place, datetime.fromisoformat(chain.receipt_at))
    return any(is_signed(text, chain.receipt_signature, key) for key in keys)
