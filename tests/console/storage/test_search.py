"""The search over the encrypted file: all that holds the query and nothing else, newest first, in pages."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from console.storage.connecting import connect
from console.storage.finding import Finder
from console.storage.found import Hit
from console.storage.storage import Storage
from console.storage.values import FeedItem, Indexing, Page
from models.codec import to_document
from models.notes.note import LogLine, Note, NoteBody
from models.operation import Operation
from models.search.query import Part, parse
from models.search.wish import Filters, Wish
from tests.console.storage.acts import (
    CLOCK,
    KEY,
    OPERATOR,
    act,
    answered,
    call_added,
    draft,
    note_opened,
    opened,
)
from tests.console.storage.earlier import write_earlier

SIGNS = "自杀失业桥边网贷ab１2，。 "


@pytest.fixture
def finder(tmp_path: Path, storage: Storage) -> Iterator[Finder]:
    finder = Finder(tmp_path / "zhang.db", KEY, OPERATOR)
    yield finder
    finder.close()


def ids(finder: Finder, text: str = "", **filters: Any) -> list[str]:
    return [hit.id for hit in everything(finder, Wish(text, Filters(**filters)))]


def everything(finder: Finder, wish: Wish, page: int = 3) -> list[Hit]:
    found: list[Hit] = []
    before: int | None = None
    while True:
        hits = finder.find(wish, before, page)
        found += hits.hits
        before = hits.before
        if before is None:
            return found


def write(storage: Storage, note: str, text: str, **more: str) -> None:
    storage.perform([note_opened(note, f"call-{note}"), draft(note, text)])


def pulled(storage: Storage, *notes: Note) -> None:
    items = tuple(
        FeedItem("op:zhang", n, "note", note.id, 1, to_document(note)) for n, note in enumerate(notes, 1)
    )
    storage.apply_page(Page(items, {"op:zhang": len(items)}, False, ("op:zhang",), {}, "epoch"))


def note(name: str, text: str, at: datetime, author: str = OPERATOR, place: str = "") -> Note:
    body = NoteBody("C3", {"complaint": text, "place": place}, (LogLine("l", at, "说到" + text),))
    return Note(name, f"call-{name}", author, "beijing", "full", 1, at, body)


@pytest.mark.parametrize("typed", ["桥", "桥边", "到桥边", "今晚到桥边", "1380", "VOD", "桥边 vodka"])
def test_one_sign_two_three_and_more(storage: Storage, finder: Finder, typed: str) -> None:
    write(storage, "a", "今晚到桥边，喝了vodka，号码１３８０５")
    write(storage, "b", "今晚不到河边，odka，0138")
    assert ids(finder, typed) == ["a"]


def test_what_is_found_is_what_is_written_now(storage: Storage, finder: Finder) -> None:
    write(storage, "a", "桥边")
    assert ids(finder, "桥边") == ["a"]
    storage.perform([draft("a", "河边")])
    assert ids(finder, "桥边") == []
    assert ids(finder, "河边") == ["a"]


def test_newest_first_in_pages(storage: Storage, finder: Finder) -> None:
    now = CLOCK.now()
    notes = [note(f"n{age}", "桥边", now - timedelta(minutes=age)) for age in (3, 0, 6, 1, 5, 2, 4)]
    pulled(storage, *notes)
    assert ids(finder, "桥边") == [f"n{age}" for age in range(7)]
    first = finder.find(Wish("桥边"), None, 3)
    assert [hit.id for hit in first.hits] == ["n0", "n1", "n2"]
    assert [hit.id for hit in finder.find(Wish("桥边"), first.before, 3).hits] == ["n3", "n4", "n5"]


def test_more_records_in_a_second_than_it_has_numbers(storage: Storage, finder: Finder) -> None:
    pulled(storage, *(note(f"n{n}", "桥边", CLOCK.now()) for n in range(300)))
    assert len(ids(finder, "桥边")) == 300


def test_filters_narrow(storage: Storage, finder: Finder) -> None:
    now = CLOCK.now()
    pulled(
        storage,
        note("old", "桥边", now - timedelta(days=2)),
        note("other", "桥边", now, author="wang"),
        note("city", "桥边", now, place="晋中市榆次区"),
    )
    assert ids(finder, "桥边", since=now - timedelta(days=1)) == ["city", "other"]
    assert ids(finder, "桥边", until=now) == ["old"]
    assert ids(finder, "桥边", author="wang") == ["other"]
    assert ids(finder, "桥边", city="晋中市") == ["city"]
    assert ids(finder, "桥边", category="C3", level="RX") == ["city", "other", "old"]
    assert ids(finder, "桥边", category="C1") == []
    assert ids(finder, city="晋中市") == ["city"]
    assert ids(finder) == []
    assert finder.choices().cities == ("晋中市",)
    assert finder.choices().authors == ("wang", OPERATOR)


def test_the_level_is_that_of_the_assessment_whichever_comes_first(storage: Storage, finder: Finder) -> None:
    storage.perform([call_added("call-1"), note_opened("n"), draft("n", "桥边"), answered("n")])
    assert ids(finder, "桥边", level="R4") == ["n"]
    assert ids(finder, "8000", level="R4") == ["call-1"]
    assert ids(finder, "桥边", level="RX") == []


@pytest.mark.parametrize(
    "typed", ["8000", "000", "13800008000", "+86 138 0000 8000", "１３８００００８０００"]
)
def test_a_number_is_found_by_its_last_digits_or_whole(storage: Storage, finder: Finder, typed: str) -> None:
    storage.perform([call_added("call-1"), note_opened("n"), draft("n", "桥边")])
    (hit,) = finder.find(Wish(typed)).hits
    assert (hit.type, hit.id, hit.number) == ("call", "call-1", "138****8000")
    assert hit.note is not None
    assert hit.note.id == "n"


@pytest.mark.parametrize("typed", ["138", "1380000", "08000", "008000", "8"])
def test_hidden_digits_are_not_told_one_by_one(storage: Storage, finder: Finder, typed: str) -> None:
    storage.perform([call_added("call-1"), note_opened("n"), draft("n", "桥边")])
    assert ids(finder, typed) == []


def test_a_referral_is_found_with_its_note(storage: Storage, finder: Finder) -> None:
    storage.perform([note_opened("n"), draft("n", "桥边"), _referral("r", "请到晋中市榆次区大桥")])
    (hit,) = finder.find(Wish("榆次区大桥")).hits
    assert (hit.type, hit.id, hit.city) == ("referral", "r", "晋中市")
    assert hit.note is not None
    assert hit.note.id == "n"


def test_what_is_withdrawn_is_found_no_more_and_leaves_the_index(
    storage: Storage, finder: Finder, tmp_path: Path
) -> None:
    pulled(storage, note("a", "桥边", CLOCK.now()))
    assert ids(finder, "桥边") == ["a"]
    storage.apply_page(Page((), {}, False, (), {}, "epoch"))
    assert ids(finder, "桥边") == []
    storage.close()
    connection = connect(tmp_path / "zhang.db", KEY)
    assert connection.execute("SELECT count(*) FROM search_row").fetchone() == (0,)
    assert (
        connection.execute("SELECT rowid FROM search_text WHERE search_text MATCH 'pairs:桥边'").fetchall()
        == []
    )
    connection.close()


def test_records_of_before_come_into_the_index_in_pieces_over_restarts(tmp_path: Path) -> None:
    path = tmp_path / "zhang.db"
    write_earlier(path, KEY, 1)
    storage, finder = opened(path), Finder(path, KEY, OPERATOR)
    assert ids(finder, "的") == []
    first = storage.search.index_some(1)
    assert first.left == first.total - 1 > 0
    finder.close()
    storage.close()
    storage = opened(path)
    told = [storage.search.index_some(1).left for _ in range(first.left)]
    assert told == list(range(first.left))[::-1]
    assert storage.search.index_some(1) == Indexing(0, 0)
    assert ids(finder, "还没有上传的一句话")
    finder.close()
    storage.close()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(
    st.lists(st.text(alphabet=SIGNS, min_size=1, max_size=14), min_size=1, max_size=6),
    st.text(alphabet=SIGNS, min_size=1, max_size=5),
)
def test_all_that_holds_the_query_and_nothing_else(
    storage: Storage, finder: Finder, written: list[str], wanted: str
) -> None:
    names = [f"n{n}" for n in range(6)]
    for name, text in zip(names, [*written, *[""] * 6], strict=False):
        write(storage, name, text)
    query = parse(wanted)
    texts = dict(zip(names, [*written, *[""] * 6], strict=False))
    holding = {
        name for name, text in texts.items() if query.found_in([Part("complaint", text), Part("log", "")])
    }
    assert set(ids(finder, wanted)) == holding


def _referral(name: str, text: str) -> Operation:
    told = {"target": "police", "target_kind": "police", "target_name": "110", "dial": "110", "text": text}
    known = {"verified": False, "place": "晋中市", "place_basis": "stated", "legal_basis": "emergency"}
    at = CLOCK.now().isoformat()
    return act("referral.open", name, note="n", call="call-1", site="beijing", opened_at=at, **told, **known)
