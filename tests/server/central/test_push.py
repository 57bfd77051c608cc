from dataclasses import replace

import pytest
from sqlalchemy import Engine

from models.ids import new_id
from models.operation import Outcome
from models.people.operator import Role
from models.schema import PRESENT, SCHEMA, Span
from models.wire.sync import Push, Pushed, PushedOperation, PushRefused
from tests.server.central.hotline import Case, Hotline


def test_the_same_push_twice_is_applied_once_and_answered_alike(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    push = desk.numbered(case.add(), case.open(), case.draft("一", 1))
    first = desk.send(push)
    again = desk.send(push)
    assert isinstance(first, Pushed)
    assert isinstance(again, Pushed)
    assert [one.ver for one in first.results] == [1, 1, 2]
    assert not any(one.dup for one in first.results)
    assert again.results == tuple(one.model_copy(update={"dup": True}) for one in first.results)
    assert again.last == first.last == 3
    assert len(hotline.stored("op_id")) == 3


def test_part_of_a_push_that_is_known_counts_as_known(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    push = desk.numbered(case.add(), case.open())
    desk.send(push)
    longer = push.model_copy(update={"ops": (*push.ops, PushedOperation.of(3, case.draft("一", 1)))})
    answer = desk.send(longer)
    assert isinstance(answer, Pushed)
    assert [one.dup for one in answer.results] == [True, True, False]


def test_an_operation_twice_in_one_push_is_one(hotline: Hotline) -> None:
    desk = hotline.seat()
    add = Case(desk).add()
    answer = desk.push(add, add)
    assert [one.st for one in answer.results] == [Outcome.APPLIED] * 2
    assert [one.dup for one in answer.results] == [False, True]
    assert answer.last == 2


def test_a_gap_is_refused_with_the_expected_number_and_leaves_nothing(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    desk.push(case.add())
    push = desk.numbered(case.open(), case.finish())
    assert desk.send(push.model_copy(update={"ops": push.ops[1:]})) == PushRefused(
        why="gap", expected=2, last=1
    )
    holed = Push(app="test", epoch=desk.epoch, ops=(push.ops[0], PushedOperation.of(4, case.finish())))
    assert desk.send(holed) == PushRefused(why="gap", expected=3, last=1)
    assert len(hotline.stored("op_id")) == 1


def test_another_operation_at_a_known_number_is_a_fork(hotline: Hotline) -> None:
    desk = hotline.seat()
    desk.push(Case(desk).add(), Case(desk).add())
    clone = replace(desk, seq=1)
    assert clone.send(clone.numbered(Case(clone).add())) == PushRefused(why="fork", last=2)
    assert len(hotline.stored("op_id")) == 2


def test_a_device_belongs_to_one_person(hotline: Hotline) -> None:
    mine, theirs = hotline.seat(), hotline.seat()
    mine.push(Case(mine).add())
    thief = replace(theirs, epoch=mine.epoch, seq=1)
    assert thief.send(thief.numbered(Case(thief).add())) == PushRefused(why="fork", last=1)


def test_a_known_operation_under_a_new_epoch_is_a_duplicate(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    add, opened = case.add(), case.open()
    desk.push(add, opened)
    restored = replace(desk, epoch=new_id(), seq=0)
    answer = restored.push(opened, case.draft("一", 1))
    assert [(one.st, one.dup) for one in answer.results] == [
        (Outcome.APPLIED, True),
        (Outcome.APPLIED, False),
    ]
    assert answer.last == 2
    assert len(hotline.stored("op_id")) == 3


def test_the_same_id_with_other_content_is_refused(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    opened = case.open()
    desk.push(opened)
    altered = replace(opened, body={**opened.body, "form": "short"})
    again = replace(desk, seq=0)
    assert again.send(again.numbered(altered)) == PushRefused(why="mutated")
    later = replace(desk, epoch=new_id(), seq=0)
    assert later.send(later.numbered(altered)) == PushRefused(why="mutated")


def test_two_witnesses_of_one_event_of_a_call_write_one_operation(hotline: Hotline) -> None:
    gateway, desk = hotline.seat(Role.GATEWAY), hotline.seat()
    call, event = new_id(), new_id()
    at = hotline.clock.now().isoformat()
    body = {"kind": "ended", "id": event, "call": call, "at": at, "end": "E2"}
    gateway.push(gateway.act("call.event", call, body, op=event))
    hotline.clock.forward(1)
    answer = desk.push(desk.act("call.event", call, body, op=event))
    assert [(one.st, one.dup) for one in answer.results] == [(Outcome.APPLIED, True)]


def test_a_draft_on_an_outdated_base_is_kept_beside(hotline: Hotline) -> None:
    desk = hotline.seat()
    case = Case(desk)
    answer = desk.push(case.open(), case.draft("一", 1), case.draft("二", 1))
    assert [one.st for one in answer.results] == [Outcome.APPLIED, Outcome.APPLIED, Outcome.SUPERSEDED]
    assert answer.results[2].ver == 3
    note = desk.pull_all().has(f"op:{desk.who}", "note", case.note)
    assert note["body"]["values"]["complaint"] == "一"
    assert note["versions"][0]["body"]["values"]["complaint"] == "二"


def test_an_unknown_entity_is_held_and_blocks_nothing(hotline: Hotline) -> None:
    desk = hotline.seat()
    lost, case = Case(desk), Case(desk)
    answer = desk.push(lost.draft("一", 1), case.open())
    assert [(one.st, one.why) for one in answer.results] == [
        (Outcome.HELD, "unknown_entity"),
        (Outcome.APPLIED, ""),
    ]
    assert ("held", {"category": "C3", "values": {"complaint": "一"}}) in hotline.stored("outcome", "body")


@pytest.mark.parametrize("field", ["proto", "schema_version"])
def test_a_newer_protocol_or_schema_is_refused(hotline: Hotline, field: str) -> None:
    desk = hotline.seat()
    push = desk.numbered(Case(desk).add()).model_copy(update={field: SCHEMA + 1})
    oldest = PRESENT.oldest_pushed
    assert desk.send(push) == PushRefused(why="schema", min_schema=oldest, newest_schema=SCHEMA)


def test_a_push_is_taken_from_three_schemas_back(hotline: Hotline) -> None:
    old = replace(hotline.desks.push, span=Span(7, oldest_pushed=4, oldest_pulled=7))
    desk = hotline.seat()
    push = desk.numbered(Case(desk).add())
    refused = old.push(desk.ticket, push.model_copy(update={"schema_version": 3}))
    assert refused == PushRefused(why="schema", min_schema=4, newest_schema=7)
    taken = old.push(desk.ticket, push.model_copy(update={"schema_version": 4}))
    assert isinstance(taken, Pushed)


def test_practice_tickets_and_practice_calls_open_no_real_record(hotline: Hotline) -> None:
    desk = hotline.seat()
    answer = desk.push(Case(desk).add(origin="practice"))
    assert [(one.st, one.why) for one in answer.results] == [(Outcome.REJECTED, "practice")]
    playing = replace(desk, ticket=replace(desk.ticket, practice=True))
    assert playing.send(playing.numbered(Case(desk).add())) == PushRefused(why="practice")


def test_a_practice_server_takes_no_real_ticket(engine: Engine) -> None:
    hotline = Hotline(engine, practice=True)
    desk = hotline.seat()
    assert desk.push(Case(desk).add(origin="practice")).results[0].st is Outcome.APPLIED
    real = replace(desk, ticket=replace(desk.ticket, practice=False))
    assert real.send(real.numbered(Case(desk).add())) == PushRefused(why="practice")
