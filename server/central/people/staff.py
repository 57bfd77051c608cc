"""Telling the workstations of a site who works there."""

from models.codec import to_document
from models.people.staff import CARD
from models.sync.feeds import staff_feed
from server.central.storage.engine import Database, Transaction, reading, written
from server.central.storage.feeds import Placed, lock_heads, place, placed_records
from server.central.storage.records import Kept, find_records, write_records
from server.central.storage.staff import staff_cards
from server.central.sync.card_version import version_after


def tell_staff(engine: Database) -> int:
    """Bring the cards up to date with the accounts; gives how many were not.

    To be done after every change of an account, and at each start: a database may be older than the cards.
    Any number of processes may do it at once.
    """
    with reading(engine) as transaction:
        if not _changed(transaction)[0]:
            return 0
    return written(engine, _told)


def _told(transaction: Transaction) -> int:
    # One of two that do this at once waits here, and finds nothing left to do.
    lock_heads(transaction, {staff_feed(card.site) for card in staff_cards(transaction)})
    changed, known = _changed(transaction)
    if changed:
        write_records(transaction, changed, known)
        standing = placed_records(transaction, [one.key for one in changed])
        place(transaction, [Placed(staff_feed(one.site), CARD, one.id, one.ver) for one in changed], standing)
    return len(changed)


def _changed(transaction: Transaction) -> tuple[list[Kept], set[tuple[str, str]]]:
    """The cards that say something new, each with its next version; and which of them there were before."""
    cards = [Kept(CARD, card.id, 1, card.site, doc=to_document(card)) for card in staff_cards(transaction)]
    before = find_records(transaction, [one.key for one in cards])
    changed = []
    for one in cards:
        known = before.get(one.key)
        if known is None or known.doc != one.doc:
            one.ver = version_after(known.ver if known else 0, one.doc)
            changed.append(one)
    return changed, set(before)
