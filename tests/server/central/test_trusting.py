"""What is taken for new without a question is found out where it is not, and answered as if asked."""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection

from models.ids import call_id, event_id, is_drawn, new_id
from models.operation import Operation, Outcome
from models.wire.sync import PushedOperation, PushRefused
from server.central.storage.ledger import Known, known_operations
from server.central.sync import push, taking
from server.central.sync.trusting import Trust
from tests.server.central.hotline import Case, Hotline, Workstation

Asked = list[Collection[Any]]


def asking(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> Asked:
    """What is asked for from now on, question by question."""
    asked: Asked = []
    ask: Callable[[Connection, Collection[Any]], Any] = getattr(module, name)

    def heard(connection: Connection, these: Collection[Any]) -> Any:
        asked.append(set(these))
        return ask(connection, these)

    monkeypatch.setattr(module, name, heard)
    return asked


@pytest.fixture(params=["trusting", "asking"])
def either_way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "asking":
        monkeypatch.setattr(push, "trust_in", lambda _prepared, _last: Trust())


def anew(desk: Workstation) -> Workstation:
    """The same person at the same device after its disk was restored."""
    return replace(desk, epoch=new_id(), seq=0)


def opened_again(desk: Workstation, case: Case) -> Operation:
    """Another act that opens the same note."""
    return replace(case.open(), op=new_id())


def test_ids_of_chance_are_told_from_those_of_events() -> None:
    assert is_drawn(new_id())
    assert not is_drawn(call_id("exchange", "1"))
    assert not is_drawn(event_id("call", "ended"))
    assert not is_drawn("7" * 31)
    assert not is_drawn("")


def test_a_new_note_is_not_asked_for(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    acts, records = asking(monkeypatch, push, "known_operations"), asking(monkeypatch, taking, "find_records")
    desk = hotline.seat()
    case = Case(desk)
    answer = desk.push(case.open(), case.draft("一", 1))
    assert [one.ver for one in answer.results] == [1, 2]
    assert acts == [set()]
    assert records == [set()]


def test_what_others_may_have_told_and_what_came_before_is_asked_for(
    hotline: Hotline, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = hotline.seat()
    case = Case(desk)
    opened = case.open()
    desk.push(opened)
    acts = asking(monkeypatch, push, "known_operations")
    call, event = new_id(), event_id("call", "ended")
    body = {"kind": "ended", "id": event, "call": call, "at": hotline.clock.now().isoformat(), "end": "E2"}
    told = desk.act("call.event", call, body, op=event)
    again = replace(desk, seq=0)
    again.push(opened, told)
    assert acts == [{opened.op, event}]


@pytest.mark.usefixtures("either_way")
def test_a_note_that_is_there_is_not_opened_again(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    desk.push(case.open(), case.draft("一", 1))
    answer = desk.push(opened_again(desk, case), Case(desk).open())
    assert [(one.st, one.ver, one.dup) for one in answer.results] == [
        (Outcome.SUPERSEDED, 2, False),
        (Outcome.APPLIED, 1, False),
    ]
    note = desk.pull_all().has(f"op:{desk.who}", "note", case.note)
    assert note["body"]["values"]["complaint"] == "一"


@pytest.mark.usefixtures("either_way")
def test_a_note_of_somebody_else_is_not_taken_over(hotline: Hotline) -> None:
    mine, theirs = hotline.seat(), hotline.seat()
    case = Case(mine)
    mine.push(case.open())
    answer = theirs.push(replace(case.open(), op=new_id(), actor=theirs.who))
    assert [(one.st, one.why) for one in answer.results] == [(Outcome.HELD, "not_yours")]
    assert mine.pull_all().has(f"op:{mine.who}", "note", case.note)["author"] == mine.who


@pytest.mark.usefixtures("either_way")
def test_acts_of_before_a_restored_disk_are_known_each(hotline: Hotline) -> None:
    desk = hotline.seat()
    case, lost = Case(desk), Case(desk)
    acts = (case.open(), case.draft("一", 1), lost.draft("二", 1), case.draft("三", 1))
    first = desk.push(*acts)
    again = anew(desk).push(*acts, Case(desk).open())
    assert [one.st for one in first.results] == [
        Outcome.APPLIED,
        Outcome.APPLIED,
        Outcome.HELD,
        Outcome.SUPERSEDED,
    ]
    told = [(one.st, one.why, one.ver) for one in first.results]
    assert [(one.st, one.why, one.ver) for one in again.results[:4]] == told
    assert [one.dup for one in again.results] == [True, True, True, True, False]
    assert len(hotline.stored("op_id")) == 5


@pytest.mark.usefixtures("either_way")
def test_a_known_act_with_other_words_is_refused_under_a_new_epoch(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    opened = case.open()
    desk.push(opened)
    altered = anew(desk)
    message = altered.numbered(replace(opened, body={**opened.body, "form": "short"}))
    assert altered.send(message) == PushRefused(why="mutated")
    assert len(hotline.stored("op_id")) == 1


@pytest.mark.usefixtures("either_way")
def test_two_acts_with_one_number_are_answered_as_ever(hotline: Hotline) -> None:
    desk = hotline.seat()
    known = Case(desk).open()
    desk.push(known)
    broken = anew(desk)
    message = broken.numbered(Case(broken).open())
    twice = message.model_copy(update={"ops": (*message.ops, PushedOperation.of(1, known))})
    answer = broken.send(twice)
    assert not isinstance(answer, PushRefused)
    assert [one.dup for one in answer.results] == [False, True]


def test_a_doubted_note_is_asked_for(hotline: Hotline, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = hotline.seat()
    acts = asking(monkeypatch, push, "known_operations")
    opened = replace(Case(desk).open(), actor="somebody")
    answer = desk.push(opened)
    assert [(one.st, one.why) for one in answer.results] == [(Outcome.REJECTED, "actor")]
    assert acts == [set(), {opened.op}]
    assert len(hotline.stored("op_id")) == 1


def test_nothing_is_known_of_no_act(hotline: Hotline) -> None:
    found: dict[str, Known] = {}
    with hotline.engine.connect() as connection:
        assert known_operations(connection, []) == found
