"""Practice callers ring by themselves, one after another, and are plainly invented."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from models.calls.events import Answered, CallEnd, Ended, Joined, Offered, Withdrawn
from models.clock import ManualClock
from server.gateway.exchange.port import LineChanged, QueueMoved, SeatChanged
from server.gateway.exchange.practice import CallersError, PracticeCaller, PracticeExchange, read_callers
from server.gateway.exchange.simulated import Pace
from tests.server.gateway.stage import Ears

AT_ONCE = Pace(ring_for=None, party_rings=0, party_answers=0)
NEVER = 3600.0
FIRST = PracticeCaller("13800000001", "12356", 0, NEVER)
SECOND = PracticeCaller("", "12355", 0, NEVER)


def play(
    story: Callable[[PracticeExchange, Ears], Awaitable[None]],
    *callers: PracticeCaller,
    pace: Pace = AT_ONCE,
) -> None:
    async def evening() -> None:
        ears = Ears()
        exchange = PracticeExchange(ManualClock(), callers, pace)
        running = asyncio.create_task(exchange.run(ears.hear))
        async with asyncio.timeout(60):
            await ears.until(LineChanged)
            await story(exchange, ears)
        running.cancel()
        await asyncio.wait([running])

    asyncio.run(evening())


def test_nobody_rings_before_a_seat_is_ready() -> None:
    async def story(exchange: PracticeExchange, ears: Ears) -> None:
        await exchange.set_ready("1001", False, "")
        await ears.until(SeatChanged)
        assert not ears.all(Offered)
        await exchange.set_ready("1001", True, "")
        offered = await ears.until(Offered)
        assert (offered.number, offered.dialled) == ("13800000001", "12356")

    play(story, FIRST)


def test_one_after_another_and_from_the_beginning_again() -> None:
    async def story(exchange: PracticeExchange, ears: Ears) -> None:
        await exchange.set_ready("1001", True, "")
        for number in ("13800000001", "", "13800000001"):
            offered = await ears.until(Offered)
            assert offered.number == number
            await exchange.answer(offered.call, "1001")
            ears.news.clear()
            await exchange.hang_up(offered.call)

    play(story, FIRST, SECOND)


def test_a_caller_gives_up() -> None:
    async def story(exchange: PracticeExchange, ears: Ears) -> None:
        await exchange.set_ready("1001", True, "")
        ended = await ears.until(Ended)
        assert ended.end is CallEnd.CALLER_HUNG_UP
        assert not ears.all(Answered)

    play(story, PracticeCaller("13800000001", "12356", 0, 0), SECOND)


def test_a_caller_hangs_up_in_the_conversation() -> None:
    async def story(exchange: PracticeExchange, ears: Ears) -> None:
        await exchange.set_ready("1001", True, "")
        await exchange.answer((await ears.until(Offered)).call, "1001")
        assert (await ears.until(Ended)).end is CallEnd.CALLER_HUNG_UP

    play(story, PracticeCaller("13800000001", "12356", 0, NEVER, talks=0), SECOND)


def test_an_unanswered_ring_goes_on_to_the_next_seat() -> None:
    async def story(exchange: PracticeExchange, ears: Ears) -> None:
        await exchange.set_ready("1001", True, "")
        await ears.until(Offered)
        await exchange.set_ready("1002", True, "")
        await ears.until(Withdrawn, lambda one: one.seat == "1001")
        await ears.until(Offered, lambda one: one.seat == "1002")
        assert len({one.call for one in ears.all(Offered) if one.number == "13800000001"}) == 1

    play(story, FIRST, PracticeCaller("", "12355", NEVER, NEVER), pace=Pace(ring_for=0.01))


def test_a_practice_third_party_joins_by_itself() -> None:
    async def story(exchange: PracticeExchange, ears: Ears) -> None:
        await exchange.set_ready("1001", True, "")
        call = (await ears.until(Offered)).call
        await exchange.answer(call, "1001")
        await exchange.invite(call, "p", "110", "110")
        assert (await ears.until(Joined)).party == "p"
        await ears.until(QueueMoved, lambda one: one.queue.waiting == 0)

    play(story, FIRST)


def test_the_shipped_callers_are_invented() -> None:
    callers = read_callers()
    assert len(callers) >= 4
    assert any(not caller.number for caller in callers)
    assert any(caller.talks for caller in callers)
    for caller in callers:
        assert caller.number == "" or caller.number.startswith("1380000000")


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        ("", "no caller"),
        ("[[caller", "array"),
        ('[[caller]]\nnumber = "1"', "caller 1"),
        ('[[caller]]\nnumber = "x"\ndialled = "1"\nrings_after = 1\npatience = 1', "'x'"),
        ('[[caller]]\nnumber = "1"\ndialled = "1"\nrings_after = -1\npatience = 1', "-1"),
        ('[[caller]]\nnumber = "1"\ndialled = "1"\nrings_after = 1\npatience = 1\nmood = 3', "mood"),
    ],
)
def test_a_broken_table_is_named(tmp_path: Path, content: str, wrong: str) -> None:
    table = tmp_path / "callers.toml"
    table.write_text(content, encoding="utf-8")
    with pytest.raises(CallersError) as error:
        read_callers(table)
    assert str(table) in str(error.value)
    assert wrong in str(error.value)


def test_a_missing_table_is_named(tmp_path: Path) -> None:
    with pytest.raises(CallersError, match=r"none\.toml"):
        read_callers(tmp_path / "none.toml")
