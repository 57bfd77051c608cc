"""What the operator is told of a lead in the conversation, by the site's rule; the trace it leaves."""

import json
from typing import Any

import pytest

from models.calls.events import CallEnd, Ended, Offered, Origin, Watched, Watching
from models.clock import ManualClock
from models.ids import new_id
from models.people.operator import Role
from models.trace.entry import Act
from models.wire.commands import AskPicture, DialOut, Hold, TakeOver, Watch
from models.wire.line import Done, Happened, Picture
from server.central.config import read_config
from server.central.serving import open_made_database
from server.central.storage.engine import reading
from server.central.storage.trace import chains, links
from server.gateway.calls import LiveCalls
from server.gateway.exchange.unconfigured import Unconfigured
from server.gateway.seat import Seat
from server.gateway.supervising import Supervising
from tests.server.gateway.consoles import Console, Site, play
from tests.server.gateway.test_calls_written import Shift
from tests.server.gateway.test_calls_written import play as play_written
from tests.support.callbook import Callbook, callbook

CALLER = "13800000001"
LEAD = (Role.LEAD,)


async def do(console: Console, command: type[Any], call: str, **more: Any) -> Done:
    return await console.do(command(id=new_id(), call=call, **more))


async def talking(site: Site, operator: Console) -> str:
    site.scene.ring(CALLER, "12356")
    return await operator.answered()


async def watch(lead: Console, call: str, how: Watching) -> None:
    assert (await do(lead, Watch, call, how=how)).ok
    while call not in lead.board or "1009" not in lead.board[call].watchers:
        await lead.hear()
    while lead.board[call].watchers["1009"].how is not how:
        await lead.hear()


async def told(operator: Console, call: str) -> list[Watching]:
    """How the operator's console was told of the lead, by events and by a picture."""
    assert (await operator.do(AskPicture(id=new_id()))).ok
    events = [news.event for news in operator.heard if isinstance(news, Happened)]
    pictures = [news for news in operator.heard if isinstance(news, Picture)]
    known = [one for one in pictures[-1].calls if one.id == call]
    shown = [mark.how for one in known for mark in one.watchers.values()]
    return [event.how for event in events if isinstance(event, Watched)] + shown


def test_by_default_the_operator_is_told_who_listens() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as operator, site.console("1009", roles=LEAD) as lead:
            call = await talking(site, operator)
            await watch(lead, call, Watching.LISTEN)
            assert await told(operator, call) == [Watching.LISTEN, Watching.LISTEN]

    play(story)


def test_where_the_rule_says_so_the_operator_is_told_of_nobody_who_only_listens() -> None:
    async def story(site: Site) -> None:
        async with (
            site.at_work("1001") as operator,
            site.console("1009", roles=LEAD) as lead,
            site.console("1010", roles=(Role.SUPERVISOR,)) as other,
        ):
            call = await talking(site, operator)
            await watch(lead, call, Watching.LISTEN)
            assert await told(operator, call) == []
            assert (await do(lead, Watch, call, how=Watching.GONE)).ok
            assert (await do(operator, Hold, call)).ok
            assert await told(operator, call) == []
            # Another lead in the same conversation knows of the first.
            assert (await do(other, Watch, call, how=Watching.LISTEN)).ok
            while call not in other.board:
                await other.hear()
            assert "1009" in other.board[call].watchers

    play(story, discreet=True)


def test_whom_operators_hear_they_are_told_of_in_any_case() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as operator, site.console("1009", roles=LEAD) as lead:
            call = await talking(site, operator)
            await watch(lead, call, Watching.LISTEN)
            await watch(lead, call, Watching.WHISPER)
            assert await told(operator, call) == [Watching.WHISPER, Watching.WHISPER]
            await watch(lead, call, Watching.LISTEN)
            # The voice is gone; that the telephone is still there is nobody's business.
            assert await told(operator, call) == [Watching.WHISPER, Watching.GONE, Watching.GONE]

    play(story, discreet=True)


def test_of_the_calls_that_are_over_nobody_remembers_who_was_heard() -> None:
    calls = LiveCalls("jinzhong", Origin.LINE)
    supervising = Supervising(Unconfigured(), calls, ManualClock(), discreet=True)
    seat, at = Seat("1001", ManualClock().now()), ManualClock().now()
    for n in range(100):
        call = f"c{n}"
        calls.hear(Offered(f"{call}-in", call, at, "1001", "", "", at))
        heard = calls.hear(Watched(f"{call}-w", call, at, "1009", "li", Watching.WHISPER))
        assert heard
        supervising.tell(seat, *heard)
        calls.hear(Ended(f"{call}-end", call, at, CallEnd.NORMAL))
    assert supervising.heard == {("c99", "1009")}


@pytest.fixture
def book(tmp_path: Any) -> Callbook:
    return callbook(tmp_path / "hotline", "")


def traced(book: Callbook) -> list[dict[str, Any]]:
    """What the server has of the gateway's chain."""
    engine = open_made_database(read_config(book.folder))
    try:
        with reading(engine) as transaction:
            mine = [chain for chain in chains(transaction) if chain.operator == "gateway"]
            return [json.loads(link.text) for chain in mine for link in links(transaction, chain.epoch)]
    finally:
        engine.dispose()


@pytest.mark.expects_log("takes no part in calls of others")
@pytest.mark.expects_log("may not dial a number of the kind")
def test_each_use_and_each_refusal_leaves_its_trace_with_the_server(book: Callbook) -> None:
    async def story(shift: Shift) -> None:
        async with (
            shift.gateway() as site,
            site.at_work("1001") as operator,
            site.console("1002") as spy,
            site.console("1009", roles=LEAD) as lead,
        ):
            call = await talking(site, operator)
            assert (await do(spy, Watch, call, how=Watching.LISTEN)).why == "not_yours"
            assert (await do(spy, TakeOver, call)).why == "not_yours"
            barred = DialOut(id=new_id(), call=new_id(), dial="16812345", label="x")
            assert (await spy.do(barred)).why == "number_barred"
            await watch(lead, call, Watching.WHISPER)
            assert (await do(lead, Watch, call, how=Watching.GONE)).ok
            await book.shows(lambda _calls: len(traced(book)) >= 5)

    with book.running("server"):
        play_written(book, story)
    acts = [
        (Act.WATCHED, "op-1002", "listen", "not_yours"),
        (Act.TOOK_OVER, "op-1002", "", "not_yours"),
        (Act.DIALLED, "op-1002", "dial_out", "premium"),
        (Act.WATCHED, "op-1009", "whisper", ""),
        (Act.WATCHED, "op-1009", "gone", ""),
    ]
    kept = traced(book)
    assert "16812345" not in repr(kept)
    assert [(one["act"], one["actor"], one["where"], one["reason"]) for one in kept] == acts
    assert {(one["type"], one["workstation"]) for one in kept} == {("call", "gateway")}
