"""Two consoles know the same persons and cases through a real server, also what was written off line."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from console.people.behind import Behind
from console.runtime.waiting import wait_for
from console.workstation import Workstation
from models.calls.call import Call
from models.cases.case import Step, Why
from models.ids import new_id
from models.people.person import Part
from models.people.together import Together
from models.risk.quick_screen import AskState, Item
from tests.console.stand import NOWHERE, PATIENCE, Place, all_sent, at_work, until

Hire = Callable[..., str]


def number() -> str:
    """A number that no other test knows."""
    return f"139{int(new_id()[-7:], 16) % 10**8:08d}"


async def by_hand(station: Workstation, digits: str) -> Call:
    """A call opened by hand; the one before is over."""
    before = {one.id for one in station.calls.view.value.calls}
    station.calls.open_by_hand(digits)
    view = await until(station.calls.view, lambda view: {one.id for one in view.calls} - before)
    call = next(one for one in view.calls if one.id not in before)
    await until(station.notes.desk, lambda desk: desk.note is not None and desk.note.call == call.id)
    return call


async def over(station: Workstation, call: Call) -> None:
    station.finish_note("")
    station.calls.close_by_hand(call.id)
    await station.journal.flush()


async def behind(station: Workstation, call: Call, fits: Callable[[Behind], object]) -> Behind:
    known = await until(
        station.knowing.people.known, lambda known: call.id in known.behind and fits(known.behind[call.id])
    )
    return known.behind[call.id]


async def together(station: Workstation, person: str, fits: Callable[[Together], object]) -> Together:
    """A person as this console knows them, once that fits."""
    async with asyncio.timeout(PATIENCE):
        while True:
            found = await station.knowing.people.together(person)
            if found is not None and fits(found):
                return found
            await wait_for(asyncio.Event(), 0.05)


def test_who_was_named_here_is_known_at_the_next_seat_with_the_level(
    place: Place, hire: Hire, tmp_path: Path
) -> None:
    async def story() -> None:
        digits = number()
        async with at_work(place, hire()) as (seat, station):
            call = await by_hand(station, digits)
            station.risk.answer(Item.ACTING, AskState.YES)
            await station.knowing.note_down(call.id, "小雨", "海棠", Part.SELF)
            known = await behind(station, call, lambda one: one.chosen)
            person = known.chosen[0].id
            await over(station, call)
            told = await together(station, person, lambda one: one.told)
            assert told.last_level[0] == "R4"
            await all_sent(seat)
        other = replace(place, folder=tmp_path / "other", number="1002")
        async with at_work(other, hire()) as (_, second):
            await together(second, person, lambda one: one.told)
            again = await by_hand(second, digits)
            offered = await behind(second, again, lambda one: one.offered)
            assert (offered.offered[0].alias, offered.offered[0].code_word) == ("小雨", "海棠")
            assert offered.offered[0].last_level[0] == "R4"
            await second.knowing.choose(again.id, person, Part.SELF)
            (earlier,) = await second.knowing.earlier_assessments(again.id)
            # A colleague's words are not here: what everybody may know is.
            assert (earlier.call, earlier.peak, earlier.assessment) == (call.id, "R4", None)
            await over(second, again)

    asyncio.run(story())


async def begun(place: Place, author: str, colleague: str) -> tuple[str, str, str]:
    """A case of one call with a task, given to a colleague; case, person and call."""
    async with at_work(place, author) as (seat, station):
        call = await by_hand(station, number())
        await station.knowing.begin_case(call.id, "来电者一")
        opened = station.knowing.cases.opened.value
        assert opened
        assert opened.case
        assert opened.case.counsellor == author
        await station.knowing.cases.ask(opened.case.id, "家访", "FVOL", None)
        await station.knowing.cases.give(opened.case.id, colleague, "王")
        await over(station, call)
        await all_sent(seat)
        return opened.case.id, opened.together.id, call.id


def test_a_case_off_line_and_its_outcome_come_together(place: Place, hire: Hire, tmp_path: Path) -> None:
    async def story() -> None:
        author, colleague = hire(), hire()
        other = replace(place, folder=tmp_path / "other", number="1002")
        case, person, call = await begun(place, author, colleague)
        # The colleague has it, and answers while the author writes without a server.
        async with at_work(other, colleague) as (second_seat, second):
            mine = await until(second.knowing.cases.mine, lambda mine: mine.listed)
            (task,) = mine.listed[0].case.tasks
            async with at_work(replace(place, server=NOWHERE), author) as (_, station):
                await station.knowing.cases.write(case, "离线写下")
                await station.knowing.cases.turn(case, Why.RECOVERED, "")
            await second.knowing.cases.step(case, task.op, Step.DONE, "见到祖母")
            await second.knowing.cases.write(case, "在线写下")
            await all_sent(second_seat)
        async with at_work(place, author) as (seat, station):
            await all_sent(seat)
            cases = station.knowing.cases
            told = await until(cases.mine, lambda mine: any(one.answers for one in mine.listed))
            (listed,) = [one for one in told.listed if one.case.id == case]
            assert [one.words for one in listed.answers] == ["见到祖母"]
            assert {line.text for line in listed.case.story} == {"离线写下", "在线写下"}
            assert listed.case.closing == "recovered"
            await cases.heed(case, listed.answers[0].op)
            assert cases.mine.value.due == 0
            await cases.open(person)
            happened = cases.opened.value.happened if cases.opened.value else ()
            assert {one.words or one.call for one in happened} == {"见到祖母", call}

    asyncio.run(story())
