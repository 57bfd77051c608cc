"""A thousand rings a minute from one number: a second caller is taken as if they were not there."""

from models.calls.call import CallState
from models.calls.priority import MANY_RINGS, RINGS_WITHIN
from models.calls.queueing import Rank
from models.clock import ManualClock, SystemClock
from models.ids import new_id
from models.wire.commands import AskPicture, HangUp
from models.wire.line import Happened, Picture, QueueMoved
from server.gateway.callers import Rings
from server.gateway.usher import AT_FIRST, QUIET_SECONDS
from tests.server.gateway.consoles import Console, Site, play

FLOOD, SECOND = "13900000009", "13800000002"
RINGS = 1000
AT_ONCE = 50


async def keep_up(console: Console) -> None:
    """Hear all that was told until now: who hears nothing for long answers no ping either, and is cut off."""
    await console.say(AskPicture(id=new_id()))
    await console.until(Picture)


async def flood(site: Site, talking: Console, other: Console) -> list[str]:
    """A minute of rings; each lasts three seconds. Those that still ring at its end."""
    waiting: list[str] = []
    for n in range(RINGS):
        site.clock.forward(60 / RINGS)
        waiting.append(site.scene.ring(FLOOD, "12356"))
        if len(waiting) > AT_ONCE:
            site.scene.caller_hangs_up(waiting.pop(0))
        # Let the gateway and the consoles have their turn, as between two real rings.
        await keep_up(other)
        if n % 10 == 0:
            await keep_up(talking)
    return waiting


def test_the_second_caller_is_the_next() -> None:
    async def story(site: Site) -> None:
        async with site.at_work("1001") as first, site.console("1002") as other:
            site.scene.ring("13700000000", "12356")
            call = await first.answered()
            began = SystemClock().monotonic()
            left = await flood(site, first, other)
            took = SystemClock().monotonic() - began
            second = site.scene.ring(SECOND, "12356")
            for _ in range(AT_ONCE):
                site.scene.ring(FLOOD, "12356")
            # What those hear who have nothing to do with these calls: the figure, four times a second.
            told = [news for news in other.heard if isinstance(news, QueueMoved)]
            assert len(told) <= took / QUIET_SECONDS + AT_FIRST + 2
            assert not [news for news in other.heard if isinstance(news, Happened)]
            moved = await other.until(QueueMoved, lambda one: one.queue.waiting == 2 * AT_ONCE + 1)
            assert moved.queue.last == 2 * AT_ONCE
            assert (await first.do(HangUp(id=new_id(), call=call))).ok
            await first.ready()
            (ringing,) = await first.shows(CallState.RINGING)
            assert (ringing.id, ringing.number) == (second, SECOND)
            await first.answered()
            # Nobody was refused: the others still wait, and ring when nobody else does.
            assert (await first.do(HangUp(id=new_id(), call=second))).ok
            await first.ready()
            (ringing,) = await first.shows(CallState.RINGING)
            assert ringing.number == FLOOD
            assert ringing.id in left
            while (ranking := first.board[ringing.id].ranking) is None:
                await first.hear()
            assert ranking.rank is Rank.CROWD

    play(story)


def test_what_is_remembered_of_rings_is_a_minute() -> None:
    clock, rings = ManualClock(), Rings()
    for n in range(10 * RINGS):
        clock.forward(60 / RINGS)
        counted = rings.count(FLOOD, clock.now())
        assert counted <= RINGS
        assert (counted > MANY_RINGS) is (n >= MANY_RINGS)
    assert len(rings) <= RINGS
    clock.forward(RINGS_WITHIN)
    assert rings.count(SECOND, clock.now()) == 1
    assert len(rings) == 1
    assert rings.count("", clock.now()) == 0


def test_the_same_number_in_another_spelling_is_the_same_number() -> None:
    clock, rings = ManualClock(), Rings()
    spellings = (FLOOD, f"+86{FLOOD}", f"0086{FLOOD}", f"0{FLOOD}")
    assert [rings.count(number, clock.now()) for number in spellings] == [1, 2, 3, 4]
