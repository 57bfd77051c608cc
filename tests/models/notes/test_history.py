"""The history of a note out of the acts that are known, wherever they are known from."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from models.notes.history import Event, before, stages
from models.notes.note import Addendum, DraftVersion, Note, NoteBody, Signature, Signing
from models.operation import Operation

AT = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)


def minutes(count: int) -> datetime:
    return AT + timedelta(minutes=count)


def act(op: str, kind: str, at: int, body: dict[str, Any]) -> Operation:
    return Operation(op, f"note.{kind}", "n", "li", minutes(at), body)


def text(words: str) -> dict[str, Any]:
    return {"category": "C3", "values": {"complaint": words}, "log": []}


def body(words: str) -> NoteBody:
    return NoteBody("C3", {"complaint": words}, ())


NOTE = Note("n", "c", "li", "jz", "full", 1, AT, body("三"), updated_at=minutes(9), written="d3")
ACTS = (
    act("o", "open", 0, {}),
    act("d1", "draft.put", 2, {**text("一"), "stop": "hang_up"}),
    act("d2", "draft.put", 3, {**text("过路"), "stop": ""}),
    act("d3", "draft.put", 9, {**text("三"), "stop": "finish"}),
    act("f", "finish", 10, {"incomplete_reason": "来电者中断"}),
)


def told(note: Note, *acts: Operation) -> list[tuple[Event, str]]:
    return [
        (one.event, str(one.body.values["complaint"]) if one.body else one.words)
        for one in stages(note, acts)
    ]


def test_stops_in_their_order_and_nothing_between() -> None:
    assert told(NOTE, *ACTS) == [
        (Event.OPENED, ""),
        (Event.HANG_UP, "一"),
        (Event.FINISH, "三"),
        (Event.FINISHED, "来电者中断"),
    ]


def test_what_stands_now_is_told_where_no_act_of_it_is_known() -> None:
    assert told(NOTE) == [(Event.OPENED, ""), (Event.WRITTEN, "三")]
    typed_on = replace(NOTE, body=body("三四"), updated_at=minutes(20))
    assert told(typed_on, *ACTS)[-1] == (Event.WRITTEN, "三四")


def test_what_gave_way_what_was_signed_and_what_was_added_have_their_place() -> None:
    note = replace(
        NOTE,
        versions=(DraftVersion("b", minutes(5), body("旁")),),
        signatures=(Signature("s", minutes(11), "chen", Signing.LEAD, "a" * 64, "已核实"),),
        addenda=(Addendum("a", minutes(12), "li", "补记"),),
    )
    chosen = act("v", "versions.settle", 6, {"versions": ["b"], "body": text("选定")})
    assert told(note, *ACTS, chosen)[2:] == [
        (Event.BESIDE, "旁"),
        (Event.SETTLED, "选定"),
        (Event.FINISH, "三"),
        (Event.FINISHED, "来电者中断"),
        (Event.SIGNED, "已核实"),
        (Event.ADDED, "补记"),
    ]


def test_a_text_is_compared_with_the_one_that_stood_before_it() -> None:
    note = replace(NOTE, versions=(DraftVersion("b", minutes(5), body("旁")),))
    history = stages(note, ACTS)
    events = [one.event for one in history]
    assert before(history, events.index(Event.HANG_UP)) == NoteBody()
    assert before(history, events.index(Event.BESIDE)) == body("一")
    assert before(history, events.index(Event.FINISH)) == body("一"), "what stood beside it never stood"


def test_an_act_that_cannot_be_read_harms_no_other() -> None:
    broken = act("x", "draft.put", 4, {"category": 7, "stop": "level"})
    odd = act("y", "draft.put", 4, {**text("旧"), "stop": "unknown_stop"})
    assert told(NOTE, *ACTS, broken, odd)[2] == (Event.WRITTEN, "旧")


@given(st.permutations(list(ACTS * 2)))
def test_the_order_and_the_number_of_tellings_do_not_matter(acts: list[Operation]) -> None:
    assert stages(NOTE, acts) == stages(NOTE, ACTS)
