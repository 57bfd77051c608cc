"""Who calls: chosen, noted, taken back, merged; found again; and what is told of their calls."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from console.people.behind import Behind
from models.calls.call import Call
from models.people.person import Part
from models.people.together import Together
from tests.console.people.desk import PeopleDesk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[PeopleDesk]:
    desk = PeopleDesk(tmp_path)
    yield desk
    desk.close()


def behind(desk: PeopleDesk, call: Call) -> Behind:
    return asyncio.run(desk.people.read(call))


def noted(desk: PeopleDesk, call: Call, alias: str = "小雨", word: str = "", part: Part = Part.SELF) -> str:
    return asyncio.run(desk.people.note_down(call, alias, word, part))


def chosen(desk: PeopleDesk, call: Call) -> dict[str, Part]:
    known = behind(desk, call)
    return {one.alias: known.parts[one.id] for one in known.chosen}


def test_who_was_noted_once_is_offered_when_the_number_rings_again(desk: PeopleDesk) -> None:
    first = desk.call()
    assert behind(desk, first).persons == ()
    noted(desk, first, "小雨", "海棠")
    assert chosen(desk, first) == {"小雨": Part.SELF}
    again = behind(desk, desk.call())
    (known,) = again.offered
    assert (known.alias, known.code_word, len(known.met), again.chosen) == ("小雨", "海棠", 1, ())


def test_a_household_has_several_persons_and_a_hidden_number_none(desk: PeopleDesk) -> None:
    first, second = desk.call(), desk.call()
    noted(desk, first, "小雨")
    noted(desk, second, "母亲")
    third = desk.call()
    assert {one.alias for one in behind(desk, third).offered} == {"小雨", "母亲"}
    hidden = desk.call(number="")
    assert behind(desk, hidden) == Behind(hidden.id)
    noted(desk, hidden, "匿名者", "桥")
    (known,) = behind(desk, hidden).chosen
    assert known.callers == ()


def test_a_mother_calls_about_her_daughter(desk: PeopleDesk) -> None:
    first = desk.call()
    noted(desk, first, "母亲")
    noted(desk, first, "小雨", part=Part.SUBJECT)
    assert chosen(desk, first) == {"母亲": Part.CALLER, "小雨": Part.SUBJECT}
    mother, daughter = behind(desk, first).persons
    # Whoever is only spoken of does not call under this number.
    assert (len(mother.callers), daughter.callers) == (1, ())
    assert [one.alias for one in behind(desk, first).about] == ["小雨"]


def test_a_mistake_is_taken_back_with_the_number(desk: PeopleDesk) -> None:
    call = desk.call()
    person = noted(desk, call)
    asyncio.run(desk.people.take_back(call, person))
    assert behind(desk, call).persons == ()
    assert behind(desk, desk.call()).offered == ()
    # An earlier tie is not touched by a later mistake.
    asyncio.run(desk.people.choose(call, person, Part.SELF))
    later = desk.call()
    asyncio.run(desk.people.choose(later, person, Part.SELF))
    asyncio.run(desk.people.take_back(later, person))
    assert [one.id for one in behind(desk, later).offered] == [person]


def test_choosing_again_corrects_and_twice_is_one(desk: PeopleDesk) -> None:
    call = desk.call()
    first = noted(desk, call, "小雨")
    noted(desk, call, "小雪")
    assert chosen(desk, call) == {"小雪": Part.SELF}
    asyncio.run(desk.people.choose(call, first, Part.SELF))
    asyncio.run(desk.people.choose(call, first, Part.SELF))
    assert chosen(desk, call) == {"小雨": Part.SELF}
    (known,) = behind(desk, call).chosen
    assert len(known.callers) == 1


def test_they_are_found_by_any_name_they_ever_had(desk: PeopleDesk) -> None:
    person = noted(desk, desk.call(), "小雨", "海棠花")
    asyncio.run(desk.people.rename(person, "阿雨", "玉兰"))
    for words in ("小雨", "海棠", "阿", "玉兰"):
        asyncio.run(desk.people.look_for(words))
        assert [one.id for one in desk.people.sought.value.found] == [person]
    for words in ("雪", "%", "_", "  "):
        asyncio.run(desk.people.look_for(words))
        assert desk.people.sought.value.found == ()


def pair(desk: PeopleDesk) -> tuple[str, str, Call, Call]:
    one_call, other_call = desk.call(), desk.call("13900000000")
    return noted(desk, one_call, "小雨"), noted(desk, other_call, "小雪"), one_call, other_call


def together(desk: PeopleDesk, person: str) -> Together:
    found = asyncio.run(desk.people.together(person))
    assert found
    return found


def test_merging_shows_first_what_will_be_together_and_can_be_undone(desk: PeopleDesk) -> None:
    one, other, one_call, other_call = pair(desk)
    asyncio.run(desk.people.joining.propose(one, other))
    proposed = desk.people.joining.proposed.value
    assert proposed
    assert (proposed.one.alias, proposed.other.alias) == ("小雨", "小雪")
    assert together(desk, one).ids == {one}
    asyncio.run(desk.people.joining.merge(one, other))
    assert desk.people.joining.proposed.value is None
    both = together(desk, other)
    assert (both.id, sorted(both.ids)) == (one, sorted([one, other]))
    assert (len(both.callers), len(both.met)) == (2, 2)
    assert [found.id for found in behind(desk, one_call).persons] == [one]
    assert [found.id for found in behind(desk, other_call).persons] == [one]
    asyncio.run(desk.people.joining.part(both, other))
    assert together(desk, other).ids == {other}
    assert [meeting.call for _, meeting in together(desk, other).met] == [other_call.id]


def test_nobody_is_merged_with_themselves_and_a_chain_is_one(desk: PeopleDesk) -> None:
    one, other, _, call = pair(desk)
    third = noted(desk, desk.call("13700000000"), "小霜")
    asyncio.run(desk.people.joining.propose(one, one))
    assert desk.people.joining.proposed.value is None
    asyncio.run(desk.people.joining.merge(one, other))
    asyncio.run(desk.people.joining.merge(other, third))
    assert together(desk, third).ids == {one, other, third}
    # The one in the middle goes: the outer ones stay one.
    asyncio.run(desk.people.joining.part(together(desk, one), other))
    assert together(desk, third).ids == {one, third}
    assert together(desk, other).ids == {other}
    assert [found.id for found in behind(desk, call).persons] == [other]


def test_a_number_is_taken_from_a_person(desk: PeopleDesk) -> None:
    call = desk.call()
    person = noted(desk, call)
    asyncio.run(desk.people.untie(together(desk, person), behind(desk, call).caller))
    assert behind(desk, desk.call()).offered == ()


def test_what_everybody_may_know_of_a_call_is_told_once_and_again_when_it_changes(desk: PeopleDesk) -> None:
    call = desk.call(minutes=12)
    person = noted(desk, call)
    desk.live.add(call.id)
    asyncio.run(desk.telling.tell(call.id))
    assert together(desk, person).told == {}
    desk.live.clear()
    asyncio.run(desk.telling.tell(call.id))
    ((told,),) = together(desk, person).told.values()
    assert (told.seconds, told.level, told.assessment) == (720, "", "")
    desk.assess(call, "ideation_2w", "a1")
    asyncio.run(desk.telling.tell(call.id))
    asyncio.run(desk.telling.tell(call.id))
    assert together(desk, person).last_level[0] == "R2"
    assert desk.disk.written.count("person.tell") == 2


def test_earlier_assessments_are_those_of_the_person_and_not_of_the_number(desk: PeopleDesk) -> None:
    first, second, third = desk.call(), desk.call(), desk.call()
    person = noted(desk, first, "小雨")
    noted(desk, second, "母亲")
    for n, call in enumerate((first, second)):
        desk.assess(call, "acting", f"a{n}")
        asyncio.run(desk.telling.tell(call.id))
    assert asyncio.run(desk.telling.earlier(behind(desk, third))) == ()
    asyncio.run(desk.people.choose(third, person, Part.SELF))
    (earlier,) = asyncio.run(desk.telling.earlier(behind(desk, third)))
    assert (earlier.id, earlier.call, earlier.level, earlier.peak) == ("a0", first.id, "R4", "R4")
    assert earlier.assessment is not None


def test_the_view_shows_the_calls_of_the_seat_only(desk: PeopleDesk) -> None:
    call = desk.call()
    assert desk.people.is_new(call)
    asyncio.run(desk.people.recognise(call))
    assert not desk.people.is_new(call)
    noted(desk, call)
    assert desk.people.known.value.behind[call.id].chosen
    desk.people.keep([])
    assert desk.people.known.value.behind == {}
