"""Verifying the whole trace: every chain, the last receipt of each, every checkpoint."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from models.trace.chain import Broken, Fault, Link, verify
from models.trace.receipt import Checkpoint, receipt_text
from models.trace.signature import is_signed
from models.trace.succession import Succession, kin
from server.central.storage.engine import Database, Transaction, reading
from server.central.storage.recording import SERVER
from server.central.storage.trace import Alarm, Chain, chains, chains_between, checkpoints, links, open_alarms

Heads = Mapping[str, Mapping[int, str]]


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
    It is read in one transaction, so that a server that runs is no hindrance.
    """
    keys = kin(key, successions)
    with reading(engine) as transaction:
        signed = tuple(checkpoints(transaction))
        findings = list(_checkpoint_findings(signed, keys))
        heads = _heads(signed)
        known = chains(transaction)
        chosen = chains_between(transaction, since, until) if since or until else None
        entries = 0
        for chain in known if chosen is None else [one for one in known if one.epoch in chosen]:
            entries += chain.place.n
            broken = _broken(transaction, chain, heads.get(chain.epoch, {}), keys)
            if broken:
                findings.append(Finding(chain.epoch, chain.operator, broken))
        gone = sorted(set(heads) - {chain.epoch for chain in known})
        findings += [Finding(epoch, "", Broken(1, Fault.CUT)) for epoch in gone]
        told = tuple(
            one for one in open_alarms(transaction) if since <= one.at and (not until or one.at < until)
        )
        count = len(known) if chosen is None else len(chosen)
        return Report(count, entries, len(signed), tuple(findings), told)


def _checkpoint_findings(signed: Iterable[Checkpoint], keys: frozenset[str]) -> Iterator[Finding]:
    before = ""
    for n, one in enumerate(signed, start=1):
        if one.key not in keys or not is_signed(one.text, one.signature, one.key):
            yield Finding(one.hour, "", Broken(n, Fault.SIGNATURE))
        if one.before != before:
            yield Finding(one.hour, "", Broken(n, Fault.MISSING))
        before = one.digest


def _heads(signed: Iterable[Checkpoint]) -> Heads:
    """For each chain the places where checkpoints saw it."""
    heads: dict[str, dict[int, str]] = {}
    for one in signed:
        for head in one.heads:
            heads.setdefault(head.epoch, {})[head.place.n] = head.place.head
    return heads


def _broken(
    transaction: Transaction, chain: Chain, seen: Mapping[int, str], keys: frozenset[str]
) -> Broken | None:
    """The first place where a chain is not whole, not what it was at a checkpoint, or not vouched for."""
    unlike: list[int] = []

    def watched(entries: Iterable[Link]) -> Iterator[Link]:
        for link in entries:
            if seen.get(link.n, link.hash) != link.hash:
                unlike.append(link.n)
            yield link

    broken = verify(chain.beginning, watched(links(transaction, chain.epoch)), chain.place)
    found = [broken] if broken else []
    found += [Broken(n, Fault.RESTAMPED) for n in unlike]
    found += [Broken(chain.place.n + 1, Fault.CUT)] if max(seen, default=0) > chain.place.n else []
    found += [] if _is_vouched(chain, keys) else [Broken(chain.place.n, Fault.SIGNATURE)]
    return min(found, key=lambda one: one.n, default=None)


def _is_vouched(chain: Chain, keys: frozenset[str]) -> bool:
    """True where the receipt is for this place; the server's own chains have checkpoints alone."""
    if not chain.receipt_at:
        return chain.epoch.startswith(f"{SERVER}:") or chain.place == chain.beginning
    text = receipt_text(chain.epoch, chain.place, datetime.fromisoformat(chain.receipt_at))
    return any(is_signed(text, chain.receipt_signature, key) for key in keys)
