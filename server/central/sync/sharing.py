"""Sharing out: which records stand in which feeds, and the views that are made of them."""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

from models.alerts.reduce import ALERT, SIGHT
from models.calls.call import Call
from models.calls.card import card_of
from models.codec import Document, from_document, to_document
from models.people.caller import CallerCard
from models.risk.level import Level
from models.sync.feeds import GRANTS, alert_feed, line_feed, own_feed, shift_feed
from server.central.storage.engine import Transaction
from server.central.storage.feeds import Placed, place, placed_records
from server.central.storage.numbers import CallerFigures, figures_of_callers
from server.central.storage.records import Caller, Kept, Key, Outline, find_records, write_records
from server.central.sync.card_version import version_after
from server.central.sync.personal import is_personal, placed_personal

CARD = "note.card"
CALL_CARD = "call.card"
NOTE = "note"
_CARDS = {CARD: NOTE, CALL_CARD: "call"}
CALLER = "line.caller"
CallAtSite = tuple[str, str]
"""A call's id and a site that has records of it."""
_SEAT = re.compile(r"[A-Za-z0-9_-]{0,32}")
_CODE = re.compile(r"[A-Za-z0-9_]{0,8}")
_CATEGORIES = 256
_ALARMING = frozenset(level.value for level in Level if level.alarming)


@dataclass(frozen=True, slots=True)
class Gathered:
    """All that sites have of some calls: what a push changed, and the others as they stand.

    `known` are the records that were there before; `counted_before`, the numbers under which calls were
    counted until now.
    """

    others: Sequence[Outline]
    changed: Sequence[Kept]
    known: Collection[Key]
    counted_before: Collection[Caller]


def share_out(
    transaction: Transaction,
    calls: Mapping[CallAtSite, str],
    gathered: Gathered,
    too_old: Callable[[Outline], bool],
) -> None:
    """Write what was changed, and bring the feeds up to date with all that a site has of these calls.

    That is whoever wrote it and when. `calls` names for each the operator who just wrote about the call
    itself ("" for nobody). What is `too_old` for its author does not come back to him by a change.
    """
    # What another site has of the same call is its own: it says nothing here, and its gates are open.
    groups: dict[CallAtSite, list[Outline]] = {call: [] for call in calls}
    for kept in (*gathered.others, *gathered.changed):
        groups[kept.call, kept.site].append(kept)
    unwritten = gathered.changed
    callers = _callers(groups, gathered)
    if callers:
        # Their calls are counted where they stand.
        write_records(transaction, unwritten, gathered.known)
        unwritten = ()
    views = [
        *_cards(transaction, groups, gathered),
        *_call_cards(gathered),
        *_caller_cards(transaction, callers),
    ]
    changed, stored = _changed(transaction, views, gathered.known)
    write_records(transaction, (*unwritten, *changed), {*gathered.known, *stored})
    keys = {*gathered.known, *(kept.key for kept in gathered.others)}
    standing = placed_records(transaction, [*_present(groups, keys), *stored])
    feeds_before: dict[Key, set[str]] = defaultdict(set)
    for one in (each for each in standing if not each.gone):
        feeds_before[one.type, one.id].add(one.feed)
    wanted = [_view_placed(view) for view in changed]
    for call, group in groups.items():
        if len(group) == 1 and group[0].type == NOTE and not feeds_before:
            wanted += _placed_alone(group[0], too_old)
        else:
            wanted += _placed(group, calls[call], feeds_before, too_old)
    place(transaction, wanted, standing)


def _placed_alone(note: Outline, too_old: Callable[[Outline], bool]) -> Iterable[Placed]:
    """Where a note stands that is all there is of its call: what `_placed` says, at once. Most are such."""
    if not note.author or too_old(note):
        return ()
    return (Placed(own_feed(note.author), NOTE, note.id, note.ver),)


def _placed(
    group: list[Outline],
    witness: str,
    feeds_before: Mapping[Key, set[str]],
    too_old: Callable[[Outline], bool],
) -> Iterator[Placed]:
    """Where the records of one call stand."""
    for kept in group:
        if is_personal(kept):
            yield from placed_personal(kept)
            continue
        feeds = _feeds(kept, group, witness, too_old)
        if feeds_before:
            granted = feeds_before.get((NOTE, kept.note), ())
            feeds |= feeds_before.get(kept.key, set())
            feeds |= {feed for feed in granted if feed.startswith(GRANTS)}
        for feed in sorted(feeds):
            yield Placed(feed, kept.type, kept.id, kept.ver)


def _present(groups: Mapping[CallAtSite, list[Outline]], known: Collection[Key]) -> list[Key]:
    # What is new stands in no feed yet.
    if not known:
        return []
    return [kept.key for group in groups.values() for kept in group if kept.key in known]


def _feeds(kept: Outline, group: list[Outline], witness: str, too_old: Callable[[Outline], bool]) -> set[str]:
    """Its author has a record in full; a call, all who wrote about it; an alarming call, the leads.

    Who raised an alert has the sights of it too.
    """
    authors = {kept.author}
    if kept.type == SIGHT:
        authors |= {one.author for one in group if one.type == ALERT}
    if kept.type == "call":
        authors |= {witness} | {one.author for one in group if one.type == "note"}
    feeds = {own_feed(author) for author in authors if author and not too_old(kept)}
    alarming = kept.type in (ALERT, SIGHT) or any(one.level in _ALARMING for one in group)
    return feeds | {alert_feed(kept.site)} if alarming or _help_wanted(group) else feeds


def concerns_leads(group: list[Outline]) -> bool:
    """Whether the leads of the site read all of a call: it reached R3 or R4, or its author wanted help."""
    return any(one.level in _ALARMING for one in group) or _help_wanted(group)


def _help_wanted(group: list[Outline]) -> bool:
    """Whether somebody alerted the leads about an own note: nobody opens a colleague's call with that."""
    notes = {(one.id, one.author) for one in group if one.type == "note"}
    return any(one.type == ALERT and (one.note, one.author) in notes for one in group)


def _cards(
    transaction: Transaction, groups: Mapping[CallAtSite, list[Outline]], gathered: Gathered
) -> Iterator[Kept]:
    """The cards of the notes that were changed, or whose assessment was."""
    notes = {kept.id: kept for kept in gathered.changed if kept.type == NOTE}
    assessed = {kept.note for kept in gathered.changed if kept.type == "risk"} - notes.keys()
    if assessed:
        found = find_records(transaction, [(NOTE, note) for note in assessed])
        notes |= {kept.id: kept for kept in found.values() if (kept.call, kept.site) in groups}
    for note, kept in notes.items():
        group = groups[kept.call, kept.site]
        # A note has no level itself: most are alone.
        alone = len(group) == 1 and group[0] is kept
        of_note = () if alone else (one for one in group if one.note == note and one.type != NOTE)
        level = max((one.level for one in of_note), default="")
        card = _card(kept.doc, level)
        yield Kept(CARD, note, version_after(0, card), kept.site, doc=card)


def _card(note: Document, level: str) -> Document:
    """The document of models.notes.card.NoteCard; codes and times only, for it is not sealed."""
    told = note.get
    return {
        "id": told("id"),
        "call": told("call"),
        "author": told("author"),
        "site": told("site"),
        "state": told("state"),
        "opened_at": told("opened_at"),
        "finished_at": told("finished_at"),
        "incomplete": bool(told("incomplete_reason")),
        "category": _category(told("body", {}).get("category", "")),
        "level": level,
    }


@lru_cache(_CATEGORIES)
def _category(code: str) -> str:
    return code if _CODE.fullmatch(code) else ""


def _call_cards(gathered: Gathered) -> Iterator[Kept]:
    """The cards of the calls that were changed and are over: times and codes, for they are not sealed."""
    for kept in gathered.changed:
        if kept.type == "call" and kept.doc:
            card = card_of(from_document(Call, kept.doc))
            if card:
                # The seat is a word that a program chose.
                plain = replace(card, site=kept.site, seat=card.seat if _SEAT.fullmatch(card.seat) else "")
                document = to_document(plain)
                yield Kept(CALL_CARD, kept.id, version_after(0, document), kept.site, doc=document)


def _callers(groups: Mapping[CallAtSite, list[Outline]], gathered: Gathered) -> set[Caller]:
    """The numbers of which a call, or the assessment of a call, was changed."""
    touched = {(kept.call, kept.site) for kept in gathered.changed if kept.type in ("call", "risk")}
    callers = {(kept.site, kept.caller) for call in touched for kept in groups[call] if kept.caller}
    return callers | set(gathered.counted_before)


def _caller_cards(transaction: Transaction, callers: Collection[Caller]) -> Iterator[Kept]:
    """Their cards."""
    figures = figures_of_callers(transaction, callers)
    for site, caller in sorted(callers):
        known = figures.get((site, caller), CallerFigures())
        last_at = datetime.fromisoformat(known.last_at) if known.last_at else None
        card = CallerCard(caller, site, known.calls, known.last_level, last_at)
        document = to_document(card)
        yield Kept(CALLER, caller, version_after(0, document), site, doc=document)


def _changed(
    transaction: Transaction, views: list[Kept], known: Collection[Key]
) -> tuple[list[Kept], list[Key]]:
    """Those views that are not stored as they are, each with its next version; and those that are stored."""
    looked_for = [
        view.key for view in views if view.type not in _CARDS or (_CARDS[view.type], view.id) in known
    ]
    stored = find_records(transaction, looked_for)
    if not stored:
        return views, []
    changed = []
    for view in views:
        before = stored.get(view.key)
        if before is None:
            changed.append(view)
        elif before.doc != view.doc:
            changed.append(replace(view, ver=version_after(before.ver, view.doc)))
    return changed, list(stored)


def _view_placed(view: Kept) -> Placed:
    if view.type in _CARDS:
        return Placed(shift_feed(view.site), view.type, view.id, view.ver)
    return Placed(line_feed(view.site), view.type, view.id, view.ver, gone=view.doc["calls"] == 0)
