"""What a colleague was told of a call outlives the gateway that passed it on, and the console as well."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from models.calls.brief import Brief
from models.calls.call import Call, CallState
from models.calls.witnessing import Seen
from models.clock import ManualClock
from models.wire.commands import Answer, HangUp, Transfer
from models.wire.handover import TellColleague
from server.gateway.app import running
from server.gateway.exchange.simulated import Simulated
from server.gateway.settings import AccountSettings
from server.gateway.storage.outbox import Outbox
from tests.server.gateway.consoles import GIVE_UP, PRIVATE, Site, settings_of
from tests.server.gateway.test_brief import TOLD, WORDS, brief
from tests.server.gateway.test_colleague import CALLER, do, here

KEY = bytes(range(32))
AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
FIRST = Brief("call-1", "note-1", "R4", True, WORDS, AT, "1001", "op-1001", "练习员 1001")


@pytest.mark.expects_log("the server")
def test_gateway_and_receiving_console_begin_anew_while_the_server_is_away(tmp_path: Path) -> None:
    async def evening() -> None:
        clock = ManualClock()
        exchange = Simulated(clock)
        account = AccountSettings(PRIVATE, tmp_path / "outbox.db", KEY)
        settings = settings_of(account=account, server="http://127.0.0.1:9")
        async with running(settings, clock, exchange) as gateway:
            site = Site(gateway.url, clock, exchange)
            async with site.at_work("1001") as first, site.console("1002") as second:
                site.scene.ring(CALLER, "12356")
                call = await first.answered()
                assert (await do(first, TellColleague, call, **TOLD)).ok
                assert (await do(first, Transfer, call, seat="1002", label="练习员")).ok
                await here(second, call, CallState.RINGING)
                assert (await do(second, Answer, call)).ok
                await here(second, call, CallState.TALKING)
        async with (
            running(settings, clock, exchange) as gateway,
            Site(gateway.url, clock, exchange).console("1002") as back,
        ):
            told = await brief(back, call)
            assert (told.lines, told.level, told.red, told.name) == (WORDS, "R4", True, "练习员 1001")
            assert (await do(back, HangUp, call)).ok
            assert await back.shows() == []
        outbox = Outbox(tmp_path / "outbox.db", KEY, "gateway")
        try:
            assert outbox.briefs() == ()
        finally:
            outbox.close()

    async def limited() -> None:
        async with asyncio.timeout(GIVE_UP):
            await evening()

    asyncio.run(limited())


def test_the_last_words_of_a_seat_are_kept_until_the_call_is_over(tmp_path: Path) -> None:
    outbox = Outbox(tmp_path / "outbox.db", KEY, "gateway")
    try:
        other = replace(FIRST, seat="1002", lines=("别的",))
        later = replace(FIRST, lines=("后来的",))
        assert outbox.write([FIRST, other, later]) == 0
        assert outbox.briefs() == (other, later)
        over = Call("call-1", number=CALLER, entered_at=AT, ended_at=AT)
        outbox.write([Seen(over, AT)])
        assert outbox.briefs() == ()
    finally:
        outbox.close()
    assert WORDS[0].encode() not in (tmp_path / "outbox.db").read_bytes()
