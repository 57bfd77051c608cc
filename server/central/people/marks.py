"""Which numbers come after others in the queue, as the marks of misuse say: derived at each question."""

from datetime import UTC, datetime, timedelta

from models.cases.mark import ASKED_FOR, LOWERS, MOST_DAYS, Terms
from models.codec import Document, from_document
from models.risk.level import Level
from server.central.storage.engine import Transaction
from server.central.storage.marks import alarming_at, open_marks

_ALARMING = frozenset(level.value for level in Level if level.alarming)
_LONGEST = ASKED_FOR + timedelta(days=MOST_DAYS)


def lowered_until(transaction: Transaction, site: str, now: datetime) -> dict[str, datetime]:
    """Until when each number (its keyed hash) comes after others; the longest mark counts.

    No mark counts longer than the server's own clock allows since it first took it, whatever the clock of a
    lead's workstation said; and none after a call of the number has reached R3 or R4.
    """
    rows = open_marks(transaction, site, now - _LONGEST)
    risk = alarming_at(transaction, site, {row.caller for row in rows}, _ALARMING)
    found: dict[str, datetime] = {}
    for row in rows:
        terms = _terms(row.coded)
        if terms is None or terms.until is None:
            continue
        until = min(terms.until, datetime.fromtimestamp(row.taken, UTC) + _LONGEST)
        if now < until and terms.state(now, risk.get(row.caller)) in LOWERS:
            found[row.caller] = max(until, found.get(row.caller, until))
    return found


def _terms(coded: Document) -> Terms | None:
    times = {name: value for name, value in coded.items() if value}
    return from_document(Terms, times) if times.get("asked_at") else None
