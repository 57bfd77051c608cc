"""Cases of an operator over a real local database: begun, told, given, closed, found, and what is due."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from console.cases.service import Listed
from models.cases.case import Case, Step, Why
from models.people.person import Part
from tests.console.people.desk import PeopleDesk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PeopleDesk]:
    desk = PeopleDesk(tmp_path)
    yield desk
    desk.close()


def begun(desk: PeopleDesk, alias: str = "小雨") -> tuple[str, str]:
    call = desk.call()
    person = asyncio.run(desk.people.note_down(call, alias, "", Part.SELF))
    return asyncio.run(desk.cases.begin(person, call.id)), person


def opened(desk: PeopleDesk, person: str) -> Case:
    asyncio.run(desk.cases.open(person))
    shown = desk.cases.opened.value
    assert shown
    assert shown.case
    return shown.case


def listed(desk: PeopleDesk) -> tuple[Listed, ...]:
    asyncio.run(desk.cases.refresh())
    return desk.cases.mine.value.listed


def test_a_case_is_begun_once_and_is_mine(desk: PeopleDesk) -> None:
    case, person = begun(desk)
    assert asyncio.run(desk.cases.begin(person)) == case
    known = opened(desk, person)
    assert (known.id, known.counsellor, len(known.links)) == (case, "zhang", 1)
    assert [one.type for one in desk.seen] == ["case"]
    asyncio.run(desk.cases.turn(case, Why.RECOVERED, "好了"))
    assert asyncio.run(desk.cases.begin(person)) != case


def test_a_merged_person_has_the_case_of_the_other(desk: PeopleDesk) -> None:
    case, person = begun(desk)
    other = asyncio.run(desk.people.note_down(desk.call("13900000000"), "雨点", "", Part.SELF))
    asyncio.run(desk.people.joining.merge(other, person))
    assert opened(desk, other).id == case
    assert asyncio.run(desk.cases.begin(other)) == case


def test_what_is_told_and_struck_out(desk: PeopleDesk) -> None:
    case, person = begun(desk)
    for text in ("第一句", "  ", "第二句"):
        asyncio.run(desk.cases.write(case, text))
    asyncio.run(desk.cases.involve(case, "祖母", "亲友", "知道来电"))
    known = opened(desk, person)
    assert [one.text for one in known.story] == ["第一句", "第二句"]
    asyncio.run(desk.cases.strike(case, known.story[0].op))
    shown = desk.cases.opened.value
    assert shown
    assert shown.case
    assert [one.text for one in shown.case.standing(shown.case.story)] == ["第二句"]
    assert [one.name for one in shown.case.involved] == ["祖母"]


def test_what_is_due_comes_first_and_goes_when_it_is_done(desk: PeopleDesk) -> None:
    first, _ = begun(desk, "一")
    second, _ = begun(desk, "二")
    asyncio.run(desk.cases.ask(first, "家访", "FVOL", desk.clock.now() + timedelta(days=1)))
    assert [one.due for one in listed(desk)] == [(), ()]
    desk.clock.forward(timedelta(days=2).total_seconds())
    found = listed(desk)
    assert [one.case.id for one in found] == [first, second]
    assert desk.cases.mine.value.due == 1
    asyncio.run(desk.cases.step(first, found[0].due[0].op, Step.DONE, "见到祖母"))
    assert desk.cases.mine.value.due == 0
    # My own outcome is no news to me.
    assert [one.answers for one in listed(desk)] == [(), ()]


def test_a_closed_case_leaves_the_list_and_comes_back(desk: PeopleDesk) -> None:
    case, _ = begun(desk)
    asyncio.run(desk.cases.turn(case, Why.LOST, ""))
    assert listed(desk) == ()
    asyncio.run(desk.cases.turn(case, None, "又来电"))
    assert [one.case.id for one in listed(desk)] == [case]


def test_cases_are_found_by_story_task_name_and_alias(desk: PeopleDesk) -> None:
    case, _ = begun(desk, "小雨")
    other, _ = begun(desk, "桥上的人")
    asyncio.run(desk.cases.write(case, "说起祖母住院"))
    asyncio.run(desk.cases.ask(other, "联系学校", "FSCH", None))
    assert desk.cases.find("  ") is None
    for words, wanted in (("祖母", {case}), ("学校", {other}), ("桥上", {other}), ("没有", set())):
        assert desk.cases.find(words) == frozenset(wanted)


def test_it_is_given_and_taken(desk: PeopleDesk) -> None:
    case, person = begun(desk)
    asyncio.run(desk.cases.give(case, "wang", "王"))
    assert opened(desk, person).counsellor == "wang"
    asyncio.run(desk.cases.take(case))
    assert opened(desk, person).counsellors == ("wang", "zhang")
    asyncio.run(desk.cases.link(case, "referral", "r", "c"))
    assert [one.kind for one in opened(desk, person).links] == ["call", "referral"]


def test_nobody_known_is_no_history(desk: PeopleDesk) -> None:
    asyncio.run(desk.cases.open("nobody"))
    assert desk.cases.opened.value is None
    begun(desk)
    desk.cases.put_away()
    assert desk.cases.opened.value is None
