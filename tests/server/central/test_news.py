"""Who is woken, and how often."""

import asyncio
import threading
from collections.abc import Awaitable, Callable
from datetime import timedelta

from models.people.operator import Role
from models.sync.feeds import line_feed, own_feed
from server.central.news.wakes import News
from tests.server.central.hotline import Case, Hotline

Story = Callable[[News], Awaitable[None]]


def told(story: Story) -> None:
    async def whole() -> None:
        async with asyncio.timeout(60):
            await story(News())

    asyncio.run(whole())


def test_news_from_any_thread_comes_together_and_only_to_whom_it_concerns(hotline: Hotline) -> None:
    async def story(news: News) -> None:
        with (
            news.listening(hotline.ticket(), ("a", "b")) as one,
            news.listening(hotline.ticket(), ("c",)) as two,
        ):
            for n in range(1, 6):
                teller = threading.Thread(target=news.tell, args=({"a": n, "b": n, "d": n},))
                teller.start()
                await asyncio.to_thread(teller.join)
            assert await one.next(5) == ("a", "b")
            assert await two.next(0.1) == ()

    told(story)


def test_the_same_news_from_three_sides_is_told_once(hotline: Hotline) -> None:
    elsewhere: list[object] = []

    async def story(news: News) -> None:
        news.elsewhere = elsewhere.append
        with news.listening(hotline.ticket(), ("a",)) as one:
            news.tell({"a": 7})
            assert await one.next(5) == ("a",)
            news.hear({"a": 7})
            news.hear({"a": 6})
            assert await one.next(0.05) == ()
            news.hear({"a": 8})
            assert await one.next(5) == ("a",)

    told(story)
    assert elsewhere == [{"a": 7}]


def test_what_was_there_before_is_no_news_and_what_comes_while_looking_is(hotline: Hotline) -> None:
    async def story(news: News) -> None:
        with news.listening(hotline.ticket(), ("a", "b")) as one:
            news.hear({"b": 3})
            news.begin({"a": 7, "b": 2})
            assert await one.next(5) == ("b",)
            news.hear({"a": 7, "b": 3})
            assert await one.next(0.05) == ()
        assert news.feeds == ()

    told(story)


def test_whose_ticket_is_over_is_sent_away(hotline: Hotline) -> None:
    async def story(news: News) -> None:
        staying, going = hotline.ticket(name="zhang"), hotline.ticket(name="li")
        with news.listening(staying, ("a",)) as one, news.listening(going, ("a",)) as other:
            news.dismiss(lambda ticket: ticket.operator.id == "li")
            await other.next(5)
            assert (one.is_over, other.is_over, news.listeners) == (False, True, 2)
            news.close()
            assert one.is_over
        with news.listening(staying, ("a",)) as late:
            assert late.is_over

    told(story)


def test_each_committed_change_is_told_and_none_that_was_not(hotline: Hotline) -> None:
    moved: list[object] = []

    async def story(_: News) -> None:
        news = hotline.desks.news
        news.elsewhere = moved.append
        seat = hotline.seat(Role.OPERATOR)
        with news.listening(seat.ticket, (own_feed(seat.who), line_feed(hotline.site))) as one:
            case = Case(seat)
            await asyncio.to_thread(seat.push, case.add(), case.open())
            assert own_feed(seat.who) in await one.next(5)
            moved.clear()
            refused = seat.numbered(case.draft("第一句", base=1))
            seat.seq += 5
            gap = seat.numbered(case.draft("第二句", base=1))
            await asyncio.to_thread(seat.send, gap)
            assert await one.next(0.1) == ()
            await asyncio.to_thread(seat.send, refused)
            assert own_feed(seat.who) in await one.next(5)
            moved.clear()
            hotline.clock.forward(timedelta(days=40).total_seconds())
            await asyncio.to_thread(hotline.desks.expiry.step, hotline.clock.now())
            assert own_feed(seat.who) in await one.next(5)

    told(story)
    assert moved
