"""Which feeds hold what belongs to a person over many calls, rather than to one call."""

from collections.abc import Callable, Mapping

from models.sync.feeds import case_feed, due_feed, line_feed, own_feed
from server.central.storage.feeds import Placed
from server.central.storage.records import Kept, Outline
from server.central.sync.columns import CLOSED, PERSONAL

Feeds = dict[str, bool]
"""For each feed that the record stands in: whether it has left it."""


def is_personal(kept: Outline) -> bool:
    """True for a record that its own type places, whatever the call it came of."""
    return kept.type in PERSONAL


def placed_personal(kept: Outline) -> list[Placed]:
    """Where such a record stands, in the order of the feeds."""
    feeds = _FEEDS[kept.type](kept)
    return [Placed(feed, kept.type, kept.id, kept.ver, gone=feeds[feed]) for feed in sorted(feeds)]


def _at_the_line(kept: Outline) -> Feeds:
    """Whoever answers may be the one who needs it."""
    return {line_feed(kept.site): kept.level == CLOSED}


def _case(kept: Outline) -> Feeds:
    """Leads, who began it, and the counsellors it has had."""
    told = kept.doc.get("counsellors", ()) if isinstance(kept, Kept) else ()
    mine = {kept.author, *(one for one in told if isinstance(one, str))} - {""}
    return {case_feed(kept.site): False, **{own_feed(one): False for one in mine}}


def _owed(kept: Outline) -> Feeds:
    """Everybody on duty while it is owed; who promised it learns what came of it."""
    mine = {own_feed(kept.author): False} if kept.author else {}
    return {due_feed(kept.site): kept.level == CLOSED, **mine}


def _for_leads(kept: Outline) -> Feeds:
    """Leads, and who asked for it."""
    mine = {own_feed(kept.author): False} if kept.author else {}
    return {case_feed(kept.site): False, **mine}


_FEEDS: Mapping[str, Callable[[Outline], Feeds]] = {
    "callback": lambda kept: {due_feed(kept.site): kept.level == CLOSED},
    "person": _at_the_line,
    "caller_plan": _at_the_line,
    "case": _case,
    "followup": _owed,
    "contact": _at_the_line,
    "mark": _for_leads,
    "phrase": lambda kept: {own_feed(kept.author): False},
}
