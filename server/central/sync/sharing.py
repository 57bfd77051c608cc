"""Sharing out: which records stand in which feeds, and the views that are made of them."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace
from datetime import datetime

from models.codec import Document, from_document, to_document
from models.notes.card import card_of
from models.notes.note import Note
from models.people.caller import CallerCard
from models.risk.level import Level, highest
from models.sync.feeds import GRANTS, alert_feed, line_feed, own_feed, shift_feed
from server.central.storage.engine import Transaction
from server.central.storage.feeds import Placed, place, placed_records
from server.central.storage.records import (
    Kept,
    Key,
    caller_figures,
    find_records,
    records_of_calls,
    write_records,
)

CARD = "note.card"
CALLER = "line.caller"
CallAtSite = tuple[str, str]
"""A call's id and a site that has records of it."""
Caller = tuple[str, str]
"""A number at a site: the site and the keyed hash."""


def share_out(
    transaction: Transaction,
    calls: Mapping[CallAtSite, str],
    counted_before: Collection[Caller],
    too_old: Callable[[Kept], bool],
) -> None:
    """Bring the feeds up to date with all that a site has of these calls, whoever wrote it and when.

    `calls` names for each the operator who just wrote about the call itself ("" for nobody);
    `counted_before` are the numbers under which the calls were counted until now. What is `too_old` for its
    author does not come back to him by a change.
    """
    # What another site has of the same call is its own: it says nothing here, and its gates are open.
    groups: dict[CallAtSite, list[Kept]] = {call: [] for call in calls}
    for kept in records_of_calls(transaction, {call for call, _ in calls}):
        if (kept.call, kept.site) in groups:
            groups[kept.call, kept.site].append(kept)
    records = [kept for group in groups.values() for kept in group]
    callers = {*counted_before, *((kept.site, kept.caller) for kept in records if kept.caller)}
    views = _changed(transaction, [*_cards(groups.values()), *_caller_cards(transaction, callers)])
    write_records(transaction, views)
    standing = placed_records(transaction, [kept.key for kept in (*records, *views)])
    feeds_before: dict[Key, set[str]] = defaultdict(set)
    for one in (each for each in standing if not each.gone):
        feeds_before[one.type, one.id].add(one.feed)
    wanted = [_view_placed(view) for view in views]
    for call, group in groups.items():
        for kept in group:
            feeds = feeds_before[kept.key] | _feeds(kept, group, calls[call], too_old)
            feeds |= {feed for feed in feeds_before["note", kept.note] if feed.startswith(GRANTS)}
            wanted += [Placed(feed, kept.type, kept.id, kept.ver) for feed in sorted(feeds)]
    place(transaction, wanted, standing)


def _feeds(kept: Kept, group: list[Kept], witness: str, too_old: Callable[[Kept], bool]) -> set[str]:
    """Its author has a record in full; a call, all who wrote about it; an alarming call, the leads."""
    authors = {kept.author}
    if kept.type == "call":
        authors |= {witness} | {one.author for one in group if one.type == "note"}
    feeds = {own_feed(author) for author in authors if author and not too_old(kept)}
    alarming = any(one.level and Level(one.level).alarming for one in group)
    return feeds | {alert_feed(kept.site)} if alarming else feeds


def _cards(groups: Collection[list[Kept]]) -> Iterator[Kept]:
    for group in groups:
        for kept in group:
            if kept.type == "note":
                peaks = (Level(one.level) for one in group if one.note == kept.id and one.level)
                card = card_of(from_document(Note, kept.doc), highest(*peaks) or "")
                yield Kept(CARD, kept.id, 0, to_document(card), kept.site)


def _caller_cards(transaction: Transaction, callers: set[Caller]) -> Iterator[Kept]:
    for site, caller in sorted(callers):
        figures = caller_figures(transaction, site, caller)
        last_at = datetime.fromisoformat(figures.last_at) if figures.last_at else None
        card = CallerCard(caller, site, figures.calls, figures.last_level, last_at)
        yield Kept(CALLER, caller, 0, to_document(card), site)


def _changed(transaction: Transaction, views: list[Kept]) -> list[Kept]:
    """Those views that are not stored as they are, each with its next version."""
    known = find_records(transaction, [view.key for view in views])
    nothing: tuple[int, Document] = (0, {})
    before = {key: (kept.ver, kept.doc) for key, kept in known.items()}
    return [
        replace(view, ver=before.get(view.key, nothing)[0] + 1)
        for view in views
        if before.get(view.key, nothing)[1] != view.doc
    ]


def _view_placed(view: Kept) -> Placed:
    if view.type == CARD:
        return Placed(shift_feed(view.site), view.type, view.id, view.ver)
    return Placed(line_feed(view.site), view.type, view.id, view.ver, gone=view.doc["calls"] == 0)
