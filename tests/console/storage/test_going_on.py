"""What a draft stands on: the text its author typed over, whatever was read or pulled meanwhile."""

from datetime import timedelta

import pytest

from console.storage.storage import Storage
from models.operation import Operation
from tests.console.storage.acts import CLOCK, act, confirm, draft, note_opened, pushed, text_of
from tests.console.storage.test_pulling import page, put


def _beside(storage: Storage) -> list[object]:
    found = storage.record("note", "n")
    assert found is not None
    return [one.body.values["complaint"] for one in found.entity.unsettled]


def _fetched(storage: Storage, text: str) -> Operation:
    """A draft on the text that is shown now."""
    found = storage.record("note", "n")
    assert found is not None
    return draft("n", text, on=found.entity.written)


@pytest.fixture
def typed() -> Operation:
    return draft("n", "一")


@pytest.fixture
def elsewhere(storage: Storage, typed: Operation) -> Storage:
    """Here lies “一” on the desk; another workstation wrote “别处” over it, and that was pulled."""
    storage.perform([note_opened("n"), typed])
    confirm(storage, pushed(storage))
    storage.apply_page(page(put(1, "n", 3, "别处")))
    return storage


def test_a_text_that_was_only_read_is_not_what_the_next_draft_stands_on(
    elsewhere: Storage, typed: Operation
) -> None:
    now = CLOCK.now()
    # A lead's look at the call, the list of what is unfinished, a decision between texts: none is the desk.
    assert elsewhere.of_call("call-1")
    assert elsewhere.open_notes()
    assert elsewhere.my_notes(now, now + timedelta(days=1))
    elsewhere.perform([draft("n", "一二")])
    assert (text_of(elsewhere, "n"), _beside(elsewhere)) == ("别处", ["一二"])
    (_, last), *_ = pushed(elsewhere).rows
    assert last.body["on"] == typed.op


def test_a_draft_on_a_text_that_was_fetched_takes_its_place(elsewhere: Storage) -> None:
    elsewhere.perform([_fetched(elsewhere, "看过别处再写")])
    elsewhere.perform([draft("n", "看过别处再写，又写")])
    assert (text_of(elsewhere, "n"), _beside(elsewhere)) == ("看过别处再写，又写", [])
    assert len(pushed(elsewhere).rows) == 1


def test_a_draft_on_a_text_that_was_fetched_replaces_none_that_waits_beside_it(elsewhere: Storage) -> None:
    elsewhere.perform([draft("n", "一二")])
    elsewhere.perform([_fetched(elsewhere, "别处，又写")])
    assert (text_of(elsewhere, "n"), _beside(elsewhere)) == ("别处，又写", ["一二"])
    assert [act.body["values"]["complaint"] for _, act in pushed(elsewhere).rows] == ["一二", "别处，又写"]


def test_who_typed_on_while_a_text_was_chosen_replaces_no_choice(elsewhere: Storage) -> None:
    elsewhere.perform([draft("n", "一二")])
    found = elsewhere.record("note", "n")
    assert found is not None
    (other,) = found.entity.unsettled
    both = {"category": "C3", "values": {"complaint": "两者"}, "log": []}
    choice = {"versions": [other.op], "body": both, "on": found.entity.written}
    elsewhere.perform([act("note.versions.settle", "n", **choice)])
    elsewhere.perform([draft("n", "一二三")])
    assert (text_of(elsewhere, "n"), _beside(elsewhere)) == ("两者", ["一二三"])


def test_what_the_server_answers_does_not_put_typing_beside(storage: Storage) -> None:
    storage.perform([note_opened("n")])
    for text in ("一", "一二", "一二三"):
        (done,) = storage.perform([draft("n", text)])
        confirm(storage, pushed(storage))
    storage.apply_page(page(put(1, "n", 4, "一二三", written=done.op)))
    storage.perform([draft("n", "一二三四")])
    assert (text_of(storage, "n"), _beside(storage)) == ("一二三四", [])
