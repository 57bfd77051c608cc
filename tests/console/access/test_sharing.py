"""Giving an own record to a lead: what the server says belongs to the note it was asked about."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from console.access.sharing import SharingService, Stage
from console.sync.grants import Sharing
from models.trace.entry import Act, Happening

READERS = Sharing((("li", "李医生"),))


class Server:
    """Answers when it is told to; `asked` are the wishes in their order."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, ...]] = []
        self.refusal = ""
        self.unknown = ""
        self.answers = asyncio.Event()
        self.answers.set()

    async def of_note(self, note: str) -> Sharing | str:
        await self.answers.wait()
        return self.unknown or READERS

    async def ask(self, note: str, reason: str, hours: int, to: str) -> str:
        self.asked.append(("give", note, reason, str(hours), to))
        await self.answers.wait()
        return self.refusal

    async def take_back(self, grant: str) -> str:
        self.asked.append(("back", grant))
        await self.answers.wait()
        return self.refusal


class Here:
    """A service before a server, and what went into the trace."""

    def __init__(self) -> None:
        self.server = Server()
        self.saw: list[Happening] = []
        self.service = SharingService(self.server, self.saw.append)

    @property
    def now(self) -> tuple[str, Stage, str]:
        shared = self.service.shared.value
        return shared.note, shared.stage, shared.why

    async def later(self, *wishes: Coroutine[Any, Any, None]) -> Callable[[], Coroutine[Any, Any, None]]:
        """Wishes whose answers come once the result is awaited."""
        self.server.answers.clear()
        asked = [asyncio.ensure_future(one) for one in wishes]
        for _ in asked:
            await asyncio.wait(asked, timeout=0)

        async def answered() -> None:
            self.server.answers.set()
            await asyncio.gather(*asked)

        return answered


def give(here: Here, note: str = "n") -> Coroutine[Any, Any, None]:
    return here.service.give(note, "li", "练习用的理由", 4)


def told(story: Callable[[Here], Coroutine[Any, Any, None]]) -> Here:
    async def run() -> Here:
        here = Here()
        await story(here)
        return here

    return asyncio.run(run())


def test_a_record_is_given_and_taken_back_and_both_stand_in_the_trace() -> None:
    async def story(here: Here) -> None:
        await here.service.open("n")
        assert here.now == ("n", Stage.NONE, "")
        await give(here)
        assert here.now == ("n", Stage.GIVEN, "")
        await here.service.take_back("n", "g")
        assert here.now == ("n", Stage.TAKEN_BACK, "")

    here = told(story)
    assert here.server.asked == [("give", "n", "练习用的理由", "4", "li"), ("back", "g")]
    assert [one.act for one in here.saw] == [Act.GRANTED, Act.WITHDRAWN]


@pytest.mark.parametrize(("to", "reason", "why"), [("li", "  ", "reason_wanted"), ("", "理由", "no_account")])
def test_without_reason_or_reader_nobody_is_asked(to: str, reason: str, why: str) -> None:
    async def story(here: Here) -> None:
        await here.service.open("n")
        await here.service.give("n", to, reason, 4)
        assert here.now == ("n", Stage.REFUSED, why)

    here = told(story)
    assert (here.server.asked, here.saw) == ([], [])


@pytest.mark.parametrize("deed", ["give", "take_back"])
def test_two_quick_presses_are_one_wish(deed: str) -> None:
    async def story(here: Here) -> None:
        await here.service.open("n")

        def wish() -> Coroutine[Any, Any, None]:
            return give(here) if deed == "give" else here.service.take_back("n", "g")

        answered = await here.later(wish(), wish())
        await answered()
        assert here.now[1] in (Stage.GIVEN, Stage.TAKEN_BACK)

    here = told(story)
    assert len(here.server.asked) == 1
    assert len(here.saw) == 1


def test_a_refusal_is_said_and_it_can_be_tried_again() -> None:
    async def story(here: Here) -> None:
        await here.service.open("n")
        here.server.refusal = "off_line"
        await give(here)
        assert here.now == ("n", Stage.REFUSED, "off_line")
        here.server.refusal = ""
        await give(here)
        assert here.now == ("n", Stage.GIVEN, "")

    told(story)


def test_a_server_that_does_not_say_who_may_read_is_told() -> None:
    async def story(here: Here) -> None:
        here.server.unknown = "off_line"
        await here.service.open("n")
        assert here.now == ("n", Stage.REFUSED, "off_line")

    told(story)


@pytest.mark.parametrize("refusal", ["", "role"])
def test_an_answer_after_the_sheet_was_closed_shows_nothing(refusal: str) -> None:
    async def story(here: Here) -> None:
        here.server.refusal = refusal
        await here.service.open("n")
        answered = await here.later(give(here))
        here.service.close()
        await answered()
        assert here.now == ("", Stage.NONE, "")

    told(story)


@pytest.mark.parametrize("refusal", ["", "role"])
def test_an_answer_about_one_note_is_not_shown_at_the_next(refusal: str) -> None:
    async def story(here: Here) -> None:
        here.server.refusal = refusal
        await here.service.open("first")
        answered = await here.later(give(here, "first"))
        opening = asyncio.ensure_future(here.service.open("next"))
        await asyncio.wait([opening], timeout=0)
        await answered()
        await opening
        assert here.now == ("next", Stage.NONE, "")

    told(story)


def test_an_older_wish_does_not_keep_the_next_note_waiting() -> None:
    async def story(here: Here) -> None:
        await here.service.open("first")
        await here.service.open("next")
        answered = await here.later(give(here, "first"))
        assert here.now == ("next", Stage.NONE, "")
        await answered()
        assert here.now == ("next", Stage.NONE, "")

    here = told(story)
    assert len(here.server.asked) == 1
