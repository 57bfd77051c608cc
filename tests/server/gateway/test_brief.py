"""What a colleague is told with the call, and who is there to ask, over real WebSockets."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from models.calls.brief import Brief
from models.calls.call import CallState
from models.ids import new_id
from models.shifts.colleague import Colleague
from models.wire.commands import Answer, HangUp, Invite, Leave, Transfer
from models.wire.handover import AskColleagues, Colleagues, TellColleague
from models.wire.line import Done, Picture
from tests.server.gateway.consoles import Console, Site, play
from tests.server.gateway.test_colleague import CALLER, asked, do, here

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
WORDS = ("计划今晚,身边有药", "母亲在路上", "答应等我们")
TOLD: dict[str, Any] = {"note": "note-1", "level": "R4", "red": True, "lines": WORDS, "at": AT}


async def brief(console: Console, call: str, *fits: str) -> Brief:
    """The last brief of the call, once its first line is this."""
    while True:
        pictures = [news for news in console.heard if isinstance(news, Picture)]
        told = [one for one in pictures[-1].briefs if one.call == call]
        if told and (not fits or told[-1].lines[0] in fits):
            return told[-1]
        await console.hear()


def test_a_colleague_is_told_the_three_lines_with_the_ring_whoever_says_so_is_the_ticket() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as first, site.console("1002") as second:
            site.scene.ring(CALLER, "12356")
            call = await first.answered()
            assert (await do(first, TellColleague, call, **TOLD, operator="op-9", name="别人")).ok
            assert (await do(first, Invite, call, party=new_id(), seat="1002", label="练习员")).ok
            await here(second, call, CallState.RINGING)
            expected = Brief(call, "note-1", "R4", True, WORDS, AT, "1001", "op-1001", "练习员 1001")
            assert await brief(second, call) == expected

    play(story)


def test_later_words_take_the_place_of_earlier_ones_and_a_new_console_hears_them() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as first:
            async with site.console("1002") as second:
                site.scene.ring(CALLER, "12356")
                call = await first.answered()
                assert (await do(first, TellColleague, call, **TOLD)).ok
                assert (await do(first, Transfer, call, seat="1002", label="练习员")).ok
                await here(second, call, CallState.RINGING)
                assert (await do(second, Answer, call)).ok
                await here(second, call, CallState.TALKING)
            async with site.console("1002") as back:
                assert (await brief(back, call)).lines == WORDS
                late = await do(first, TellColleague, call, **{**TOLD, "lines": ("改口",)})
                assert late.why == "not_yours"
                # The next to be asked hears both, the last speaker last.
                assert (await do(back, TellColleague, call, **{**TOLD, "lines": ("第二位",)})).ok
                await brief(back, call, "第二位")
                told = [news for news in back.heard if isinstance(news, Picture)][-1].briefs
                assert [one.seat for one in told] == ["1001", "1002"]

    play(story)


def test_nobody_else_hears_and_with_the_call_the_words_are_gone() -> None:
    async def story(site: Site) -> None:
        async with (
            site.at_work("1001") as first,
            site.console("1002") as second,
            site.console("1003") as third,
        ):
            call, _ = await asked(site, first)
            await here(second, call, CallState.RINGING)
            assert (await do(third, TellColleague, call, **TOLD)).why == "not_yours"
            # Who is only asked in hands nothing on.
            assert (await do(second, TellColleague, call, **TOLD)).why == "not_yours"
            assert (await do(first, TellColleague, call, **TOLD)).ok
            await brief(second, call)
            assert (await do(second, Leave, call)).ok
            await here(second, call, None)
            assert (await do(first, HangUp, call)).ok
            await here(first, call, CallState.ENDED)
        async with site.console("1001") as again:
            assert not any(news.briefs for news in again.heard if isinstance(news, Picture))

    play(story)


def test_a_caller_whom_nobody_took_brings_the_words_to_whoever_answers_next() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as first, site.console("1002") as second:
            site.scene.ring(CALLER, "12356")
            call = await first.answered()
            assert (await do(first, TellColleague, call, **TOLD)).ok
            assert (await do(first, Transfer, call, seat="1002", label="练习员")).ok
            await here(second, call, CallState.RINGING)
            async with site.at_work("1003") as third:
                assert (await do(second, Leave, call)).ok
                (again,) = await third.shows(CallState.RINGING)
                assert again.id != call
                told = await brief(third, again.id)
                assert (told.lines, told.seat, told.call) == (WORDS, "1001", again.id)
                # Another caller, or the same one later, has nothing to do with it.
                site.scene.caller_hangs_up(again.id)
                await here(third, again.id, CallState.ENDED)
                site.scene.ring(CALLER, "12356")
                (later,) = await third.shows(CallState.RINGING)
                assert not [one for one in third.heard[-1:] if isinstance(one, Picture) and one.briefs]
                assert later.id not in (call, again.id)

    play(story)


@pytest.mark.expects_log("malformed frame")
def test_words_that_are_no_brief_are_refused() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as first:
            site.scene.ring(CALLER, "12356")
            call = await first.answered()
            for changes in ({"level": "R9"}, {"lines": ("一", "二", "三", "四")}, {"lines": ("长" * 121,)}):
                frame = {"kind": "tell_colleague", "id": new_id(), "call": call, **TOLD, "at": AT.isoformat()}
                await first.socket.send(json.dumps({**frame, **changes}))
                assert (await first.until(Done)).why == "malformed"

    play(story)


async def there(console: Console, *expected: Colleague) -> None:
    """Wait until this is the latest that was told."""
    while [news.there for news in console.heard if isinstance(news, Colleagues)][-1:] != [expected]:
        await console.hear()


def test_who_asks_hears_who_is_there_and_free_until_they_ask_no_more() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as first:
            assert (await first.do(AskColleagues(id=new_id(), on=True))).ok
            await there(first)
            async with site.console("1002") as second:
                await there(first, Colleague("1002", "练习员 1002", True))
                call, _ = await asked(site, first)
                await here(second, call, CallState.RINGING)
                await there(first, Colleague("1002", "练习员 1002", False))
            await there(first)
            assert (await first.do(AskColleagues(id=new_id(), on=False))).ok
            heard = len(first.heard)
            async with site.console("1002"):
                await first.do(AskColleagues(id=new_id(), on=False))
            assert not any(isinstance(news, Colleagues) for news in first.heard[heard:])

    play(story)
