"""A lead at the conversation of another seat, over real WebSockets; others are refused."""

from typing import Any

import pytest

from models.calls.call import CallState
from models.calls.events import Watched, Watching
from models.calls.place import state_at, watches
from models.ids import new_id
from models.people.operator import Role
from models.shifts.duty import DutyState
from models.wire.commands import HangUp, Hold, TakeOver, Watch
from models.wire.line import Done, DutyChanged, Happened
from tests.server.gateway.consoles import Console, Site, play

CALLER = "13800000001"


async def do(console: Console, command: type[Any], call: str, **more: Any) -> Done:
    return await console.do(command(id=new_id(), call=call, **more))


async def talking(site: Site, operator: Console) -> str:
    site.scene.ring(CALLER, "12356")
    return await operator.answered()


def test_a_lead_finds_the_call_by_the_duty_and_listens() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as operator, site.console("1009", roles=(Role.LEAD,)) as lead:
            call = await talking(site, operator)
            told = await lead.until(DutyChanged, lambda news: news.duty.state is DutyState.TALKING)
            assert told.duty.call == call
            assert (await do(lead, Watch, call, how=Watching.LISTEN)).ok
            while call not in lead.board or not watches(lead.board[call], "1009"):
                await lead.hear()
            assert lead.board[call].number == CALLER
            assert state_at(lead.board[call], "1009") is None
            seen = await operator.until(Happened, lambda news: isinstance(news.event, Watched))
            assert isinstance(seen.event, Watched)
            assert (seen.event.seat, seen.event.operator) == ("1009", "op-1009")
            assert (await do(operator, Hold, call)).ok
            while lead.board[call].state is not CallState.HELD:
                await lead.hear()
            for command in (Hold, HangUp):
                assert (await do(lead, command, call)).why == "not_yours"
            assert (await do(lead, Watch, call, how=Watching.GONE)).ok
            assert (await do(lead, Watch, call, how=Watching.GONE)).why == "not_now"

    play(story)


def test_a_lead_takes_a_conversation_over() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as operator, site.console("1009", roles=(Role.SUPERVISOR,)) as lead:
            call = await talking(site, operator)
            assert (await do(lead, TakeOver, call)).ok
            await lead.shows(CallState.TALKING)
            await operator.shows()
            known = lead.board[call]
            assert known.handed
            assert (known.handed.seat, known.handed.operator) == ("1009", "op-1009")
            assert (await do(lead, TakeOver, call)).why == "not_now"
            assert (await do(operator, HangUp, call)).why == "not_yours"
            assert (await do(lead, HangUp, call)).ok
            await lead.shows()

    play(story)


@pytest.mark.expects_log("takes no part in calls of others")
def test_who_leads_nobody_neither_watches_nor_takes_over() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as operator, site.console("1002") as other:
            call = await talking(site, operator)
            for how in Watching:
                assert (await do(other, Watch, call, how=how)).why == "not_yours"
            assert (await do(other, TakeOver, call)).why == "not_yours"
            assert (await do(operator, TakeOver, call)).why == "not_yours"
            assert not operator.board[call].watchers

    play(story)


def test_a_ring_and_a_call_that_is_over_are_not_watched() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as operator, site.console("1009", roles=(Role.LEAD,)) as lead:
            call = site.scene.ring(CALLER, "12356")
            await operator.shows(CallState.RINGING)
            assert (await do(lead, Watch, call, how=Watching.LISTEN)).why == "not_now"
            site.scene.caller_hangs_up(call)
            await operator.shows()
            assert (await do(lead, Watch, call, how=Watching.LISTEN)).why == "no_such_call"

    play(story)
