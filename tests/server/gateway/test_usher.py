"""Who is taken first, over real WebSockets on the simulated exchange."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import pytest

from models.calls.call import Call, CallState
from models.calls.queueing import Diversion, Rank
from models.clock import ManualClock
from models.ids import new_id
from models.wire.commands import AskPicture, HangUp
from models.wire.line import Picture, QueueMoved
from resources import sites as resources_sites
from server.central.config import read_config
from server.central.serving import open_made_database
from server.gateway.app import running
from server.gateway.exchange.simulated import Simulated
from server.gateway.storage.outbox import Outbox
from tests.server.central.hotline import Case
from tests.server.central.hotline import Hotline as Records
from tests.server.gateway.consoles import GIVE_UP, Console, Site, play
from tests.support.callbook import Callbook, callbook

PLAIN, OTHER, FLOOD = "13800000001", "13800000002", "13900000009"


async def picture(console: Console) -> Picture:
    await console.say(AskPicture(id=new_id()))
    return await console.until(Picture)


async def rings_after(site: Site, console: Console, *numbers: str) -> list[str]:
    """The numbers in the order in which they ring, when they wait while the only seat talks."""
    site.scene.ring("13700000000", "12356")
    call = await console.answered()
    for number in numbers:
        site.scene.ring(number, "12356")
    rung: list[str] = []
    while len(rung) < len(numbers):
        assert (await console.do(HangUp(id=new_id(), call=call))).ok
        await console.ready()
        (ringing,) = await console.shows(CallState.RINGING)
        rung.append(ringing.number)
        call = await console.answered()
    return rung


def test_who_comes_by_the_line_of_the_police_is_of_them(tmp_path: Path) -> None:
    (tmp_path / "sites").mkdir()
    shipped = resources_sites.shipped("jinzhong").read_text(encoding="utf-8")
    own = shipped.replace('emergency = ["110"', 'emergency = ["8110", "110"')
    assert own != shipped
    (tmp_path / "sites/jinzhong.toml").write_text(own, encoding="utf-8")

    async def story(site: Site) -> None:
        async with site.at_work() as console:
            site.scene.ring("13700000000", "12356")
            call = await console.answered()
            for number, line in ((PLAIN, "12356"), ("", "12356"), ("", "8110")):
                site.scene.ring(number, line)
            assert (await console.do(HangUp(id=new_id(), call=call))).ok
            await console.ready()
            (ringing,) = await console.shows(CallState.RINGING)
            assert (ringing.number, ringing.dialled) == ("", "8110")
            shown = next(one for one in (await picture(console)).calls if one.id == ringing.id)
            assert shown.ranking
            assert shown.ranking.rank is Rank.EMERGENCY

    play(story, hotline=tmp_path)


def test_the_police_come_before_everybody_who_waited_longer() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            assert await rings_after(site, console, PLAIN, OTHER, "110", "+86-0354-120", "") == [
                "110",
                "+86-0354-120",
                PLAIN,
                OTHER,
                "",
            ]
            call = next(one for one in console.board.values() if one.number == "110")
            assert call.ranking
            assert call.ranking.rank is Rank.EMERGENCY

    play(story)


def test_a_number_that_rings_without_end_waits_behind_all_others() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            rung = await rings_after(site, console, *[FLOOD] * 8, PLAIN, OTHER)
            assert rung == [FLOOD] * 5 + [PLAIN, OTHER] + [FLOOD] * 3

    play(story)


def test_withheld_numbers_are_no_flood() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console:
            assert await rings_after(site, console, *[""] * 7, PLAIN) == [""] * 7 + [PLAIN]

    play(story)


def test_consoles_are_told_who_is_first_and_how_many_are_last() -> None:
    async def story(site: Site) -> None:
        async with site.at_work() as console, site.console("1002") as other:
            site.scene.ring(PLAIN, "12356")
            await console.answered()
            for number in ["110", OTHER, *[FLOOD] * 7]:
                site.scene.ring(number, "12356")
            told = await other.until(QueueMoved, lambda one: one.queue.waiting == 9)
            assert (told.queue.first, told.queue.last) == (1, 2)
            assert (await picture(other)).queue == told.queue

    play(story)


def test_outside_the_hours_nobody_is_rung_and_the_wish_is_the_call_s(tmp_path: Path) -> None:
    folder = tmp_path / "sites"
    folder.mkdir()
    shipped = (Path(__file__).parents[3] / "resources/sites/jinzhong.toml").read_text(encoding="utf-8")
    (folder / "jinzhong.toml").write_text(
        shipped.replace('hours = ""', 'hours = "06:00-00:00"'), encoding="utf-8"
    )
    seen: list[Call] = []

    async def story(site: Site) -> None:
        async with site.at_work() as console:
            call = site.scene.ring(PLAIN, "12356")
            site.scene.caller_wishes(call)
            site.scene.caller_hangs_up(call)
            seen.append(site.exchange._board.calls[call])
            site.clock.forward(timedelta(hours=6).total_seconds())
            site.scene.ring(OTHER, "12356")
            (ringing,) = await console.shows(CallState.RINGING)
            assert ringing.number == OTHER

    # Two o'clock at night in China.
    clock = ManualClock()
    play(story, hotline=tmp_path, clock=_at_night(clock))
    (call,) = seen
    assert call.diverting
    assert call.diverting.to is Diversion.CLOSED
    assert call.wish
    assert call.wish.number == PLAIN
    assert not call.offers


def _at_night(clock: ManualClock) -> ManualClock:
    clock.current = clock.current.replace(hour=18)
    return clock


@pytest.fixture
def book(tmp_path: Path) -> Callbook:
    return callbook(tmp_path / "hotline")


@dataclass(frozen=True)
class Life:
    """One exchange over several lives of a gateway with an account."""

    book: Callbook
    exchange: Simulated = field(default_factory=lambda: Simulated(ManualClock()))

    @asynccontextmanager
    async def gateway(self) -> AsyncIterator[Site]:
        settings = replace(self.book.settings(), port=0, ask_seconds=0.1)
        async with running(settings, ManualClock(), self.exchange) as gateway:
            key = (self.book.folder / "tickets.key").read_bytes()
            yield Site(gateway.url, ManualClock(), self.exchange, key)

    def assess(self) -> str:
        """An R4 of the plain number; its counsellor."""
        engine = open_made_database(read_config(self.book.folder))
        desk = Records(engine, clock=ManualClock(), site="jinzhong").seat()
        case = Case(desk, PLAIN)
        desk.push(case.add(), case.open(), case.draft("不写出去", 1), case.answer("acting"))
        engine.dispose()
        return desk.who

    async def knows(self, counsellor: str) -> None:
        """Wait until the gateway has the server's word on its disk."""
        account = self.book.settings().account
        assert account
        while True:
            outbox = Outbox(account.outbox, account.outbox_key, "test")
            kept = await asyncio.to_thread(outbox.kept, "callers")
            outbox.close()
            if counsellor in kept:
                assert PLAIN not in kept
                return


# What the gateway asks first of the server that is away is the one thing, and sometimes the other too.
@pytest.mark.expects_log("the server does not say who was revoked|calls cannot be handed to the server")
def test_an_open_r4_rings_first_at_its_own_counsellor_also_while_the_server_is_away(book: Callbook) -> None:
    async def story() -> None:
        life = Life(book)
        with book.running("server"):
            counsellor = life.assess()
            async with life.gateway():
                await life.knows(counsellor)
        async with (
            life.gateway() as site,
            site.at_work("1001") as first,
            site.at_work("1002", who={"id": counsellor}) as second,
        ):
            # Seat 1001 has rung longest ago, so everybody else would ring there.
            call = site.scene.ring(PLAIN, "12356")
            await second.shows(CallState.RINGING)
            while not (ranking := second.board[call].ranking):
                await second.hear()
            assert (ranking.rank, ranking.seat) == (Rank.RISK, "1002")
            site.scene.ring(OTHER, "12356")
            (ringing,) = await first.shows(CallState.RINGING)
            assert ringing.number == OTHER
            assert ringing.ranking is None

    async def evening() -> None:
        async with asyncio.timeout(GIVE_UP):
            await story()

    asyncio.run(evening())
