"""An act that is held holds what its author did later on the record; a lead lets it happen, or not."""

from typing import Any

import pytest

from models.calls.events import Direction
from models.operation import Operation, Outcome
from models.people.operator import Role
from models.sync.feeds import alert_feed, held_feed, own_feed
from models.sync.reduce import ENTITIES
from models.wire.sync import Pushed
from server.central.sync.soundness import MOST_OPERATION_BYTES
from tests.server.central.hotline import Case, Hotline, Workstation

LONG = "长" * (MOST_OPERATION_BYTES // 3)


@pytest.fixture
def lead(hotline: Hotline) -> Workstation:
    return hotline.seat(Role.OPERATOR, Role.LEAD)


def answers(desk: Workstation, *acts: Operation) -> list[tuple[str, str]]:
    return [(one.st.value, one.why) for one in desk.push(*acts).results]


def held(desk: Workstation, case: Case) -> tuple[Operation, Operation]:
    """An act that is too large, and the next on the same note."""
    first, second = case.draft(LONG, 1), case.draft("后来的话", 1)
    assert answers(desk, case.add(), case.open(), first, second) == [
        ("applied", ""),
        ("applied", ""),
        ("held", "too_large"),
        ("held", "behind"),
    ]
    return first, second


def text(desk: Workstation, case: Case) -> Any:
    document = desk.pull_all().has(own_feed(case.at.who), "note", case.note)
    return document["body"]["values"].get("complaint")


def waits(lead: Workstation) -> dict[str, str]:
    """What waits for a lead: acts with their reasons."""
    cards = lead.pull_all().drawer.get(held_feed(lead.hotline.site), {})
    return {op: doc["why"] for (_, op), (_, doc) in cards.items() if doc["state"] == "waiting"}


def decide(lead: Workstation, kind: str, act: Operation, **body: Any) -> tuple[str, str]:
    return answers(lead, lead.act(f"held.{kind}", act.op, body))[0]


def test_what_is_held_holds_the_authors_later_acts_and_nobody_elses(
    hotline: Hotline, lead: Workstation
) -> None:
    desk = hotline.seat()
    case, other = Case(desk), Case(desk)
    first, second = held(desk, case)
    assert answers(desk, other.open(), other.draft("别的记录", 1)) == [("applied", ""), ("applied", "")]
    assert answers(desk, case.finish(), case.add(direction=Direction.IN)) == [
        ("held", "behind"),
        ("applied", ""),
    ]
    third = hotline.stored("op_id", "type")
    finish = next(op for op, kind in third if kind == "note.finish")
    assert waits(lead) == {first.op: "too_large", second.op: "behind", finish: "behind"}


def test_a_released_act_happens_with_all_that_waited_behind_it(hotline: Hotline, lead: Workstation) -> None:
    desk = hotline.seat()
    case = Case(desk)
    first, second = held(desk, case)
    assert decide(lead, "release", second) == ("superseded", "behind")
    assert decide(lead, "release", first) == ("applied", "")
    assert waits(lead) == {}
    assert text(desk, case) == LONG
    note = desk.has(own_feed(desk.who), "note", case.note)
    assert [one["body"]["values"]["complaint"] for one in note["versions"]] == ["后来的话"]
    own = desk.drawer[own_feed(desk.who)]
    assert {own["held", one.op][1]["state"] for one in (first, second)} == {"released"}
    outcomes = dict(hotline.stored("op_id", "outcome"))
    assert (outcomes[first.op], outcomes[second.op]) == ("applied", "superseded")


def test_the_answer_to_an_act_that_is_sent_again_is_the_one_of_now(
    hotline: Hotline, lead: Workstation
) -> None:
    desk = hotline.seat()
    case = Case(desk)
    desk.push(case.open())
    push = desk.numbered(case.draft(LONG, 1))
    desk.send(push)
    assert decide(lead, "release", push.ops[0].value()) == ("applied", "")
    again = desk.send(push)
    assert isinstance(again, Pushed)
    assert [(one.st, one.dup) for one in again.results] == [(Outcome.APPLIED, True)]


def test_a_dismissed_act_never_happens_and_its_words_are_kept(hotline: Hotline, lead: Workstation) -> None:
    desk = hotline.seat()
    case = Case(desk)
    first, second = held(desk, case)
    assert decide(lead, "dismiss", first) == ("rejected", "reason")
    assert decide(lead, "dismiss", first, reason="重复提交") == ("applied", "")
    assert decide(lead, "release", first) == ("superseded", "settled")
    # What waited behind it is decided about next.
    assert waits(lead) == {second.op: "too_large"}
    assert decide(lead, "release", second) == ("applied", "")
    assert text(desk, case) == "后来的话"
    own = desk.drawer[own_feed(desk.who)]["held", first.op][1]
    assert (own["state"], own["reason"]) == ("dismissed", "重复提交")
    bodies = dict(hotline.stored("op_id", "body"))
    assert bodies[first.op]["values"]["complaint"] == LONG


def test_what_came_before_its_record_happens_when_the_record_comes(
    hotline: Hotline, lead: Workstation
) -> None:
    desk = hotline.seat()
    case, late = Case(desk), Case(desk)
    opened, draft = case.open(), case.draft("先到的话", 1)
    assert answers(desk, draft, case.answer("acting")) == [("held", "unknown_entity"), ("applied", "")]
    assert waits(lead) == {draft.op: "unknown_entity"}
    assert answers(desk, opened, late.draft("一", 1), late.open()) == [("applied", "")] * 3
    assert (text(desk, case), text(desk, late)) == ("先到的话", "一")
    assert waits(lead) == {}


def test_words_on_a_record_that_another_makes_wait_for_a_lead(hotline: Hotline, lead: Workstation) -> None:
    mine, other = hotline.seat(), hotline.seat()
    case = Case(mine)
    forged = other.act("note.draft.put", case.note, {"category": "C3", "values": {"complaint": "别人的"}}, 1)
    assert answers(other, forged) == [("held", "unknown_entity")]
    assert answers(mine, case.open(), case.draft("我的", 1)) == [("applied", "")] * 2
    assert waits(lead) == {forged.op: "not_yours"}
    assert text(mine, case) == "我的"


@pytest.mark.expects_log("is held: ArithmeticError")
def test_what_cannot_happen_waits_on_when_it_is_released(
    hotline: Hotline, lead: Workstation, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = hotline.seat()
    case = Case(desk)
    desk.push(case.open())

    def broken(*_: object) -> None:
        raise ArithmeticError

    with monkeypatch.context() as patch:
        patch.setattr("models.sync.reduce.ENTITIES", {**ENTITIES, "note": (ENTITIES["note"][0], broken)})
        poisoned = case.draft("毒", 1)
        assert answers(desk, poisoned) == [("held", "poisoned")]
        assert decide(lead, "release", poisoned) == ("superseded", "poisoned")
    assert waits(lead) == {poisoned.op: "poisoned"}
    assert decide(lead, "release", poisoned) == ("applied", "")
    assert text(desk, case) == "毒"


def test_only_a_lead_of_the_site_decides(hotline: Hotline) -> None:
    desk, stranger = hotline.seat(), hotline.seat(Role.LEAD, site="elsewhere")
    first, _ = held(desk, Case(desk))
    for who in (desk, stranger, hotline.seat(Role.GATEWAY)):
        assert decide(who, "release", first)[0] == "rejected"
    assert decide(stranger, "release", desk.act("x.y", "z", {})) == ("rejected", "unknown_entity")
    assert held_feed(hotline.site) not in desk.pull_all().drawer


def test_the_words_reach_a_lead_only_where_the_call_is_alarming(hotline: Hotline, lead: Workstation) -> None:
    desk = hotline.seat()
    calm, red = Case(desk), Case(desk)
    desk.push(red.open(), red.answer("acting"))
    theirs = [held(desk, calm)[1], red.draft(LONG, 1), red.draft("红", 1)]
    desk.push(*theirs[1:])
    lead.pull_all()
    assert "后来的话" not in str(lead.drawer)
    assert lead.has(alert_feed(hotline.site), "held", theirs[2].op)["body"]["values"] == {"complaint": "红"}
    assert set(waits(lead)) >= {one.op for one in theirs}
