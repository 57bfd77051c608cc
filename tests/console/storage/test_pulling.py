"""A page is laid under what waits; what no feed covers goes; a feed that is unlike is pulled anew."""

from dataclasses import replace
from typing import Any

from console.storage.storage import Storage
from console.storage.values import FeedItem, Page, Sum
from models.calls.events import CallEnd
from models.codec import to_document
from models.sync.record import checksum
from tests.console.storage.acts import (
    CLOCK,
    SERVER,
    answered,
    confirm,
    draft,
    note_opened,
    pushed,
    text_of,
)

OWN = "op:zhang"
ALERT = "alert:beijing"
SHIFT = "shift:beijing"


def note(entity: str, text: str, author: str = "zhang", written: str = "") -> dict[str, Any]:
    at = CLOCK.now().isoformat()
    body = {"category": "C3", "values": {"complaint": text}, "log": []}
    return {
        "id": entity,
        "call": "call-1",
        "author": author,
        "site": "beijing",
        "form": "call",
        "form_version": 1,
        "opened_at": at,
        "body": body,
        "state": "draft",
        "written": written,
    }


def put(seq: int, entity: str, version: int, text: str, feed: str = OWN, written: str = "") -> FeedItem:
    """A note whose text stands since `written`, an act of another workstation where that is not said."""
    document = note(entity, text, written=written or f"elsewhere-{version}")
    return FeedItem(feed, seq, "note", entity, version, document)


def page(*items: FeedItem, feeds: tuple[str, ...] = (OWN,), more: bool = False) -> Page:
    """A page after which each feed holds exactly these items."""
    sums = {}
    for feed in feeds:
        held = [one for one in items if one.feed == feed and one.document is not None]
        x = 0
        for one in held:
            x ^= checksum(one.type, one.id, one.version)
        sums[feed] = Sum(len(held), x)
    cursor = {feed: max((one.seq for one in items if one.feed == feed), default=0) for feed in feeds}
    return Page(items, cursor, more, feeds, {} if more else sums, SERVER)


def test_a_page_twice_changes_nothing(storage: Storage) -> None:
    first = page(put(1, "n", 3, "一"))
    assert storage.apply_page(first).changed == (("note", "n"),)
    assert storage.apply_page(first).changed == ()
    assert storage.cursors() == {OWN: 1}
    assert text_of(storage, "n") == "一"


def test_what_waits_lies_over_what_is_pulled(storage: Storage) -> None:
    storage.apply_page(page(put(1, "n", 3, "一")))
    assert text_of(storage, "n") == "一"
    storage.perform([draft("n", "二")])
    storage.apply_page(page(put(2, "n", 5, "别处")))
    found = storage.record("note", "n")
    assert found is not None
    assert (found.entity.body.values["complaint"], found.pending) == ("别处", 1)
    assert [lost.body.values["complaint"] for lost in found.entity.versions] == ["二"]


def test_who_has_not_seen_another_text_does_not_replace_it(storage: Storage) -> None:
    storage.apply_page(page(put(1, "n", 3, "一")))
    storage.apply_page(page(put(2, "n", 5, "别处")))
    storage.perform([draft("n", "二", on="elsewhere-3")])
    storage.perform([draft("n", "二二")])
    (_, act), *others = pushed(storage).rows
    assert (act.body["on"], others) == ("elsewhere-3", [])
    assert text_of(storage, "n") == "别处"
    found = storage.record("note", "n")
    assert found is not None
    storage.perform([draft("n", "看过了", on=found.entity.written)])
    assert text_of(storage, "n") == "看过了"


def test_own_acts_that_come_back_are_no_other_text(storage: Storage) -> None:
    storage.perform([note_opened("n"), draft("n", "一")])
    confirm(storage, pushed(storage))
    found = storage.record("note", "n")
    assert found is not None
    echo = FeedItem(OWN, 1, "note", "n", 2, to_document(found.entity))
    storage.perform([draft("n", "二")])
    storage.apply_page(page(echo))
    storage.perform([draft("n", "三")])
    assert text_of(storage, "n") == "三"


def test_a_page_waits_while_the_answer_to_a_push_is_open(storage: Storage) -> None:
    storage.perform([note_opened("n"), draft("n", "一")])
    batch = pushed(storage)
    applied = storage.apply_page(page(put(1, "n", 2, "一")))
    assert (applied.left_aside, storage.cursors()) == (True, {})
    confirm(storage, batch)
    assert not storage.apply_page(page(put(1, "n", 2, "一"))).left_aside


def test_withdrawn_rights_take_records_away(storage: Storage) -> None:
    both = (put(1, "mine", 1, "一"), put(1, "theirs", 1, "二", ALERT))
    storage.apply_page(page(*both, feeds=(OWN, ALERT)))
    assert text_of(storage, "theirs") == "二"
    applied = storage.apply_page(replace(page(both[0]), items=()))
    assert applied.changed == (("note", "theirs"),)
    assert storage.record("note", "theirs") is None
    assert storage.cursors() == {OWN: 1}


def test_nothing_is_taken_away_before_the_last_page(storage: Storage) -> None:
    storage.apply_page(page(put(1, "n", 1, "一", ALERT), feeds=(ALERT, OWN)))
    storage.apply_page(page(put(1, "m", 1, "二"), more=True))
    assert storage.record("note", "n") is not None


def test_a_record_with_unsent_acts_leaves_the_views_and_goes_when_they_are_through(storage: Storage) -> None:
    storage.apply_page(page(put(1, "n", 1, "一", ALERT), feeds=(ALERT, OWN)))
    storage.perform([answered("n"), draft("n", "二")])
    storage.apply_page(page())
    assert storage.record("note", "n") is None
    assert [one.type for _, one in pushed(storage).rows] == ["risk.answer", "note.draft.put"]
    confirm(storage, pushed(storage))
    assert storage.unsent().count == 0
    storage.apply_page(page(put(2, "n", 2, "二", ALERT), feeds=(ALERT, OWN)))
    assert text_of(storage, "n") == "二"


def test_gone_from_one_feed_is_not_gone_from_the_other(storage: Storage) -> None:
    both = (put(1, "n", 1, "一"), put(1, "n", 1, "一", ALERT))
    storage.apply_page(page(*both, feeds=(OWN, ALERT)))
    gone = FeedItem(ALERT, 2, "note", "n", 1, None)
    left = page(both[0], gone, feeds=(OWN, ALERT))
    assert storage.apply_page(left).unlike == ()
    assert text_of(storage, "n") == "一"


def test_a_feed_unlike_the_servers_is_pulled_anew_and_keeps_own_words(storage: Storage) -> None:
    first = page(put(1, "n", 1, "一"), put(2, "m", 1, "二"))
    storage.apply_page(first)
    told = replace(first, items=(), sums={OWN: Sum(1, checksum("note", "m", 1))})
    assert storage.apply_page(told).unlike == (OWN,)
    assert storage.cursors() == {}
    assert storage.apply_page(replace(page(put(2, "m", 1, "二")))).unlike == ()
    assert text_of(storage, "n") == "一"


def test_a_restored_server_is_noticed_by_its_page(storage: Storage) -> None:
    storage.perform([note_opened("n"), draft("n", "一")])
    confirm(storage, pushed(storage))
    storage.apply_page(page(put(1, "n", 2, "一")))
    restored = replace(page(), server_epoch="second-epoch")
    assert storage.apply_page(restored).left_aside
    assert storage.cursors() == {}
    assert [one.type for _, one in pushed(storage).rows] == ["note.open", "note.draft.put"]
    assert text_of(storage, "n") == "一"


def test_views_of_a_lead_and_of_the_line(storage: Storage) -> None:
    at = CLOCK.now()
    card = {
        "id": "n",
        "call": "call-1",
        "author": "li",
        "site": "beijing",
        "category": "C3",
        "level": "R4",
        "state": "finished",
        "opened_at": at.isoformat(),
    }
    caller = {"id": "k", "site": "beijing", "calls": 4, "last_level": "R3", "last_at": at.isoformat()}
    over = {"site": "beijing", "entered_at": at.isoformat(), "ended_at": at.isoformat(), "end": "E2"}
    answered = {**over, "id": "done", "answered_at": at.isoformat()}
    items = (
        FeedItem(SHIFT, 1, "note.card", "n", 1, card),
        FeedItem(SHIFT, 3, "call.card", "gone", 1, {**over, "id": "gone", "answered_at": None}),
        FeedItem(SHIFT, 4, "call.card", "done", 1, answered),
        FeedItem("line:beijing", 1, "line.caller", "k", 1, caller),
        FeedItem(SHIFT, 2, "of.a.newer.server", "x", 1, {"any": "thing"}),
    )
    storage.apply_page(page(*items, feeds=(SHIFT, "line:beijing")))
    (shown,), missed = storage.cards(at, at.replace(year=at.year + 1))
    assert [(one.id, one.end, one.waited_seconds) for one in missed] == [("gone", CallEnd.CALLER_HUNG_UP, 0)]
    assert (shown.author, shown.level) == ("li", "R4")
    known = storage.caller_card("k")
    assert known is not None
    assert (known.calls, known.last_level) == (4, "R3")
    assert storage.caller_card("other") is None


def test_an_earlier_version_than_was_told_says_that_the_server_was_put_back(storage: Storage) -> None:
    storage.perform([note_opened("own")])
    confirm(storage, pushed(storage))
    storage.apply_page(page(put(1, "n", 3, "三")))
    # Its feed grew beyond what is known here: no cursor says it.
    older = page(put(2, "n", 2, "二"))
    assert storage.apply_page(older).left_aside
    assert storage.cursors() == {}
    assert [act.type for _, act in pushed(storage).rows] == ["note.open"]
    confirm(storage, pushed(storage))
    assert storage.apply_page(older).witnessed is False
    assert text_of(storage, "n") == "二"
    assert [act.type for _, act in pushed(storage).rows] == ["witness.tell"]
